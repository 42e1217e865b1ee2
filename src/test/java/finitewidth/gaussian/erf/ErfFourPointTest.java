package finitewidth.gaussian.erf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.GoldenMoments;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErfFourPointTest {
  private static final int[][] PERMUTATIONS = {
    {0, 1, 2, 3}, {1, 0, 2, 3}, {0, 2, 1, 3}, {3, 1, 2, 0}, {1, 2, 3, 0}, {2, 3, 0, 1}, {3, 2, 1, 0}
  };

  static List<GoldenMoments.Four> references() {
    return GoldenMoments.erf();
  }

  /** Another integral than ours, in multiple precision. */
  @ParameterizedTest
  @MethodSource("references")
  void agreesWithMultiplePrecision(GoldenMoments.Four golden) {
    double[] out = new double[1];
    double scale = 1;
    for (int i = 0; i < 4; i++) {
      new ErfActivation().fourPoint(golden.kernel(), 1e-6).paired(i, i, i, i + 1, out);
      scale *= Math.sqrt(Math.sqrt(out[0]));
    }
    for (double tolerance : new double[] {1e-3, 1e-6, 1e-9, 1e-12}) {
      FourPoint four = new ErfActivation().fourPoint(golden.kernel(), tolerance);
      for (int[] order : PERMUTATIONS) {
        four.distinct(order[0], order[1], order[2], order[3], order[3] + 1, out);
        assertThat(out[0]).isCloseTo(golden.moment(), within(tolerance * scale));
      }
    }
  }

  /** ⟨erf⁴⟩, the hardest case for large variances, by mpmath's quadrature with 30 digits. */
  @ParameterizedTest
  @CsvSource({
    "1e-6, 4.8633843922350141e-12",
    "1e-2, 0.00045564111279196503",
    "1, 0.33663673484650837",
    "10, 0.74538995599029774",
    "100, 0.91758071758726593",
    "1000, 0.97387438705648323",
    "10000, 0.99173637722010406"
  })
  void fourCoincidingPointsOfAnyVariance(double variance, double expected) {
    Matrix kernel = Matrix.zeros(4, 4);
    double[] signs = {1, 1, -1, -1};
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        kernel.set(i, j, variance * signs[i] * signs[j]);
      }
    }
    double[] out = new double[1];
    for (double tolerance : new double[] {1e-6, 1e-9, 1e-12}) {
      FourPoint four = new ErfActivation().fourPoint(kernel, tolerance);
      four.paired(0, 0, 0, 1, out);
      assertThat(out[0]).isCloseTo(expected, within(tolerance * expected));
      four.distinct(0, 1, 2, 3, 4, out);
      assertThat(out[0]).isCloseTo(expected, within(tolerance * expected));
      four.distinct(2, 0, 1, 3, 4, out);
      assertThat(out[0]).isCloseTo(expected, within(tolerance * expected));
    }
  }
}
