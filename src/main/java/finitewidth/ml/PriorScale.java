package finitewidth.ml;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether targets are what the prior expects: q = tr YᵀA⁻¹Y would typically be the number of
 * targets, and far from it the first order blows up like (q − Pm)²/4n (THEORY section 4).
 */
public final class PriorScale {
  /** How far q may be from its typical value, as a factor. */
  private static final double MISMATCH = 3;

  private PriorScale() {}

  /**
   * A warning where the scales do not fit.
   *
   * @param dataFit q
   * @param targets P m
   * @param weight what the user calls the weights' variance
   * @param noise what the user calls the noise's
   */
  public static Optional<String> warning(
      double dataFit, long targets, String weight, String noise) {
    double ratio = dataFit / targets;
    if (ratio < MISMATCH && ratio > 1 / MISMATCH) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the targets are far from the prior's scale: q = tr YᵀA⁻¹Y is %.4g where %d would be"
                + " typical, and first order grows like (q − %d)²/4n; change %s or %s",
            dataFit,
            targets,
            targets,
            weight,
            noise));
  }
}
