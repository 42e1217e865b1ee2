package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.gaussian.activations.Activations;
import finitewidth.settings.Key;
import java.util.Optional;
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
  static final long MOST_DRAWS = 1L << 40;

  private static final int MOST_TEST_ROWS = 1_000_000;

  /** Quadrature error where none is asked for. */
  private static final double QUADRATURE = 1e-9;

  /** Standard error where none is asked for. */
  private static final double STANDARD_ERROR = 0.05;

  public ContractionConfig {
    for (double error : new double[] {quadrature, tolerance}) {
      Refusal.unless(error > 0 && error < 1, Key.TOLERANCE);
    }
    Refusal.unless(maxDraws >= 1 && maxDraws <= MOST_DRAWS, Key.MAX_DRAWS);
    int rows = testRows.orElse(1);
    Refusal.unless(rows >= 1 && rows <= MOST_TEST_ROWS, Key.CONTRACTION_TEST_ROWS);
  }

  /** What a tolerance means depends on the engine. */
  @JsonCreator
  static ContractionConfig of(
      @From(Key.ENGINE) Engine engine,
      @From(Key.TOLERANCE) Optional<Double> tolerance,
      @From(Key.CONTRACTION_SEED) long seed,
      @From(Key.MAX_DRAWS) long maxDraws,
      @From(Key.CONTRACTION_TEST_ROWS) Optional<Integer> testRows,
      @From(Key.QUANTITIES) Quantities quantities) {
    boolean exact = engine == Engine.EXACT;
    return new ContractionConfig(
        engine,
        tolerance.filter(error -> exact).orElse(QUADRATURE),
        tolerance.filter(error -> !exact).orElse(STANDARD_ERROR),
        seed,
        maxDraws,
        DataKeys.rows(testRows),
        quantities);
  }

  /** The same with another engine. */
  ContractionConfig with(Engine other) {
    return new ContractionConfig(
        other, quadrature, tolerance, seed, maxDraws, testRows, quantities);
  }

  /** Refuses what four-point moments are needed for, of an activation that has none. */
  void check(Verb verb, NetworkConfig network, FlowConfig flow) {
    if (Networks.exact(network).isPresent()) {
      return;
    }
    String reason =
        "network.activation = "
            + network.activation()
            + " has no four-point moments, only the values of the function; accepted is ";
    String others = ", or one of the activations " + String.join(", ", Activations.exactNames());
    Refusal.where(
        verb != Verb.FLOW && engine == Engine.EXACT,
        Key.ENGINE,
        reason + "sampled or auto" + others);
    Refusal.where(verb == Verb.FLOW && flow.tensors(), Key.FLOW_TENSORS, reason + "false" + others);
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
