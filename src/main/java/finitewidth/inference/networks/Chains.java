package finitewidth.inference.networks;

import finitewidth.inference.ChainEnd;
import finitewidth.inference.ConditioningShape;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which networks have chains, and how long these may be.
 *
 * @param widths of all hidden layers, for each network whose posterior is wanted; whole numbers
 * @param chains of each network, at least 2; fewer than 4 say little of how well they agree
 * @param least iterations of each chain, before it is asked whether it has converged
 * @param iterations of each chain at most, once it has adapted
 * @param states that are kept of each network for predictions, at most
 * @param annealing steps between prior and posterior at most, at least 2; they are doubled until
 *     the log evidence is known
 * @param seed of all deviates
 * @param hyperparameters what is thought of noise and variances before data, where chains sample
 *     them beside the weights; empty where they are as they were given
 * @param seconds that all chains together may take, positive, by the clock; they make one round of
 *     iterations whatever it takes. Where these end them the result depends on the machine. Empty
 *     where iterations alone are counted
 * @param evidence whether chains go back to the prior, for the log evidence, which takes as long as
 *     the way from there; without it is not known
 */
public record Chains(
    List<Widths> widths,
    int chains,
    int least,
    int iterations,
    int states,
    int annealing,
    long seed,
    Optional<HyperparameterPrior> hyperparameters,
    OptionalDouble seconds,
    boolean evidence) {
  /** Before as many iterations diagnostics are not asked whether to stop. */
  private static final int LEAST = 200;

  /** Chains learn nothing of their agreement from less. */
  private static final int FEWEST_ITERATIONS = 50;

  /** Of all states of all chains of a network: they travel with each round. */
  private static final int MOST_NUMBERS = 1 << 21;

  /**
   * Sees that there is something to run.
   *
   * @throws IllegalArgumentException naming what cannot be
   */
  public Chains {
    widths = List.copyOf(widths);
    require(chains >= 2, chains + " chains; at least 2 are needed");
    require(
        iterations >= FEWEST_ITERATIONS,
        iterations + " iterations; at least " + FEWEST_ITERATIONS + " are needed");
    require(
        states >= chains, states + " states; each of the " + chains + " chains has at least one");
    require(annealing >= 2, annealing + " steps of annealing; at least 2 are needed");
    require(
        seconds.isEmpty() || seconds.getAsDouble() > 0,
        seconds.orElse(0) + " seconds; some are needed");
    widths.forEach(Widths::whole);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Chains with noise and variances as they were given. */
  public Chains(
      List<Widths> widths,
      int chains,
      int least,
      int iterations,
      int states,
      int annealing,
      long seed) {
    this(
        widths,
        chains,
        least,
        iterations,
        states,
        annealing,
        seed,
        Optional.empty(),
        OptionalDouble.empty(),
        true);
  }

  /** Chains that end once they have converged. */
  public Chains(
      List<Widths> widths, int chains, int iterations, int states, int annealing, long seed) {
    this(widths, chains, LEAST, iterations, states, annealing, seed);
  }

  /** The same chains, which all make all of their iterations. */
  public Chains toTheEnd() {
    return new Chains(
        widths,
        chains,
        iterations,
        iterations,
        states,
        annealing,
        seed,
        hyperparameters,
        seconds,
        evidence);
  }

  /** The same chains, which sample noise and variances, too. */
  public Chains sampling(HyperparameterPrior prior) {
    return new Chains(
        widths,
        chains,
        least,
        iterations,
        states,
        annealing,
        seed,
        Optional.of(prior),
        seconds,
        evidence);
  }

  /** The same chains, which end when so many seconds are spent if not before. */
  public Chains within(double time) {
    return new Chains(
        widths,
        chains,
        least,
        iterations,
        states,
        annealing,
        seed,
        hyperparameters,
        OptionalDouble.of(time),
        evidence);
  }

  /** The same chains, which do not go back to the prior: the log evidence is not known. */
  public Chains withoutEvidence() {
    return new Chains(
        widths,
        chains,
        least,
        iterations,
        states,
        annealing,
        seed,
        hyperparameters,
        seconds,
        false);
  }

  /** Eight chains of at most two thousand iterations for each of these widths. */
  public static Chains of(List<Widths> widths) {
    return new Chains(widths, 8, 2000, 200, 4 * TemperingSchedule.MOST_STEPS, 1);
  }

  /**
   * A warning that chains are not to be trusted, with codes for settings.
   *
   * @param of which networks
   * @param draws of each chain
   */
  String unconverged(Widths of, int draws, ChainEnd end, Convergence verdict) {
    return "networks of widths %s: not converged after %d iterations of %d chains%s, as %s; errors are those between chains"
        .formatted(
            of,
            draws,
            chains,
            end == ChainEnd.SECONDS ? ", ended by " + budget() : "",
            String.join("; ", verdict.failures()));
  }

  /** The seconds that there are, as a setting. */
  String budget() {
    return "{NETWORKS_SECONDS} = " + seconds.orElseThrow();
  }

  /** States that are kept of each chain, as far as memory allows: they go with it. */
  int statesEach(NetworkShape shape) {
    return (int)
        Math.max(1, Math.min(states, MOST_NUMBERS / Math.max(1, shape.weights())) / chains);
  }

  /** What a chain of such a network moves. */
  NetworkShape shape(ConditioningShape on, Widths of) {
    NetworkShape weights = new NetworkShape(on.features() + 1, of.whole());
    return hyperparameters
        .map(prior -> weights.with(HyperparameterSpace.size(prior, on.network(), on.features())))
        .orElse(weights);
  }

  /** States that are kept of all chains of such a network. */
  long states(ConditioningShape on, Widths of) {
    return (long) chains * statesEach(shape(on, of));
  }
}
