package finitewidth.job.config;

import finitewidth.gaussian.activations.Activations;
import finitewidth.settings.Key;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the four-point vertex is contracted.
 *
 * @param engine what was asked for
 * @param error as it was asked for; what of depends on the engine
 * @param seed of the draws
 * @param maxDraws most draws of each hidden layer
 * @param corrected how many test rows are corrected, the others being left at order 0
 * @param quantities what is computed
 */
public record ContractionConfig(
    @From(Key.ENGINE) Engine engine,
    @From(Key.TOLERANCE) Optional<Double> error,
    @From(Key.CONTRACTION_SEED) long seed,
    @From(Key.MAX_DRAWS) long maxDraws,
    @From(Key.CONTRACTION_TEST_ROWS) Optional<Integer> corrected,
    @From(Key.QUANTITIES) Quantities quantities) {
  static final long MOST_DRAWS = 1L << 40;

  private static final int MOST_TEST_ROWS = 1_000_000;

  /** Quadrature error where none is asked for. */
  private static final double QUADRATURE = 1e-9;

  /** Standard error where none is asked for. */
  private static final double STANDARD_ERROR = 0.05;

  public ContractionConfig {
    Refusal.unless(error.filter(e -> e <= 0 || e >= 1).isEmpty(), Key.TOLERANCE);
    Refusal.unless(maxDraws >= 1 && maxDraws <= MOST_DRAWS, Key.MAX_DRAWS);
    Refusal.unless(
        corrected.filter(rows -> rows < 1 || rows > MOST_TEST_ROWS).isEmpty(),
        Key.CONTRACTION_TEST_ROWS);
  }

  /** Largest quadrature error of a moment relative to its natural scale. */
  public double quadrature() {
    return engine == Engine.EXACT ? error.orElse(QUADRATURE) : QUADRATURE;
  }

  /**
   * Largest standard error of the sampled engine's corrected mean, in NNGP posterior standard
   * deviations.
   */
  public double tolerance() {
    return engine == Engine.EXACT ? STANDARD_ERROR : error.orElse(STANDARD_ERROR);
  }

  /** How many test rows are corrected; all if empty. */
  public OptionalInt testRows() {
    return DataKeys.rows(corrected);
  }

  /** The same with another engine, which may mean another error. */
  ContractionConfig with(Engine other) {
    return new ContractionConfig(other, error, seed, maxDraws, corrected, quantities);
  }

  /** Refuses what four-point moments are needed for, of an activation that has none. */
  void check(Verb verb, NetworkConfig network, FlowConfig flow) {
    boolean without = Networks.withFourPoints(network).isEmpty();
    String reason =
        "network.activation = %s has no four-point moments, only the values of the function;"
            + " accepted is %s, or one of the activations "
            + String.join(", ", Activations.namesWithFourPoints());
    Refusal.when(
        without && verb != Verb.FLOW && engine == Engine.EXACT,
        Key.ENGINE,
        reason,
        network.activation(),
        "sampled or auto");
    Refusal.when(
        without && verb == Verb.FLOW && flow.tensors(),
        Key.FLOW_TENSORS,
        reason,
        network.activation(),
        "false");
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
