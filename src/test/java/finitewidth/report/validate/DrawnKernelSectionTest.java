package finitewidth.report.validate;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.Json;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hidden kernels in validate.json and on its page, of a validation that never was. */
class DrawnKernelSectionTest {
  private static final double K = 2;

  /** Row a has target −a, so that sorting turns the rows round. */
  private static Validation validation(int rows, int layers, String... verdicts) {
    List<Validation.AtWidth> widths = new ArrayList<>();
    for (int w = 0; w < verdicts.length; w++) {
      int width = 16 << w;
      widths.add(
          new Validation.AtWidth(
              width,
              1000,
              500,
              OptionalDouble.of(0.01),
              OptionalDouble.of(2),
              Optional.empty(),
              0,
              verdicts[w],
              new Validation.LogEvidence(-1, -1, 0, -1, 0.1),
              Map.of(),
              List.of(),
              IntStream.range(0, layers).mapToObj(h -> kernel(rows, h, width)).toList()));
    }
    Validation.Slopes slopes =
        new Validation.Slopes(Optional.of(new Validation.Slope(-2.1, 0.1, 3)), Optional.empty());
    return new Validation(
        "0",
        new FitSummary.Data(rows, 0, 1, 1, 0, Optional.empty()),
        new Validation.Network("relu", OptionalDouble.empty(), layers, List.of(0.0), List.of(2.0)),
        0.1,
        new Validation.Corrected("first-order", "exact"),
        "draws",
        widths,
        Map.of(),
        IntStream.range(0, layers).mapToObj(h -> slopes).toList(),
        layers == 0
            ? List.of()
            : IntStream.range(0, rows)
                .mapToObj(a -> new Validation.KernelRow("row " + a, new double[] {0.0 - a}))
                .toList(),
        "verdict",
        Optional.empty());
  }

  /** The exact shift of rows i ≥ j is (100 i + j)/n, its correction is one less. */
  private static Validation.HiddenKernel kernel(int rows, int layer, int width) {
    return new Validation.HiddenKernel(
        layer + 1,
        new Validation.Remainder(
            new Validation.Distance(0.01, 0.001, 0.012, true),
            new Validation.Distance(0.1, 0.001, 0.102, true)),
        triangle(rows, 0, 0),
        triangle(rows, 0, -K),
        triangle(rows, 1.0 / width, -1 - K),
        triangle(rows, 1.0 / width, -1),
        triangle(rows, 1.0 / width, 0),
        triangle(rows, 0, 0.25 - K));
  }

  private static List<double[]> triangle(int rows, double slope, double offset) {
    return IntStream.range(0, rows)
        .mapToObj(
            i ->
                IntStream.rangeClosed(0, i)
                    .mapToDouble(j -> K + offset + slope * (100 * i + j))
                    .toArray())
        .toList();
  }

  private static Mark.Cells cells(Figure figure) {
    return (Mark.Cells) figure.plot().marks().get(0);
  }

  @Test
  void nothingWhereNotAskedFor() {
    Validation validation = validation(5, 0, "trustworthy");
    assertThat(DrawnKernelSection.of(List.of("y"), validation)).isEmpty();
    assertThat(Json.text(validation)).doesNotContain("hidden_kernel");
  }

  @Test
  void absentSlopesAreNullAndKernelsAreTriangles() {
    assertThat(Json.text(validation(2, 1, "trustworthy")))
        .contains("\"hidden_kernel_slopes\"", "\"nngp\" : null", "\"hidden_kernels\"")
        .contains("\"nngp\" : [ [ 2.0 ], [ 2.0, 2.0 ] ]");
  }

  /** The narrowest width that tells something, sorted, in the colours of both. */
  @Test
  void shiftsOfTheNarrowestWidthWithEnoughDraws() {
    Section section =
        DrawnKernelSection.of(
                List.of("y"), validation(3, 2, "too-few-draws", "farther", "trustworthy"))
            .orElseThrow();
    assertThat(section.figures())
        .extracting(Figure::id)
        .containsExactly(
            "hidden-kernel-remainder-1",
            "hidden-kernel-remainder-2",
            "hidden-kernel-exact-1",
            "hidden-kernel-first-1",
            "hidden-kernel-exact-2",
            "hidden-kernel-first-2");
    Figure exact = section.figures().get(2);
    Figure first = section.figures().get(3);
    assertThat(exact.title()).isEqualTo("Exact shift, hidden layer 1 at width 32");
    assertThat(exact.caption()).contains("standard error up to 0.2500");
    double n = 32;
    assertThat(cells(exact).values())
        .containsExactly(
            Numbers.rounded(
                new double[] {
                  202 / n, 201 / n, 200 / n, 201 / n, 101 / n, 100 / n, 200 / n, 100 / n, 0
                }));
    assertThat(cells(first).values()[0]).isEqualTo(Numbers.rounded(202 / n - 1));
    assertThat(cells(exact).low()).isEqualTo(cells(first).low()).isEqualTo(-202 / n);
    assertThat(cells(exact).high()).isEqualTo(cells(first).high()).isEqualTo(202 / n);
    assertThat(exact.table().rows().get(0)).startsWith(1, -2.0);
    assertThat(section.figures().get(0).caption())
        .contains("corrected −2.10 ± 0.10, NNGP not resolved");
  }

  @Test
  void withoutEnoughDrawsThereAreNoHeatMaps() {
    Section section =
        DrawnKernelSection.of(List.of("y"), validation(3, 1, "too-few-draws")).orElseThrow();
    assertThat(section.figures()).hasSize(1);
    assertThat(section.paragraphs().get(1)).contains("At none of the widths");
  }

  /** Of many rows an even choice, the first and the last of the order among them. */
  @Test
  void manyRowsAreThinnedOut() {
    Section section =
        DrawnKernelSection.of(List.of("y"), validation(100, 1, "nearer")).orElseThrow();
    Figure exact = section.figures().get(1);
    assertThat(cells(exact).rows()).isEqualTo(24);
    assertThat(exact.caption()).contains("24 of the 100 training rows, sorted by y");
    assertThat(exact.table().rows().get(0)).startsWith(1, -99.0);
    assertThat(exact.table().rows().get(23)).startsWith(24, 0.0);
  }
}
