package finitewidth.job;

/**
 * How the four-point vertex is contracted.
 *
 * @param engine what was asked for
 * @param tolerance largest quadrature error of a moment relative to its natural scale
 * @param quantities what is computed
 */
public record ContractionConfig(Engine engine, double tolerance, Quantities quantities) {

  /** How sums over pairs are done. */
  public enum Engine {
    EXACT,
    AUTO
  }

  /** Which corrections are computed: of the mean only, or of variances and evidence too. */
  public enum Quantities {
    MEAN,
    ALL
  }
}
