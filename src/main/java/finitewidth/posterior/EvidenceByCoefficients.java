package finitewidth.posterior;

import finitewidth.prior.RangeException;
import finitewidth.prior.Widths;

/**
 * A log evidence to first order, which can be read at every width (THEORY section 4).
 *
 * @param nngp log p(Y) at infinite width, in nats
 * @param coefficients δlog p = Σ_s coefficients[s] / n_s
 * @param errors standard errors of the coefficients, independent of one another; zero where the
 *     contraction was exact
 */
public record EvidenceByCoefficients(double nngp, double[] coefficients, double[] errors)
    implements LogEvidence {

  /**
   * This one, if it is finite.
   *
   * @throws RangeException naming what overflows
   */
  public EvidenceByCoefficients finite() {
    for (int s = -1; s < coefficients.length; s++) {
      double value = s < 0 ? nngp : coefficients[s];
      if (!Double.isFinite(value)) {
        throw new RangeException(
            "the log evidence overflows: "
                + (s < 0 ? "at infinite width it" : "its correction from hidden layer " + (s + 1))
                + " is "
                + value
                + "; lower {WEIGHT_VARIANCE}, use fewer layers of {HIDDEN_WIDTHS}, raise"
                + " {NOISE_VARIANCE}, or scale the targets ({TARGET_SCALING})");
      }
    }
    return this;
  }

  @Override
  public EvidenceByCoefficients byCoefficients() {
    return this;
  }

  @Override
  public double delta(Widths widths) {
    return widths.apply(coefficients);
  }

  @Override
  public double error(Widths widths) {
    double square = 0;
    for (int s = 0; s < errors.length; s++) {
      double error = errors[s] / widths.width(s);
      square += error * error;
    }
    return Math.sqrt(square);
  }
}
