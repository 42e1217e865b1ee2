package finitewidth.gaussian.quadrature;

import finitewidth.gaussian.ActivationFunction;
import finitewidth.linalg.NumericsException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Works out the {@link VarianceSeries} of a function at any variance: a function of the variance
 * alone, whatever was worked out before. Safe to share between threads.
 */
final class SeriesBuilder {
  private static final int FIRST_ORDER = 64;

  /** Largest number of coefficients. */
  static final int MOST_ORDER = 2048;

  /** A range of at least this is searched for kinks. */
  private static final double LEAST_REACH = 8;

  private static final double DEVIATIONS = 13;

  /** What the last quarter of Σ n^j a_n² may be of the whole, j = 0, 1, 2; without kinks. */
  private static final double[] SMOOTH = {1e-17, 1e-16, 1e-14};

  /** With kinks, whose powers are counted off: the rest falls off algebraically. */
  private static final double[] KINKED = {1e-12, 1e-10, 1e-7};

  /** A tail that falls off like n^−2 or faster is no more than so many last quarters. */
  private static final double TAIL = 3;

  /** Second derivatives enter self-energies only; their errors count less by this factor. */
  private static final double SECOND = 1e-3;

  private final ActivationFunction function;
  private final String name;
  private final DoubleUnaryOperator checked;
  private final Map<Double, List<Kink>> kinks = new ConcurrentHashMap<>();
  private final Optional<SmallVariance> small;

  SeriesBuilder(ActivationFunction function, String name) {
    this.function = function;
    this.name = name;
    this.checked = this::value;
    this.small = SmallVariance.of(function::value);
  }

  private double value(double z) {
    double value = function.value(z);
    if (!Double.isFinite(value)) {
      throw new NumericsException(
          "{ACTIVATION} = %s gives %s at z = %s, which its fields reach; it must be finite there"
              .formatted(name, value, z));
    }
    return value;
  }

  /** The series at variance k, not negative. */
  VarianceSeries at(double k) {
    value(0);
    if (small.isPresent() && small.get().covers(k)) {
      return small.get().at(k);
    }
    if (k == 0) {
      double[][] sides = KinkFinder.sides(checked, 0);
      return SmallVariance.atKink(sides[0], sides[1]);
    }
    double root = Math.sqrt(k);
    double reach = LEAST_REACH;
    while (reach < DEVIATIONS * root) {
      reach *= 2;
    }
    List<Kink> own = kinks.computeIfAbsent(reach, r -> KinkFinder.find(function::value, r));
    for (int order = FIRST_ORDER; ; order *= 2) {
      GaussianRule rule = new GaussianRule(function::value, checked, own, root, order, name);
      double[][] coefficients = coefficients(rule, order);
      HermiteSeries[] powers = new HermiteSeries[3];
      Arrays.setAll(powers, p -> HermiteSeries.of(coefficients[p], own, p + 1, root));
      double[] left = left(powers);
      double[] goal = powers[0].smooth() ? SMOOTH : KINKED;
      boolean done = left[0] <= goal[0] && left[1] <= goal[1] && left[2] <= goal[2];
      if (done || order == MOST_ORDER) {
        return series(k, root, powers, coefficients[1], error(powers, coefficients[1], left, rule));
      }
    }
  }

  /** ⟨σ^p He_n⟩/√n! for p = 1, 2, 3. */
  private static double[][] coefficients(GaussianRule rule, int order) {
    // A multiple of the nodes of an interval, so even.
    int count = rule.nodes.length;
    double[] nodes = rule.nodes;
    double[] one = new double[count];
    double[] two = new double[count];
    double[] three = new double[count];
    double[] before = new double[count];
    double[] now = new double[count];
    Arrays.fill(now, 1);
    for (int i = 0; i < count; i++) {
      double f = rule.values[i];
      one[i] = rule.weights[i] * f;
      two[i] = one[i] * f;
      three[i] = two[i] * f;
    }
    double[][] coefficients = new double[3][order];
    for (int n = 0; n < order; n++) {
      // Two sums each, as one would wait for its own last addition.
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      double more1 = 0;
      double more2 = 0;
      double more3 = 0;
      double down = Math.sqrt(n);
      double up = 1 / Math.sqrt(n + 1);
      for (int i = 0; i < count; i += 2) {
        double h = now[i];
        double g = now[i + 1];
        sum1 += one[i] * h;
        more1 += one[i + 1] * g;
        sum2 += two[i] * h;
        more2 += two[i + 1] * g;
        sum3 += three[i] * h;
        more3 += three[i + 1] * g;
      }
      for (int i = 0; i < count; i++) {
        double h = now[i];
        now[i] = (nodes[i] * h - down * before[i]) * up;
        before[i] = h;
      }
      coefficients[0][n] = sum1 + more1;
      coefficients[1][n] = sum2 + more2;
      coefficients[2][n] = sum3 + more3;
    }
    return coefficients;
  }

  /** The last quarter of Σ n^j |a_n² − κ_n²| over Σ n^j a_n²: of σ for j = 0, 1, 2. */
  private static double[] left(HermiteSeries[] powers) {
    double[] left = new double[3];
    for (int j = 0; j < left.length; j++) {
      left[j] = left(powers[0], j);
    }
    left[0] = Math.max(left[0], Math.max(left(powers[1], 0), left(powers[2], 0)));
    return left;
  }

  private static double left(HermiteSeries series, int j) {
    double total = 0;
    double last = 0;
    int order = series.order();
    for (int n = j; n < order; n++) {
      double a = series.a()[n];
      double kappa = series.smooth() ? 0 : series.kappa()[n];
      double scale = j == 0 ? 1 : j == 1 ? n : (double) n * n;
      total += scale * a * a;
      if (n >= order - order / 4) {
        last += scale * Math.abs((a - kappa) * (a + kappa));
      }
    }
    // A constant has no derivatives, and rounding no scale.
    double least = 1e-20 * series.a()[0] * series.a()[0];
    return total > least ? last / total : 0;
  }

  /** The largest of: the mass that Parseval misses, estimated tails, unresolved intervals. */
  private static double error(
      HermiteSeries[] powers, double[] square, double[] left, GaussianRule rule) {
    HermiteSeries sigma = powers[0];
    double sum = 0;
    for (int n = 0; n < sigma.order(); n++) {
      double kappa = sigma.smooth() ? 0 : sigma.kappa()[n];
      sum += sigma.a()[n] * sigma.a()[n] - kappa * kappa;
    }
    double whole = sum + MehlerSum.ownPowers(sigma);
    double missed = square[0] > 0 ? Math.abs(square[0] - whole) / square[0] : 0;
    double tails = TAIL * Math.max(left[0], Math.max(left[1], SECOND * left[2]));
    return Math.max(rule.roughness, Math.max(missed, tails));
  }

  private static VarianceSeries series(
      double k, double root, HermiteSeries[] powers, double[] square, double error) {
    double[] derivatives = new double[Kink.ORDERS];
    double scale = 1;
    for (int j = 0; j < derivatives.length; j++) {
      derivatives[j] = powers[0].a()[j] * scale;
      scale *= Math.sqrt((j + 1) / k);
    }
    HermiteSeries[] trimmed =
        Arrays.stream(powers).map(HermiteSeries::trimmed).toArray(HermiteSeries[]::new);
    return new VarianceSeries(
        k,
        root,
        trimmed,
        derivatives,
        square[0],
        square[2] / (Math.sqrt(2) * k),
        Math.sqrt(1.5) * square[4] / (k * k),
        error);
  }
}
