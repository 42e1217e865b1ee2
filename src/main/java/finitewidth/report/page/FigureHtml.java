package finitewidth.report.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/** Figures as HTML, with their numbers beneath; collects the plots for the page's script. */
final class FigureHtml {
  /** Rows of a table that are shown; the file has all of them. */
  static final int MOST_ROWS = 25;

  /** Columns that are shown. */
  static final int MOST_COLUMNS = 10;

  private final Map<String, Plot> plots = new LinkedHashMap<>();

  /** By figure. */
  Map<String, Plot> plots() {
    return plots;
  }

  void append(Element parent, Figure figure) {
    String id = figure.id();
    if (plots.put(id, figure.plot()) != null) {
      throw new IllegalArgumentException("two figures called " + id);
    }
    Element element = parent.appendElement("figure").attr("id", id);
    element.appendElement("h3").attr("id", id + "-title").text(figure.title());
    element.appendElement("div").attr("class", "plot").attr("data-plot", id);
    element.appendElement("figcaption").attr("id", id + "-caption").text(figure.caption());
    Element details = element.appendElement("details");
    details.appendElement("summary").text("Numbers: " + figure.title());
    table(details, figure.title(), figure.table());
    Element files = download(element, id, figure.title(), figure.table());
    files
        .appendElement("button")
        .attr("type", "button")
        .attr("data-save", id)
        .attr("hidden", true)
        .text("Picture (SVG)");
  }

  static void table(Element parent, String name, Table table) {
    Element frame =
        parent
            .appendElement("div")
            .attr("class", "table")
            .attr("role", "region")
            .attr("tabindex", "0")
            .attr("aria-label", "Table: " + name);
    Element element = frame.appendElement("table");
    Element head = element.appendElement("thead").appendElement("tr");
    int columns = Math.min(MOST_COLUMNS, table.columns().size());
    table
        .columns()
        .subList(0, columns)
        .forEach(column -> head.appendElement("th").attr("scope", "col").text(column));
    Element body = element.appendElement("tbody");
    List<List<Object>> rows = table.rows();
    for (List<Object> row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
      Element line = body.appendElement("tr");
      for (int j = 0; j < columns; j++) {
        Object cell = row.get(j);
        Element shown = line.appendElement(j == 0 ? "th" : "td").text(Table.shown(cell));
        if (j == 0) {
          shown.attr("scope", "row");
        }
        if (Table.isNumber(cell)) {
          shown.attr("class", "number");
        }
      }
    }
    if (rows.size() > MOST_ROWS || columns < table.columns().size()) {
      parent
          .appendElement("p")
          .attr("class", "more")
          .text(
              "The beginning of %s rows and %s columns; the file has all."
                  .formatted(rows.size(), table.columns().size()));
    }
  }

  /** A link to the numbers as a file within the page. */
  static Element download(Element parent, String id, String title, Table table) {
    Element files = parent.appendElement("p").attr("class", "files");
    files
        .appendElement("a")
        .attr("download", id + ".csv")
        .attr("href", "data:text/csv;charset=utf-8," + encoded(table.csv()))
        .attr("aria-label", "Data as CSV: " + title)
        .text("Data (CSV)");
    return files;
  }

  /** Per cent encoding of what a data URI must not hold. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2C", ",");
  }
}
