package finitewidth.posterior;

import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** The log evidence of the training targets, in nats, noise included, to be read at widths. */
public sealed interface LogEvidence extends Serializable
    permits EvidenceByCoefficients, EvidenceAtWidths {

  /** log p(Y) at infinite width. */
  double nngp();

  /** What these widths add to it. */
  double delta(Widths widths);

  /** The standard error of that. */
  double error(Widths widths);

  /** The widths where it is known; empty where it is known at all. */
  default Optional<List<Widths>> known() {
    return Optional.empty();
  }

  /** Whether it is known at infinite width alone, and no width adds anything to it. */
  default boolean isOrderZero() {
    return known().filter(List::isEmpty).isPresent();
  }

  /** log p(Y) at these widths. */
  default double at(Widths widths) {
    return nngp() + delta(widths);
  }

  /**
   * This evidence by coefficients of 1/width.
   *
   * @throws IllegalStateException if it is known at given widths only
   */
  EvidenceByCoefficients byCoefficients();

  /** A log evidence to first order without sampling error. */
  static EvidenceByCoefficients exact(double nngp, double[] coefficients) {
    return new EvidenceByCoefficients(nngp, coefficients, new double[coefficients.length]);
  }
}
