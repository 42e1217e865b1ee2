package finitewidth.job.config;

import finitewidth.inference.networks.Chains;
import finitewidth.prior.Widths;
import finitewidth.settings.Key;
import java.util.List;
import java.util.Optional;

/**
 * How long chains of networks may be, and what is kept of them.
 *
 * @param seed of their deviates, where it is not that of contractions
 */
public record ChainsConfig(
    @From(Key.NETWORKS_CHAINS) int chains,
    @From(Key.NETWORKS_SEED) Optional<Long> seed,
    @From(Key.NETWORKS_MAX_ITERATIONS) int iterations,
    @From(Key.NETWORKS_SECONDS) Optional<Double> seconds,
    @From(Key.NETWORKS_STATES) int states,
    @From(Key.NETWORKS_MAX_ANNEALING) int annealing,
    @From(Key.NETWORKS_EVIDENCE) boolean evidence,
    @From(Key.NETWORKS_ROWS) Rows rows,
    @From(Key.NETWORKS_LEAPS) int leaps) {
  private static final int MOST_CHAINS = 1024;
  private static final int MOST_ITERATIONS = 1_000_000_000;
  private static final int MOST = 1_000_000;

  /** Where training rows are while chains run. */
  public enum Rows {
    /** With every chain. */
    RESIDENT,
    /** Where they are; all chains pass over them together. */
    DISTRIBUTED,
    /** With every chain if they fit. */
    AUTO
  }

  public ChainsConfig {
    Refusal.unless(chains >= 2 && chains <= MOST_CHAINS, Key.NETWORKS_CHAINS);
    Refusal.unless(iterations >= 50 && iterations <= MOST_ITERATIONS, Key.NETWORKS_MAX_ITERATIONS);
    Refusal.unless(seconds.filter(time -> !(time > 0)).isEmpty(), Key.NETWORKS_SECONDS);
    Refusal.unless(states >= chains && states <= MOST, Key.NETWORKS_STATES);
    Refusal.unless(leaps >= 1 && leaps <= 1024, Key.NETWORKS_LEAPS);
    Refusal.unless(annealing >= 2 && annealing <= MOST, Key.NETWORKS_MAX_ANNEALING);
  }

  /** The same, but for what is given. */
  ChainsConfig with(int otherChains, int otherStates) {
    return new ChainsConfig(
        otherChains, seed, iterations, seconds, otherStates, annealing, evidence, rows, leaps);
  }

  /** The same with the log evidence. */
  ChainsConfig withEvidence() {
    return new ChainsConfig(
        chains, seed, iterations, seconds, states, annealing, true, rows, leaps);
  }

  /** The same with rows elsewhere. */
  ChainsConfig with(Rows place) {
    return new ChainsConfig(
        chains, seed, iterations, seconds, states, annealing, evidence, place, leaps);
  }

  /**
   * Chains of these widths.
   *
   * @param contractions seed of contractions
   */
  public Chains of(List<Widths> widths, long contractions) {
    Chains all =
        new Chains(widths, chains, iterations, states, annealing, seed.orElse(contractions));
    Chains timed = seconds.map(all::within).orElse(all);
    return evidence ? timed : timed.withoutEvidence();
  }
}
