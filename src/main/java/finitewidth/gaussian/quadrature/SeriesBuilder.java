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
 * Works out the {@link VarianceSeries} of a function at any variance, by quadrature or, where the
 * function is smooth, by interpolation between variances ({@link SeriesPanels}): a function of the
 * variance alone, whatever was worked out before. Safe to share between threads.
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
  private final SeriesPanels panels = new SeriesPanels(this::nodes);

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
    Optional<SeriesPanels.Panel> panel = panels.of(k);
    return panel.isPresent() ? interpolated(k, panel.get()) : direct(k);
  }

  private static VarianceSeries interpolated(double k, SeriesPanels.Panel panel) {
    double[][] coefficients = panel.at(k);
    double root = Math.sqrt(k);
    HermiteSeries[] powers = new HermiteSeries[coefficients.length];
    Arrays.setAll(powers, p -> HermiteSeries.of(coefficients[p], List.of(), p + 1, root));
    return series(k, root, powers, coefficients[1], panel.error());
  }

  /** By quadrature at the nodes of a panel, all to the same order; empty where there are kinks. */
  private Optional<SeriesPanels.Nodes> nodes(int number) {
    double[][][] coefficients = new double[SeriesPanels.NODES][][];
    double error = 0;
    try {
      // The widest first: the others hardly need more.
      for (int i = 0, order = FIRST_ORDER; i < coefficients.length; i++) {
        double k = SeriesPanels.node(number, i);
        double root = Math.sqrt(k);
        Quadrature found = quadrature(root, kinks(root), order);
        if (!found.smooth() || !found.done()) {
          return Optional.empty();
        }
        coefficients[i] = found.coefficients();
        error = Math.max(error, found.error());
        if (found.order() > order) {
          // From the beginning, with more.
          order = found.order();
          i = i == 0 ? 0 : -1;
        }
      }
    } catch (NumericsException e) {
      // At another variance of the panel, perhaps, and not at that which is asked for.
      return Optional.empty();
    }
    return Optional.of(new SeriesPanels.Nodes(coefficients, error));
  }

  /** The kinks that fields of deviation √k see. */
  private List<Kink> kinks(double root) {
    double reach = LEAST_REACH;
    while (reach < DEVIATIONS * root) {
      reach *= 2;
    }
    return kinks.computeIfAbsent(reach, r -> KinkFinder.find(function::value, r));
  }

  /** What is found at one variance. */
  private record Quadrature(
      double[][] coefficients, HermiteSeries[] powers, boolean done, double error) {
    int order() {
      return coefficients[0].length;
    }

    boolean smooth() {
      return Arrays.stream(powers).allMatch(HermiteSeries::smooth);
    }
  }

  /** The series at variance k > 0 by quadrature there. */
  VarianceSeries direct(double k) {
    double root = Math.sqrt(k);
    Quadrature found = quadrature(root, kinks(root), FIRST_ORDER);
    return series(k, root, found.powers(), found.coefficients()[1], found.error());
  }

  /** With as many coefficients as are needed, and no fewer than a first number of them. */
  private Quadrature quadrature(double root, List<Kink> own, int first) {
    for (int order = first; ; order *= 2) {
      GaussianRule rule = new GaussianRule(function::value, checked, own, root, order, name);
      double[][] coefficients = coefficients(rule, order);
      HermiteSeries[] powers = new HermiteSeries[3];
      Arrays.setAll(powers, p -> HermiteSeries.of(coefficients[p], own, p + 1, root));
      double[] left = left(powers);
      double[] goal = powers[0].smooth() ? SMOOTH : KINKED;
      boolean done = left[0] <= goal[0] && left[1] <= goal[1] && left[2] <= goal[2];
      if (done || order == MOST_ORDER) {
        return new Quadrature(
            coefficients, powers, done, error(powers, coefficients[1], left, rule));
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
