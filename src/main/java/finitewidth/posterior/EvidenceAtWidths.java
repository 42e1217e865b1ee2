package finitewidth.posterior;

import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A log evidence that is known at given widths only.
 *
 * @param nngp log p(Y) at infinite width, in nats
 * @param values what it is at each of the widths; none where it is that of infinite width alone
 */
public record EvidenceAtWidths(double nngp, List<Known> values) implements LogEvidence {
  /**
   * What it is at some widths.
   *
   * @param logEvidence log p(Y), in nats; NaN, with its error, where it was not computed
   * @param error its standard error
   */
  public record Known(Widths widths, double logEvidence, double error) implements Serializable {}

  @Override
  public Optional<List<Widths>> known() {
    return Optional.of(values.stream().map(Known::widths).toList());
  }

  private Known known(Widths widths) {
    return values.stream()
        .filter(some -> some.widths().equals(widths))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the log evidence is not known at hidden widths " + widths));
  }

  @Override
  public double delta(Widths widths) {
    return Double.isInfinite(widths.width(0)) ? 0 : known(widths).logEvidence() - nngp;
  }

  @Override
  public double error(Widths widths) {
    return Double.isInfinite(widths.width(0)) ? 0 : known(widths).error();
  }

  @Override
  public EvidenceByCoefficients byCoefficients() {
    throw new IllegalStateException(
        "a log evidence that is known at given widths has no coefficients of 1/width");
  }
}
