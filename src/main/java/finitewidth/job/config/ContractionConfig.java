package finitewidth.job.config;

import java.util.OptionalInt;

/**
 * How the four-point vertex is contracted.
 *
 * @param engine what was asked for
 * @param quadrature largest quadrature error of a moment relative to its natural scale
 * @param tolerance of the sampled engine: largest standard error of the corrected mean, in NNGP
 *     posterior standard deviations
 * @param seed of the draws
 * @param maxDraws most draws of each hidden layer
 * @param testRows how many test rows are corrected, the others being left at order 0; all if empty
 * @param quantities what is computed
 */
public record ContractionConfig(
    Engine engine,
    double quadrature,
    double tolerance,
    long seed,
    long maxDraws,
    OptionalInt testRows,
    Quantities quantities) {
  /** Quadrature error where none is asked for. */
  static final double QUADRATURE = 1e-9;

  /** Standard error where none is asked for. */
  static final double STANDARD_ERROR = 0.05;

  /** The same with another engine. */
  ContractionConfig with(Engine other) {
    return new ContractionConfig(
        other, quadrature, tolerance, seed, maxDraws, testRows, quantities);
  }

  /** How sums over pairs are done. */
  public enum Engine {
    EXACT,
    SAMPLED,
    AUTO
  }

  /** Which corrections are computed: of the mean only, or of variances and evidence too. */
  public enum Quantities {
    MEAN,
    ALL
  }
}
