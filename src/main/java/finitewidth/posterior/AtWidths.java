package finitewidth.posterior;

import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A prediction that is known at given widths only, as engines have it that draw whole networks, or
 * that integrate something for each width.
 *
 * @param nngpMean m means at infinite width
 * @param nngpVariance the variance at infinite width, shared by the outputs
 * @param known what it is at each of the widths; infinite width is known always
 * @param firstOrder what it is to first order, where that was a step on the way; null where not
 */
public record AtWidths(
    double[] nngpMean, double nngpVariance, List<Known> known, @Nullable ByCoefficients firstOrder)
    implements Prediction {
  /** A prediction that first order is no step to. */
  public AtWidths(double[] nngpMean, double nngpVariance, List<Known> known) {
    this(nngpMean, nngpVariance, known, null);
  }

  /** What it is at some widths. */
  public record Known(Widths widths, Predictive predictive) implements Serializable {}

  @Override
  public Predictive at(Widths widths) {
    if (Double.isInfinite(widths.width(0))) {
      double[] zeros = new double[nngpMean.length];
      return new Predictive(nngpMean, nngpVariance, zeros, zeros, zeros, zeros, true);
    }
    return known.stream()
        .filter(some -> some.widths().equals(widths))
        .findFirst()
        .map(Known::predictive)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the posterior is not known at hidden widths "
                        + widths
                        + ", only at "
                        + known.stream()
                            .map(some -> some.widths().toString())
                            .collect(Collectors.joining(", "))));
  }

  @Override
  public @Nullable ByCoefficients firstOrderStep() {
    return firstOrder;
  }

  @Override
  public boolean hasCorrection() {
    return true;
  }

  @Override
  public boolean hasVarianceCorrection() {
    return true;
  }

  @Override
  public Cumulants cumulants() {
    return Cumulants.none();
  }

  @Override
  public ByCoefficients coefficients() {
    throw new IllegalStateException(
        "a prediction that is known at given widths has no coefficients of 1/width");
  }
}
