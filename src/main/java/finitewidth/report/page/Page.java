package finitewidth.report.page;

import finitewidth.inference.work.Counted;
import finitewidth.report.summary.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * One self-contained HTML page: style, script, plots and their numbers within it, nothing fetched.
 *
 * <p>All text enters through jsoup, which escapes it. A content security policy lets the browser
 * run the one script whose hash it has and load nothing at all, so that not even a fault here would
 * let a hostile name in the data do harm. Without scripts the words and tables remain.
 *
 * @param title of the page
 * @param subtitle in a sentence
 * @param facts what was computed, by name
 * @param warnings what is to be known first; none if all is well
 * @param sections in order
 */
public record Page(
    String title,
    String subtitle,
    Map<String, String> facts,
    List<String> warnings,
    List<Section> sections) {

  /** Where D3's modules are, in the order in which they need each other, and then their licence. */
  private static final String D3 = "d3.txt";

  public Page {
    facts = new LinkedHashMap<>(facts);
    warnings = List.copyOf(warnings);
    sections = List.copyOf(sections);
  }

  /** The text of the HTML file. */
  public String html() {
    Document page = Document.createShell("");
    page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
    page.expectFirst("html").attr("lang", "en");
    String script = script();
    head(page, script);
    Element body = page.body();
    body.appendElement("a").attr("class", "skip").attr("href", "#main").text("Skip to the results");
    header(body);
    Element main = body.appendElement("main").attr("id", "main");
    warnings(main);
    FigureHtml figures = new FigureHtml();
    for (Section section : sections) {
      section(main, section, figures);
    }
    footer(body);
    body.appendElement("script")
        .attr("type", "application/json")
        .attr("id", "plots")
        .appendChild(new DataNode(json(figures.plots())));
    body.appendElement("script").appendChild(new DataNode(script));
    return "<!DOCTYPE html>\n" + page.expectFirst("html").outerHtml() + "\n";
  }

  private void head(Document page, String script) {
    String style = resource("page.css");
    String plotStyle = resource("plot.css");
    Element head = page.head();
    head.appendElement("meta").attr("charset", "utf-8");
    head.appendElement("meta")
        .attr("http-equiv", "Content-Security-Policy")
        .attr(
            "content",
            """
            default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src %s \
            %s; script-src %s\
            """
                .formatted(hash(style), hash(plotStyle), hash(script)));
    head.appendElement("meta")
        .attr("name", "viewport")
        .attr("content", "width=device-width, initial-scale=1");
    head.appendElement("meta").attr("name", "color-scheme").attr("content", "light dark");
    head.appendElement("title").text(title);
    head.appendElement("style").appendChild(new DataNode(style));
    head.appendElement("style").attr("id", "plot-style").appendChild(new DataNode(plotStyle));
    page.expectFirst("title").remove();
    head.appendElement("title").text(title);
  }

  private void header(Element body) {
    Element header = body.appendElement("header");
    header.appendElement("h1").text(title);
    header.appendElement("p").attr("class", "subtitle").text(subtitle);
    Element list = header.appendElement("dl").attr("class", "facts");
    facts.forEach(
        (name, value) -> {
          Element pair = list.appendElement("div");
          pair.appendElement("dt").text(name);
          pair.appendElement("dd").text(value);
        });
    Element nav = header.appendElement("nav").attr("aria-label", "Sections");
    Element links = nav.appendElement("ul");
    for (Section section : sections) {
      links
          .appendElement("li")
          .appendElement("a")
          .attr("href", "#" + section.id())
          .text(section.title());
    }
  }

  private void warnings(Element main) {
    Element box = main.appendElement("section").attr("aria-labelledby", "warnings");
    box.addClass(warnings.isEmpty() ? "quiet" : "warnings");
    box.appendElement("h2")
        .attr("id", "warnings")
        .text(warnings.isEmpty() ? "No warnings" : Counted.of(warnings.size(), "warning"));
    if (warnings.isEmpty()) {
      box.appendElement("p").text("The job found nothing that speaks against these results.");
      return;
    }
    Element list = box.appendElement("ul");
    warnings.forEach(warning -> list.appendElement("li").text(warning));
  }

  private static void section(Element main, Section section, FigureHtml figures) {
    Element element =
        main.appendElement("section")
            .attr("id", section.id())
            .attr("aria-labelledby", section.id() + "-title");
    element.appendElement("h2").attr("id", section.id() + "-title").text(section.title());
    if (section.figures().size() == 1) {
      element.addClass("half");
    }
    section.paragraphs().forEach(text -> element.appendElement("p").text(text));
    section.table().ifPresent(table -> FigureHtml.table(element, section.title(), table));
    section
        .table()
        .ifPresent(table -> FigureHtml.download(element, section.id(), section.title(), table));
    if (!section.figures().isEmpty()) {
      Element grid = element.appendElement("div").attr("class", "figures");
      section.figures().forEach(figure -> figures.append(grid, figure));
    }
  }

  private static void footer(Element body) {
    Element footer = body.appendElement("footer");
    footer
        .appendElement("p")
        .text(
            "Made by finite-width. Method: S. Yaida, Non-Gaussian processes and neural networks at"
                + " finite widths, arXiv 1910.00019. Plots are drawn with D3; this page loads"
                + " nothing from elsewhere.");
    Element licence = footer.appendElement("details");
    licence.appendElement("summary").text("Licence of D3");
    licence.appendElement("pre").attr("tabindex", "0").text(licence());
    footer
        .appendElement("noscript")
        .appendElement("p")
        .text("Without scripts there are no plots here; tables and files have all numbers.");
  }

  /** JSON that cannot end its script element. */
  private static String json(Map<String, Plot> plots) {
    return Json.brief(plots)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String script() {
    List<String> parts = new ArrayList<>();
    d3().filter(path -> path.endsWith(".js")).forEach(path -> parts.add(resource(path)));
    parts.add(resource("marks.js"));
    parts.add(resource("plot.js"));
    return parts.stream().collect(Collectors.joining("\n"));
  }

  private static String licence() {
    return d3().filter(path -> path.endsWith("LICENSE"))
        .map(Page::resource)
        .findFirst()
        .orElseThrow()
        .strip();
  }

  private static Stream<String> d3() {
    return resource(D3).lines();
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      // As a browser reads it, whose hash of it must be the same.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
