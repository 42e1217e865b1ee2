package finitewidth.gaussian.quadrature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.PairMoments;
import finitewidth.gaussian.TwoPoint;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.PlaneQuadrature;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The activations by quadrature: their values, and their expectations against plain integrals. */
class StandardFunctionTest {
  private static final MathContext DIGITS = new MathContext(40);

  /** e^x to 40 digits. */
  private static BigDecimal exp(double x) {
    BigDecimal reduced = new BigDecimal(x).divide(new BigDecimal(1024), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 60; n++) {
      term = term.multiply(reduced, DIGITS).divide(new BigDecimal(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 10; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** log(1 + y) for small and large y, from the series of atanh. */
  private static BigDecimal logOnePlus(BigDecimal y) {
    double guess = Math.log1p(y.doubleValue());
    // One Newton step from 16 digits gives 32: l + (1 + y) e^{−l} − 1.
    BigDecimal ratio = BigDecimal.ONE.add(y).multiply(exp(-guess), DIGITS);
    BigDecimal rest = ratio.subtract(BigDecimal.ONE);
    return new BigDecimal(guess).add(rest).subtract(rest.multiply(rest).divide(new BigDecimal(2)));
  }

  private static double expected(StandardFunction f, double z) {
    BigDecimal e = exp(z);
    BigDecimal one = BigDecimal.ONE;
    return switch (f) {
      case TANH -> {
        BigDecimal square = e.multiply(e, DIGITS);
        yield square.subtract(one).divide(square.add(one), DIGITS).doubleValue();
      }
      case SILU -> new BigDecimal(z).multiply(e).divide(e.add(one), DIGITS).doubleValue();
      case SOFTPLUS -> logOnePlus(e).doubleValue();
      case ELU -> z >= 0 ? z : e.subtract(one).doubleValue();
    };
  }

  /** To four units in the last place, near zero and far from it. */
  @ParameterizedTest
  @EnumSource
  void valuesToTheLastDigits(StandardFunction f) {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      double z = (i % 2 == 0 ? 1 : -1) * Math.pow(10, -6 + 7.4 * random.nextDouble());
      double expected = expected(f, z);
      assertThat(f.value(z)).as("at %s", z).isCloseTo(expected, within(4 * Math.ulp(expected)));
    }
    for (double edge : new double[] {0.625, -0.625, 1.25, -1.25}) {
      for (double z : new double[] {Math.nextDown(edge), edge, Math.nextUp(edge)}) {
        double expected = expected(f, z);
        assertThat(f.value(z)).isCloseTo(expected, within(4 * Math.ulp(expected)));
      }
    }
    assertThat(List.of(f.value(0), f.value(700), f.value(-700), f.value(1e5), f.value(-1e5)))
        .allMatch(Double::isFinite);
  }

  private static final double H = 1e-4;

  /** ⟨σσ⟩ and its derivatives ⟨σ'σ'⟩, ½⟨σ''σ⟩; the fourth moments of pairs. */
  @ParameterizedTest
  @EnumSource
  void expectationsAreThoseOfPlaneIntegrals(StandardFunction f) {
    Activation activation = new QuadratureActivation(f.title(), f);
    double[][] points = {{1, 1, 0.5}, {0.3, 2, -0.7}, {2, 1.5, 0.95}, {0.05, 0.6, 0.2}};
    for (double[] point : points) {
      double k11 = point[0];
      double k22 = point[1];
      double r = point[2];
      double size = Math.sqrt(k11 * k22);
      TwoPoint two = TwoPoint.of(activation, k11, k22, r * size);
      double scale = mean((x, y) -> f.value(x) * f.value(x), k11, k22, r);
      DoubleUnaryOperator first = derivative(f);
      assertThat(two.mean())
          .isCloseTo(
              mean((x, y) -> f.value(x) * f.value(y), k11, k22, r), within(1e-13 + 1e-12 * scale));
      assertThat(two.dc())
          .isCloseTo(
              mean((x, y) -> first.applyAsDouble(x) * first.applyAsDouble(y), k11, k22, r),
              within(1e-11));
      Matrix kernel = Matrix.copyOf(new double[][] {{k11, r * size}, {r * size, k22}});
      PairMoments fourth = activation.pairMoments(kernel, 1e-9);
      double[] out = new double[2];
      fourth.squares(0, 0, 2, out);
      double s22 = mean((x, y) -> square(f.value(x)) * square(f.value(y)), k11, k22, r);
      assertThat(out[1]).isCloseTo(s22, within(1e-10 * s22));
      double s4 = mean((x, y) -> square(square(f.value(x))), k11, k22, r);
      assertThat(out[0]).isCloseTo(s4, within(1e-10 * s4));
      fourth.cubes(0, 0, 2, out);
      double s31 = mean((x, y) -> f.value(x) * square(f.value(x)) * f.value(y), k11, k22, r);
      assertThat(out[1]).isCloseTo(s31, within(1e-10 * s4));
      fourth.cubes(1, 0, 2, out);
      double s13 = mean((x, y) -> f.value(y) * square(f.value(y)) * f.value(x), k11, k22, r);
      assertThat(out[0]).isCloseTo(s13, within(1e-10 * (s4 + s22)));
    }
  }

  private static double square(double x) {
    return x * x;
  }

  private static double mean(DoubleBinaryOperator g, double k11, double k22, double r) {
    return PlaneQuadrature.mean(g, k11, k22, r);
  }

  /** σ' in closed form. */
  private static DoubleUnaryOperator derivative(StandardFunction f) {
    return switch (f) {
      case TANH -> z -> 1 - square(Math.tanh(z));
      case SILU ->
          z -> {
            double logistic = 1 / (1 + Math.exp(-z));
            return logistic * (1 + z * (1 - logistic));
          };
      case SOFTPLUS -> z -> 1 / (1 + Math.exp(-z));
      case ELU -> z -> z > 0 ? 1 : Math.exp(z);
    };
  }

  /** Every derivative against central differences, correlations near ±1 among them. */
  @ParameterizedTest
  @EnumSource
  void derivativesAreCentralDifferences(StandardFunction f) {
    Activation activation = new QuadratureActivation(f.title(), f);
    Random random = new Random(8);
    for (int trial = 0; trial < 30; trial++) {
      double k11 = Math.exp(random.nextGaussian());
      double k22 = Math.exp(random.nextGaussian());
      double r = trial % 3 == 0 ? 0.99 : 1.9 * random.nextDouble() - 0.95;
      double k12 = r * Math.sqrt(k11 * k22);
      TwoPoint at = TwoPoint.of(activation, k11, k22, k12);
      double h = H * Math.sqrt((1 - r) * (1 + r));
      TwoPoint up = TwoPoint.of(activation, k11, k22, k12 + h);
      TwoPoint down = TwoPoint.of(activation, k11, k22, k12 - h);
      assertThat(at.dc()).isCloseTo((up.mean() - down.mean()) / (2 * h), within(2e-7));
      assertThat(at.dcc())
          .isCloseTo(
              (up.dc() - down.dc()) / (2 * h),
              within(2e-7 * (1 + Math.abs(at.dcc())) / (1 - r * r)));
      assertThat(at.d1c())
          .isCloseTo(
              (up.d1() - down.d1()) / (2 * h),
              within(2e-7 * (1 + Math.abs(at.d1c())) / (1 - r * r)));
      up = TwoPoint.of(activation, k11 + h, k22, k12);
      down = TwoPoint.of(activation, k11 - h, k22, k12);
      assertThat(at.d1()).isCloseTo((up.mean() - down.mean()) / (2 * h), within(2e-6));
      assertThat(at.d11())
          .isCloseTo(
              (up.d1() - down.d1()) / (2 * h),
              within(2e-6 * (1 + Math.abs(at.d11())) / (1 - r * r) / k11));
      assertThat(at.d12())
          .isCloseTo(
              (up.d2() - down.d2()) / (2 * h),
              within(2e-6 * (1 + Math.abs(at.d12())) / (1 - r * r) / k11));
    }
  }

  /**
   * docs/theory.md#reference-values: n V of one input of variance 1 in the second layer, C_W = 1.
   */
  @Test
  void vertexOfOneInput() {
    Activation tanh = Activations.byName("tanh").orElseThrow();
    OnePoint one = new OnePoint();
    tanh.onePoint(1, one);
    double[] fourth = new double[1];
    tanh.pairMoments(Matrix.copyOf(new double[][] {{1}}), 1e-9).cubes(0, 0, 1, fourth);
    assertThat(fourth[0] - one.mean * one.mean).isCloseTo(0.097523738085857, within(2e-15));
  }

  @Test
  void namesAndAliases() {
    assertThat(Activations.names()).contains("tanh", "silu", "swish", "softplus", "elu");
    assertThat(Activations.namesWithFourPoints())
        .doesNotContain("tanh", "silu", "swish", "softplus", "elu");
    assertThat(Activations.byName("swish").orElseThrow().name()).isEqualTo("silu");
    assertThat(Activations.byName("Tanh")).isEmpty();
  }
}
