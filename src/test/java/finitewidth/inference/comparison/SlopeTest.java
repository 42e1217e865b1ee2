package finitewidth.inference.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlopeTest {
  private static Slope.Point point(double width, double distance, double error, double next) {
    return new Slope.Point(width, new Distance(distance * distance, 2 * distance * error), next);
  }

  @Test
  void ofAPowerLaw() {
    List<Slope.Point> points = new ArrayList<>();
    for (double n : new double[] {32, 64, 128, 512}) {
      points.add(point(n, 7 / (n * n), 0.1 / (n * n), 0));
    }
    Slope slope = Slope.of(points).orElseThrow();
    assertThat(slope.value()).isBetween(-2 - 1e-12, -2 + 1e-12);
    assertThat(slope.points()).isEqualTo(4);
    // Relative errors of 1/70 over a spread of log n with variance Σ(x − x̄)².
    assertThat(slope.error()).isBetween(0.0065, 0.0075);
  }

  /** What the next order bends counts for little. */
  @Test
  void narrowWidthsDoNotDecide() {
    List<Slope.Point> points = new ArrayList<>();
    List<Slope.Point> alike = new ArrayList<>();
    for (double n : new double[] {16, 32, 64, 128, 256, 512}) {
      double distance = (1 + 20 / n) / (n * n);
      points.add(point(n, distance, 1e-3 * distance, 20 / n));
      alike.add(point(n, distance, 1e-3 * distance, 0));
    }
    assertThat(Slope.of(points).orElseThrow().value()).isBetween(-2.12, -2.0);
    assertThat(Slope.of(alike).orElseThrow().value()).isLessThan(-2.2);
  }

  @Test
  void distancesLostInNoiseDoNotCount() {
    List<Slope.Point> points =
        List.of(point(32, 1, 0.1, 0), point(64, 0.5, 0.1, 0), point(128, 0.01, 0.1, 0));
    assertThat(Slope.of(points)).isEmpty();
    assertThat(Slope.of(List.of(new Slope.Point(9, new Distance(Double.NaN, 1), 0)))).isEmpty();
  }
}
