package finitewidth.gaussian.quadrature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.PairMoments;
import finitewidth.gaussian.TwoPoint;
import finitewidth.gaussian.activations.Activations;
import finitewidth.gaussian.erf.ErfActivation;
import finitewidth.linalg.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations with closed forms, given by their values alone, against those forms. */
class QuadratureActivationTest {
  /** What closed forms lose where a sine of small z is one minus one. */
  private static final double ULP = 3e-16;

  private static final double[][] VARIANCES = {
    {0, 0},
    {0, 1},
    {1e-4, 1e-4},
    {1e-4, 2},
    {3e-4, 5e-4},
    {0.01, 0.02},
    {0.3, 0.3},
    {1, 1},
    {1, 3},
    {3, 0.2},
    {10, 10}
  };

  private static final double[] CORRELATIONS = {
    -1, -0.999, -0.95, -0.5, -0.01, 0, 0.3, 0.8, 0.9, 0.95, 0.99, 0.999
  };

  private static Activation byValues(Activation activation) {
    return new QuadratureActivation(activation.name(), activation::value);
  }

  /** F to 1e-13, first derivatives to 1e-12 and second ones to 1e-8 of what they are about. */
  @ParameterizedTest
  @ValueSource(strings = {"linear", "quadratic", "erf", "gelu", "sin", "cos"})
  void smooth(String name) {
    Activation exact = Activations.withFourPoints(name).orElseThrow();
    Activation quadrature = byValues(exact);
    for (double[] k : VARIANCES) {
      for (double r : CORRELATIONS) {
        compare(exact, quadrature, k[0], k[1], r, 1e-13, 1e-12, 1e-8);
      }
      compare(exact, quadrature, k[0], k[1], 1, 1e-13, 1e-12, 1e-8);
      compare(exact, quadrature, k[0], k[1], 1 - 1e-6, 1e-13, 1e-12, 1e-8);
    }
  }

  /** A kink at zero is counted off exactly, whatever the variance and the correlation. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky-relu"})
  void kinked(String name) {
    Activation exact = Activations.withFourPoints(name).orElseThrow();
    Activation quadrature = byValues(exact);
    for (double[] k :
        new double[][] {{1e-4, 1e-4}, {0.01, 0.02}, {1, 1}, {1, 3}, {10, 10}, {100, 100}}) {
      for (double r : CORRELATIONS) {
        if (r > -1) {
          compare(exact, quadrature, k[0], k[1], r, 1e-13, 1e-12, 1e-10);
        }
      }
      compare(exact, quadrature, k[0], k[1], 0.99999, 1e-13, 1e-12, 1e-9);
    }
  }

  /** At the end of the range: beyond the largest order the error is stated. */
  @Test
  void largeVariances() {
    Activation exact = new ErfActivation();
    Activation quadrature = byValues(exact);
    for (double r : new double[] {-0.99, -0.5, 0, 0.5, 0.9, 0.99}) {
      compare(exact, quadrature, 100, 100, r, 1e-13, 1e-12, 1e-9);
      compare(exact, quadrature, 100, 0.5, r, 1e-13, 1e-11, 1e-9);
    }
    double error = quadrature.relativeError(100);
    assertThat(error).isGreaterThan(1e-9);
    TwoPoint near = TwoPoint.of(quadrature, 100, 100, 99.99);
    TwoPoint expected = TwoPoint.of(exact, 100, 100, 99.99);
    assertThat(near.mean()).isCloseTo(expected.mean(), within(error * expected.mean()));
    assertThat(near.dc()).isCloseTo(expected.dc(), within(error * expected.dc()));
    assertThat(quadrature.relativeError(1)).isLessThan(1e-13);
  }

  private static void compare(
      Activation exact,
      Activation quadrature,
      double k11,
      double k22,
      double r,
      double mean,
      double first,
      double second) {
    double size = Math.sqrt(k11) * Math.sqrt(k22);
    double k12 = r * size;
    double skew = Math.sqrt(k11) - Math.sqrt(k22);
    double separation = skew * skew + 2 * size * (1 - r);
    TwoPoint x = TwoPoint.of(exact, k11, k22, k12, separation);
    TwoPoint y = TwoPoint.of(quadrature, k11, k22, k12, separation);
    OnePoint one = new OnePoint();
    OnePoint other = new OnePoint();
    exact.onePoint(k11, one);
    exact.onePoint(k22, other);
    String where = exact.name() + " at " + k11 + ", " + k22 + ", correlation " + r;
    double scale = Math.sqrt(one.mean * other.mean) + 1e-300;
    assertThat(y.mean()).as(where).isCloseTo(x.mean(), within(mean * scale + ULP));
    assertThat(y.distance())
        .as(where)
        .isCloseTo(x.distance(), within(10 * mean * (one.mean + other.mean) + ULP));
    double[][] firsts = {{x.d1(), y.d1()}, {x.d2(), y.d2()}, {x.dc(), y.dc()}};
    near(where + " first", firsts, first, 1);
    double[][] seconds = {
      {x.d11(), y.d11()},
      {x.d22(), y.d22()},
      {x.d12(), y.d12()},
      {x.d1c(), y.d1c()},
      {x.d2c(), y.d2c()},
      {x.dcc(), y.dcc()}
    };
    near(where + " second", seconds, second, 1);
    quadrature.onePoint(k11, other);
    near(where + " one", new double[][] {{one.mean, other.mean}}, mean, 1e-3);
    near(where + " one", new double[][] {{one.first, other.first}}, 10 * first, 1);
    near(where + " one", new double[][] {{one.second, other.second}}, second, 1);
  }

  private static void near(String where, double[][] pairs, double tolerance, double least) {
    double scale = least;
    for (double[] pair : pairs) {
      scale = Math.max(scale, Math.abs(pair[0]));
    }
    for (double[] pair : pairs) {
      assertThat(pair[1]).as(where).isCloseTo(pair[0], within(tolerance * scale));
    }
  }

  /** ⟨σ_a³σ_b⟩ and ⟨σ_a²σ_b²⟩, points that coincide among them. */
  @ParameterizedTest
  @ValueSource(strings = {"linear", "quadratic", "erf", "gelu", "sin", "cos", "relu", "leaky-relu"})
  void fourthMomentsOfPairs(String name) {
    FourPointActivation exact = Activations.withFourPoints(name).orElseThrow();
    Activation quadrature = byValues(exact);
    for (double[] k : VARIANCES) {
      for (double r : CORRELATIONS) {
        double k12 = r * Math.sqrt(k[0]) * Math.sqrt(k[1]);
        Matrix kernel = Matrix.copyOf(new double[][] {{k[0], k12}, {k12, k[1]}});
        PairMoments expected = exact.fourPoint(kernel, 1e-14);
        PairMoments actual = quadrature.pairMoments(kernel, 1e-9);
        double[] own = new double[2];
        double[][] x = new double[2][4];
        for (int a = 0; a < 2; a++) {
          double[] cubes = new double[2];
          expected.cubes(a, 0, 2, cubes);
          own[a] = cubes[a];
          System.arraycopy(cubes, 0, x[0], 2 * a, 2);
          actual.cubes(a, 0, 2, cubes);
          System.arraycopy(cubes, 0, x[1], 2 * a, 2);
        }
        for (int i = 0; i < 4; i++) {
          int a = i / 2;
          int b = i % 2;
          double scale = Math.pow(own[a], 0.75) * Math.pow(own[b], 0.25);
          assertThat(x[1][i])
              .as("%s cube %d %d at %s correlation %s", name, a, b, List.of(k[0], k[1]), r)
              .isCloseTo(x[0][i], within(1e-11 * scale + ULP));
        }
        double[] squares = new double[2];
        double[] others = new double[2];
        expected.squares(0, 0, 2, squares);
        actual.squares(0, 0, 2, others);
        assertThat(others[0]).isCloseTo(squares[0], within(1e-11 * own[0] + ULP));
        assertThat(others[1])
            .isCloseTo(squares[1], within(1e-11 * Math.sqrt(own[0] * own[1]) + ULP));
      }
    }
  }

  /** A pair has the same bits in a new activation, in any order, whatever was asked before. */
  @Test
  void historyDoesNotMatter() {
    for (StandardFunction f : StandardFunction.values()) {
      Activation used = new QuadratureActivation("x", f);
      for (double k = 30; k > 0.001; k /= 3) {
        TwoPoint.of(used, k, 1, 0.1 * Math.sqrt(k));
      }
      for (double k : new double[] {0.5, 2, 1e-4}) {
        Activation fresh = new QuadratureActivation("x", f);
        double k12 = 0.999 * Math.sqrt(k * 0.7);
        assertThat(TwoPoint.of(used, k, 0.7, k12)).isEqualTo(TwoPoint.of(fresh, k, 0.7, k12));
      }
    }
  }
}
