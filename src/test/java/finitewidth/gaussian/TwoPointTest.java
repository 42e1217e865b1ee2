package finitewidth.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.gaussian.relu.ReluActivation;
import finitewidth.linalg.Matrix;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two-point functions: every derivative against central differences, and the edges of the ReLU. */
class TwoPointTest {
  private static final double STEP = 1e-5;

  static List<Activation> activations() {
    return Stream.concat(
            Activations.namesWithFourPoints().stream()
                .map(n -> Activations.byName(n).orElseThrow()),
            Stream.of(-0.5, 0.6).map(Activations::leakyRelu))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void derivativesAreCentralDifferences(Activation activation) {
    Random random = new Random(7);
    for (int trial = 0; trial < 50; trial++) {
      double k11 = 0.3 + 2 * random.nextDouble();
      double k22 = 0.3 + 2 * random.nextDouble();
      double k12 = (1.8 * random.nextDouble() - 0.9) * Math.sqrt(k11 * k22);
      TwoPoint at = TwoPoint.of(activation, k11, k22, k12);
      check(at.d1(), activation, k11, k22, k12, 1, TwoPoint::mean);
      check(at.d2(), activation, k11, k22, k12, 2, TwoPoint::mean);
      check(at.dc(), activation, k11, k22, k12, 3, TwoPoint::mean);
      check(at.d11(), activation, k11, k22, k12, 1, TwoPoint::d1);
      check(at.d12(), activation, k11, k22, k12, 1, TwoPoint::d2);
      check(at.d12(), activation, k11, k22, k12, 2, TwoPoint::d1);
      check(at.d22(), activation, k11, k22, k12, 2, TwoPoint::d2);
      check(at.d1c(), activation, k11, k22, k12, 1, TwoPoint::dc);
      check(at.d1c(), activation, k11, k22, k12, 3, TwoPoint::d1);
      check(at.d2c(), activation, k11, k22, k12, 2, TwoPoint::dc);
      check(at.d2c(), activation, k11, k22, k12, 3, TwoPoint::d2);
      check(at.dcc(), activation, k11, k22, k12, 3, TwoPoint::dc);
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void onePointIsTheCoincidenceOfTwo(Activation activation) {
    for (double k : new double[] {0.01, 0.4, 1, 3}) {
      OnePoint one = new OnePoint();
      OnePoint up = new OnePoint();
      OnePoint down = new OnePoint();
      activation.onePoint(k, one);
      activation.onePoint(k + STEP, up);
      activation.onePoint(k - STEP, down);
      TwoPoint two = TwoPoint.of(activation, k, k, k);
      assertThat(two.mean()).isCloseTo(one.mean, within(1e-14 * (1 + one.mean)));
      assertThat(two.distance()).isCloseTo(0, within(1e-14 * (1 + one.mean)));
      assertThat(two.d1() + two.d2() + two.dc()).isCloseTo(one.first, within(1e-13));
      assertThat((up.mean - down.mean) / (2 * STEP)).isCloseTo(one.first, within(1e-8));
      assertThat((up.first - down.first) / (2 * STEP)).isCloseTo(one.second, within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void distanceIsThatOfTheActivations(Activation activation) {
    OnePoint first = new OnePoint();
    OnePoint second = new OnePoint();
    activation.onePoint(0.7, first);
    activation.onePoint(1.9, second);
    for (double k12 : new double[] {-1.1, -0.4, 0, 0.3, 0.9, 1.15}) {
      TwoPoint two = TwoPoint.of(activation, 0.7, 1.9, k12);
      assertThat(two.distance())
          .isCloseTo(first.mean + second.mean - 2 * two.mean(), within(1e-13));
    }
  }

  /**
   * θ from 0.5 down to 1e-12, equal and unequal variances: distance = s1 s2 (θ²/2 − θ³/3π + …) + …
   */
  @Test
  void reluDistanceOfMergingPointsKeepsItsDigits() {
    for (double angle = 0.25; angle > 1e-12; angle *= 0.1) {
      for (double skew : new double[] {0, angle / 3}) {
        double size = 1 + skew;
        double chord = 2 * Math.sin(angle / 2);
        double distance = skew * skew + size * chord * chord;
        double k12 = size * Math.cos(angle);
        TwoPoint two = TwoPoint.of(new ReluActivation(), 1, size * size, k12, distance);
        double t2 = angle * angle;
        double cubic = angle * t2 * (1.0 / 3 - t2 / 30 + t2 * t2 / 840 - t2 * t2 * t2 / 45360);
        double expected = skew * skew / 2 + size * (chord * chord / 2 - cubic / Math.PI);
        assertThat(two.distance()).isCloseTo(expected, within(1e-8 * expected));
        assertThat(two.dc())
            .isCloseTo((Math.PI - angle) / (2 * Math.PI), within(1e-8 * angle + 1e-15));
      }
    }
  }

  /** Equal variances: every digit of a distance down to an angle of 1e-9 survives the layer. */
  @Test
  void reluDistanceAtEqualVariances() {
    double k = 1.7;
    for (double angle = 1.5; angle > 1e-9; angle *= 0.3) {
      double chord = 2 * Math.sin(angle / 2);
      double k12 = k * Math.cos(angle);
      TwoPoint two = TwoPoint.of(new ReluActivation(), k, k, k12, k * chord * chord);
      double t2 = angle * angle;
      // (sin t − t cos t) / t³ = Σ (−1)^(j+1) 2j t^(2j−2) / (2j + 1)!
      double cubic = 0;
      double term = 1.0 / 6;
      for (int j = 1; j < 20; j++) {
        cubic += 2 * j * term;
        term *= -t2 / ((2.0 * j + 2) * (2 * j + 3));
      }
      double expected = k * (chord * chord / 2 - cubic * t2 * angle / Math.PI);
      assertThat(two.distance()).isCloseTo(expected, within(4e-15 * expected));
      double share = angle / (2 * Math.PI);
      assertThat(0.5 - two.dc()).isCloseTo(share, within(1e-15 * share + 1e-16));
      assertThat(two.d1()).isCloseTo(Math.sin(angle) / (4 * Math.PI), within(1e-15 * angle));
    }
  }

  @Test
  void reluIsFiniteAtItsEdges() {
    ReluActivation relu = new ReluActivation();
    double[][] edges = {
      {1, 1, 1}, {1, 4, 2}, {1, 1, -1}, {2, 8, -4}, {0, 1, 0}, {1, 0, 0}, {0, 0, 0}
    };
    for (double[] k : edges) {
      TwoPoint two = TwoPoint.of(relu, k[0], k[1], k[2]);
      assertThat(two.mean()).isCloseTo(Math.max(k[2], 0) / 2, within(1e-15));
      assertThat(List.of(two.distance(), two.d1(), two.d2(), two.dc())).allMatch(Double::isFinite);
      assertThat(new double[] {two.d11(), two.d22(), two.d12(), two.d1c(), two.d2c(), two.dcc()})
          .containsOnly(0);
    }
  }

  /**
   * What the second derivatives contribute to the self-energy vanishes with the angle, and below
   * MERGED_SINE it is not worth its rounding.
   */
  @Test
  void reluCurvatureVanishesAsPointsMerge() {
    ReluActivation relu = new ReluActivation();
    for (double angle : new double[] {1e-1, 1e-2, 1e-3, 2e-4}) {
      double cosine = Math.cos(angle);
      double chord = 2 * Math.sin(angle / 2);
      TwoPoint two = TwoPoint.of(relu, 1, 1, cosine, chord * chord);
      Matrix kernel = Matrix.copyOf(new double[][] {{1, cosine}, {cosine, 1}});
      double[] mean = {0.5, 0.5, two.mean()};
      double[] same = new double[2];
      double[] other = new double[2];
      double[] mixed = new double[2];
      FourPoint four = relu.fourPoint(kernel, 1e-12);
      four.paired(0, 0, 0, 2, same);
      four.paired(1, 1, 0, 2, other);
      four.paired(0, 1, 1, 2, mixed);
      double v11 = same[0] - mean[0] * mean[0];
      double v1c = same[1] - mean[0] * mean[2];
      double v22 = other[1] - mean[1] * mean[1];
      double v2c = other[0] - mean[1] * mean[2];
      double v12 = mixed[0] - mean[0] * mean[1];
      double vcc = mixed[0] - mean[2] * mean[2];
      double curvature =
          two.d11() * v11
              + two.d22() * v22
              + two.dcc() * vcc
              + 2 * (two.d12() * v12 + two.d1c() * v1c + two.d2c() * v2c);
      assertThat(Math.abs(curvature)).isLessThan(0.2 * angle * angle * angle + 2e-16 / angle);
    }
  }

  private static void check(
      double derivative,
      Activation activation,
      double k11,
      double k22,
      double k12,
      int variable,
      ToDoubleFunction<TwoPoint> of) {
    double s1 = variable == 1 ? STEP : 0;
    double s2 = variable == 2 ? STEP : 0;
    double sc = variable == 3 ? STEP : 0;
    double up = of.applyAsDouble(TwoPoint.of(activation, k11 + s1, k22 + s2, k12 + sc));
    double down = of.applyAsDouble(TwoPoint.of(activation, k11 - s1, k22 - s2, k12 - sc));
    assertThat(derivative)
        .isCloseTo((up - down) / (2 * STEP), within(1e-7 * (1 + Math.abs(derivative))));
  }
}
