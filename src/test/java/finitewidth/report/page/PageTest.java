package finitewidth.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.report.fit.CalibrationSection;
import finitewidth.report.fit.FitPage;
import finitewidth.report.fit.FitResults;
import finitewidth.report.fit.RowResult;
import finitewidth.report.fit.Samples;
import finitewidth.report.fit.WidthCurve;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages hold, whatever is in the data; how they look is for {@code ReportPagesIT}. */
class PageTest {
  private static final int MOST_BYTES = 550_000;

  static Stream<FitResults> shapes() {
    Samples.Shape rows = Samples.Shape.regression(40);
    return Stream.of(
        Samples.of(rows),
        Samples.of(Samples.Shape.regression(1)),
        Samples.of(Samples.Shape.regression(FitResults.mostRows(1))),
        Samples.of(Samples.Shape.classes(10, FitResults.mostRows(10))),
        Samples.of(Samples.Shape.classes(30, FitResults.mostRows(30))),
        Samples.of(Samples.Shape.classes(2, 1)),
        // No targets, no further widths, all outside the expansion, ten outputs.
        Samples.of(new Samples.Shape(List.of("target"), false, false, 40, List.of())),
        Samples.of(
            new Samples.Shape(
                Collections.nCopies(10, "y"), false, true, FitResults.mostRows(10), List.of())),
        Samples.of(rows, "data.csv", List.of("all is lost"), 5),
        Samples.of(
            new Samples.Shape(List.of(Samples.HOSTILE), false, true, 9, List.of()),
            Samples.HOSTILE,
            List.of(Samples.HOSTILE),
            0.1),
        Samples.of(
            new Samples.Shape(
                List.of(Samples.HOSTILE, "b" + Samples.HOSTILE), true, true, 9, List.of()),
            Samples.HOSTILE,
            List.of(Samples.HOSTILE),
            0.1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void pagesAreSmallAndWhole(FitResults results) throws IOException {
    String html = FitPage.html(results);
    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(MOST_BYTES);
    Document page = Jsoup.parse(html);
    assertThat(page.select("script")).hasSize(2);
    assertThat(page.select("img, iframe, object, link")).isEmpty();
    assertThat(page.getAllElements())
        .allSatisfy(
            element ->
                assertThat(element.attributes())
                    .noneMatch(a -> a.getKey().startsWith("on") || a.getKey().equals("style")));
    assertThat(page.getElementsByAttribute("src")).isEmpty();
    assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    JsonNode plots = new ObjectMapper().readTree(page.selectFirst("#plots").data());
    for (Element figure : page.select("figure")) {
      assertThat(plots.has(figure.id())).isTrue();
      assertThat(figure.selectFirst("figcaption").text()).isNotBlank();
      assertThat(plots.get(figure.id()).get("x").get("label").asText()).isNotBlank();
      assertThat(plots.get(figure.id()).get("y").get("label").asText()).isNotBlank();
      assertThat(figure.select("details table")).hasSize(1);
      assertThat(figure.select("a[download]")).hasSize(1);
    }
    assertThat(plots).hasSize(page.select("figure").size());
    for (Element link : page.select("a[href^=#]")) {
      assertThat(page.getElementById(link.attr("href").substring(1))).isNotNull();
    }
  }

  @Test
  void hostileNamesAreText() {
    FitResults results =
        Samples.of(
            new Samples.Shape(List.of(Samples.HOSTILE), false, true, 9, List.of()),
            Samples.HOSTILE,
            List.of(Samples.HOSTILE),
            0.1);
    String html = FitPage.html(results);
    assertThat(html).doesNotContain("<img").doesNotContain("\u2028<!--\n=");
    Document page = Jsoup.parse(html);
    assertThat(page.selectFirst("h1").wholeText()).isEqualTo("Fit of " + Samples.HOSTILE);
    assertThat(page.title()).contains("onerror");
    assertThat(page.selectFirst(".warnings li").wholeText()).isEqualTo(Samples.HOSTILE);
    assertThat(page.selectFirst("#predicted-1 h3").wholeText()).contains(Samples.HOSTILE);
    Element link = page.selectFirst("#predicted-1 a[download]");
    assertThat(link.attr("download")).isEqualTo("predicted-1.csv");
  }

  @Test
  void filesHoldTheNumbers() {
    FitResults results = Samples.of(Samples.Shape.regression(1000));
    Document page = Jsoup.parse(FitPage.html(results));
    String uri = page.selectFirst("#predicted-1 a[download]").attr("href");
    assertThat(uri).startsWith("data:text/csv;charset=utf-8,");
    String csv = URLDecoder.decode(uri.substring(uri.indexOf(',') + 1), StandardCharsets.UTF_8);
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(1001);
    assertThat(lines.get(0))
        .isEqualTo(
            "Row,Observed,NNGP mean,Corrected mean,Deviation with noise,Within the expansion");
    String[] cells = lines.get(417).split(",");
    RowResult row = results.rows().get(416);
    assertThat(cells[0]).isEqualTo("row 416");
    assertThat(Double.parseDouble(cells[1])).isCloseTo(row.observed()[0], rel(row.observed()[0]));
    assertThat(Double.parseDouble(cells[3])).isCloseTo(row.mean(0), rel(row.mean(0)));
    assertThat(page.select("#predicted-1 tbody tr")).hasSize(FigureHtml.MOST_ROWS);
  }

  private static Offset<Double> rel(double value) {
    return Offset.offset(1e-5 * Math.abs(value));
  }

  /** The same observations and means, with a variance of our choice and no correction. */
  private static List<RowResult> withVariance(FitResults results, double variance) {
    return results.rows().stream()
        .map(
            row ->
                new RowResult(
                    row.id(),
                    row.observed(),
                    -1,
                    row.nngpMean(),
                    new double[] {variance},
                    new double[] {0},
                    new double[] {0},
                    true))
        .toList();
  }

  /** Of 1000 standard normal values with the right variance, a tenth is in each tenth. */
  @Test
  void calibrationOfTheRightVariance() {
    Samples.Shape shape = Samples.Shape.regression(1000);
    FitResults results = Samples.of(shape);
    List<RowResult> exact = withVariance(results, 0.9);
    Section section = CalibrationSection.of(with(results, exact)).orElseThrow();
    List<List<Object>> rows = section.figures().get(0).table().rows();
    double sum = 0;
    for (List<Object> bin : rows) {
      // Four standard deviations of a binomial share.
      assertThat((Double) bin.get(2)).isBetween(0.1 - 0.038, 0.1 + 0.038);
      assertThat(bin.get(3)).isEqualTo(bin.get(2));
      sum += (Double) bin.get(2);
    }
    assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
    List<RowResult> narrow = withVariance(results, 0.1);
    assertThat(
            CalibrationSection.of(with(results, narrow)).orElseThrow().figures().get(0).caption())
        .contains("too narrow");
  }

  private static FitResults with(FitResults results, List<RowResult> rows) {
    return new FitResults(
        results.data(),
        results.summary(),
        results.outputs(),
        results.classes(),
        results.scored(),
        results.noise(),
        rows,
        results.curve(),
        results.oneInput(),
        results.hidden(),
        results.tails());
  }

  @Test
  void theBestWidthIsWithinTheExpansion() {
    WidthCurve curve =
        new WidthCurve(
            new double[] {0, 0.01, 0.02, 0.03},
            new double[] {5, 4, 3, 1},
            new double[] {5, 4, Double.NaN, 1},
            new double[4],
            new double[4],
            new double[4],
            new double[4],
            0.02,
            7);
    assertThat(curve.least(curve.rmse())).isEqualTo(2);
    assertThat(curve.least(curve.nlpd())).isEqualTo(1);
    assertThat(curve.least(new double[] {Double.NaN, Double.NaN, Double.NaN, 1})).isEqualTo(-1);
  }

  @Test
  void whatIsNotFiniteIsEmptyInFilesAndToldInTables() {
    Table table =
        Table.of("a,\"b\"", "c")
            .row("x\ny", Double.NaN)
            .row("plain", Double.NEGATIVE_INFINITY)
            .row("", 0.123456789)
            .table();
    assertThat(table.csv()).isEqualTo("\"a,\"\"b\"\"\",c\r\n\"x\ny\",\r\nplain,\r\n,0.123457\r\n");
    assertThat(Stream.of(Double.NaN, Double.NEGATIVE_INFINITY, -1.5, 12345678.0, 1e-7, -0.02))
        .extracting(Table::shown)
        .containsExactly("unknown", "−∞", "−1.500", "12345678", "1.000e−07", "−0.02000");
  }

  @Test
  void plotsWithoutFiniteNumbersAreWritten() {
    double[] unknown = {Double.NaN, Double.POSITIVE_INFINITY};
    Figure figure =
        new Figure(
            "f",
            "title",
            "caption",
            Plot.of(
                Axis.log("x"),
                Axis.linear("y"),
                Arrays.asList(
                    new Mark.Line("a", Colour.S0, false, unknown, unknown),
                    new Mark.Rule("b", Colour.MUTED, true, Double.NaN))),
            Table.of("x").columns(unknown).table());
    Page page =
        new Page("t", "s", Map.of(), List.of(), List.of(Section.of("a", "A", List.of(), figure)));
    assertThat(page.html()).contains("\"x\":[null,null]").contains("No warnings");
  }
}
