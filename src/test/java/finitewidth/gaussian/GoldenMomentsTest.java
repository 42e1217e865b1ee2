package finitewidth.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.GoldenMoments;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden expectations: two-point functions to 1e-10, four-point moments to 1e-9. */
class GoldenMomentsTest {
  static List<GoldenMoments.Two> twoPoint() {
    return GoldenMoments.twoPoint().stream()
        .filter(golden -> Activations.withFourPoints(golden.activation()).isPresent())
        .toList();
  }

  static List<GoldenMoments.Four> fourPoint() {
    return GoldenMoments.fourPoint().stream()
        .filter(golden -> Activations.withFourPoints(golden.activation()).isPresent())
        .toList();
  }

  static List<GoldenMoments.Four> pairEqual() {
    return fourPoint().stream()
        .filter(golden -> golden.kind().equals("pair_equal") || golden.kind().equals("all_equal"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource
  void twoPoint(GoldenMoments.Two golden) {
    FourPointActivation activation = Activations.withFourPoints(golden.activation()).orElseThrow();
    TwoPoint two = TwoPoint.of(activation, golden.k11(), golden.k22(), golden.k12());
    assertThat(two.mean()).isCloseTo(golden.mean(), within(1e-10));
    assertThat(two.d1()).isCloseTo(golden.gradient().get(0), within(1e-10));
    assertThat(two.dc()).isCloseTo(golden.gradient().get(1), within(1e-10));
    assertThat(two.d2()).isCloseTo(golden.gradient().get(2), within(1e-10));
    OnePoint one = new OnePoint();
    activation.onePoint(golden.k11(), one);
    assertThat(one.mean).isCloseTo(golden.diagonalMean(), within(1e-10));
    assertThat(one.first).isCloseTo(golden.diagonalGradient(), within(1e-10));
  }

  @ParameterizedTest
  @MethodSource
  void fourPoint(GoldenMoments.Four golden) {
    double[] out = new double[1];
    for (double tolerance : new double[] {1e-9, 1e-12}) {
      evaluator(golden, tolerance).distinct(0, 1, 2, 3, 4, out);
      assertThat(out[0]).isCloseTo(golden.moment(), within(1e-9 * Math.abs(golden.moment())));
    }
  }

  @ParameterizedTest
  @MethodSource
  void pairEqual(GoldenMoments.Four golden) {
    Matrix k = golden.kernel();
    assertThat(k.row(0)).isEqualTo(k.row(1));
    double[] out = new double[1];
    evaluator(golden, 1e-12).paired(0, 2, 3, 4, out);
    assertThat(out[0]).isCloseTo(golden.moment(), within(1e-11 * Math.abs(golden.moment())));
    if (golden.kind().equals("all_equal")) {
      evaluator(golden, 1e-12).paired(2, 2, 2, 3, out);
      assertThat(out[0]).isCloseTo(golden.moment(), within(1e-11 * Math.abs(golden.moment())));
    }
  }

  private static FourPoint evaluator(GoldenMoments.Four golden, double tolerance) {
    FourPointActivation activation = Activations.withFourPoints(golden.activation()).orElseThrow();
    return activation.fourPoint(golden.kernel(), tolerance);
  }
}
