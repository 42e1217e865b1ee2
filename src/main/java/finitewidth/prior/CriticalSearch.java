package finitewidth.prior;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.NumericsException;
import finitewidth.prior.Criticality.Found;
import finitewidth.prior.Criticality.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/** The search of {@link Criticality#of}. */
final class CriticalSearch {
  private static final double LEAST = 1e-4;
  private static final int DECADES = 8;
  private static final int STEPS = 8;

  /** What counts as zero, of quantities that have no unit. */
  private static final double FLAT = 1e-8;

  /** Expectations must be as good as that. */
  private static final double GOOD = 1e-6;

  /** Of the root, in log K: quadrature is no better. */
  private static final double ACCURACY = 1e-13;

  private static final int ORDER = 5;
  private static final int MOST_EVALUATIONS = 100;

  private final Activation activation;
  private final TwoPointRow row = new TwoPointRow(1, false);
  private final OnePoint point = new OnePoint();

  CriticalSearch(Activation activation) {
    this.activation = activation;
  }

  /**
   * A kernel that was looked at.
   *
   * @param mean ⟨σ²⟩
   * @param slope ⟨σ'²⟩
   * @param bend K ⟨σσ''⟩/⟨σ²⟩
   */
  private record Sight(double kernel, double mean, double slope, double bend) {
    boolean isKnown() {
      return Double.isFinite(mean + slope + bend) && mean > 0 && slope > 0;
    }

    boolean isFlat() {
      return Math.abs(bend) <= FLAT;
    }

    /** C_W at which χ_⊥ = 1. */
    double weightVariance() {
      return 1 / slope;
    }
  }

  Criticality search() {
    List<Sight> sights = sights();
    return anyKernel(sights)
        .or(() -> zero(sights))
        .or(() -> oneKernel(sights))
        .map(Criticality.class::cast)
        .orElseGet(
            () ->
                new Criticality.None(
                    LEAST, sights.isEmpty() ? 0 : sights.get(sights.size() - 1).kernel()));
  }

  private List<Sight> sights() {
    List<Sight> sights = new ArrayList<>();
    for (int i = 0; i <= DECADES * STEPS; i++) {
      double kernel = LEAST * Math.pow(10, (double) i / STEPS);
      try {
        Sight sight = at(kernel);
        if (!sight.isKnown() || !(activation.relativeError(kernel) <= GOOD)) {
          break;
        }
        sights.add(sight);
      } catch (NumericsException e) {
        // σ grows too fast for fields of this size: what there is to see lies below.
        break;
      }
    }
    return sights;
  }

  /** ⟨σ'²⟩ is ∂F/∂K12 and ⟨σσ''⟩ is ∂F/∂K11 + ∂F/∂K22 where two points are one. */
  private Sight at(double kernel) {
    row.k11 = kernel;
    row.k22[0] = kernel;
    row.k12[0] = kernel;
    row.separation[0] = 0;
    activation.twoPoint(row, 1);
    double mean = row.mean[0];
    return new Sight(kernel, mean, row.dc[0], kernel * (row.d1[0] + row.d2[0]) / mean);
  }

  /** σ(λz) = λσ(z) for positive λ: ⟨σσ''⟩ vanishes everywhere, and ⟨σ²⟩ is ⟨σ'²⟩ K. */
  private Optional<Found> anyKernel(List<Sight> sights) {
    boolean homogeneous =
        sights.stream()
            .allMatch(s -> s.isFlat() && Math.abs(s.slope() * s.kernel() / s.mean() - 1) <= FLAT);
    // The mean over all kernels would be no better: they agree to all digits but the last.
    return homogeneous && !sights.isEmpty()
        ? Optional.of(new Found(Kind.ANY, 1, 0, at(1).weightVariance()))
        : Optional.empty();
  }

  /** σ(0) = 0, slopes at 0, and C_W ⟨σ²⟩ below K once it differs from it: small kernels fall. */
  private Optional<Found> zero(List<Sight> sights) {
    if (sights.isEmpty()) {
      return Optional.empty();
    }
    activation.onePoint(0, point);
    // A kink at zero is found where it is to the last bit only, so that ⟨σ²⟩ need not vanish.
    boolean vanishes = point.mean <= FLAT * FLAT * sights.get(0).mean();
    if (!vanishes || !(point.first > 0)) {
      return Optional.empty();
    }
    double weight = 1 / point.first;
    return sights.stream()
        .mapToDouble(s -> weight * s.mean() / s.kernel() - 1)
        .filter(growth -> Math.abs(growth) > FLAT)
        .limit(1)
        .filter(growth -> growth < 0)
        .mapToObj(growth -> new Found(Kind.ZERO, 0, 0, weight))
        .findFirst();
  }

  private Optional<Found> oneKernel(List<Sight> sights) {
    List<Sight> curved = sights.stream().filter(s -> !s.isFlat()).toList();
    for (int i = 1; i < curved.size(); i++) {
      Sight below = curved.get(i - 1);
      Sight above = curved.get(i);
      if (below.bend() > 0 != above.bend() > 0) {
        Optional<Found> found = at(root(below, above));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Sight root(Sight below, Sight above) {
    double log =
        new BracketingNthOrderBrentSolver(ACCURACY, ACCURACY, ORDER)
            .solve(
                MOST_EVALUATIONS,
                logKernel -> at(Math.exp(logKernel)).bend(),
                Math.log(below.kernel()),
                Math.log(above.kernel()));
    return at(Math.exp(log));
  }

  /** Empty where the biases would have a negative variance. */
  private Optional<Found> at(Sight root) {
    double weight = root.weightVariance();
    double bias = root.kernel() - weight * root.mean();
    if (bias < 0) {
      return Optional.empty();
    }
    // C_b + C_W ⟨σ²⟩ touches K there, from below or from above.
    activation.onePoint(root.kernel(), point);
    Kind kind = point.second < 0 ? Kind.FROM_ABOVE : Kind.FROM_BELOW;
    return Optional.of(new Found(kind, root.kernel(), bias, weight));
  }
}
