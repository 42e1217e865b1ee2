package finitewidth.job.config;

import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.inference.networks.Chains;
import finitewidth.prior.Widths;
import finitewidth.settings.Key;
import java.util.List;

/**
 * What {@code validate} adds to a job: how the exact posterior is had. Which rows, is in the job's
 * data.
 *
 * @param widths uniform widths of the hidden layers, different ones, at least one
 * @param methods ways to the posterior that are held against it, the job's first
 * @param method the way to the exact posterior
 * @param draws networks of each width, where they are drawn
 * @param chains of each width, where there are chains
 * @param seed of draws and chains
 * @param hiddenKernels whether kernels of hidden layers are compared too
 */
public record ValidateConfig(
    List<Integer> widths,
    List<PosteriorConfig.Method> methods,
    Method method,
    long draws,
    ChainsConfig chains,
    long seed,
    boolean hiddenKernels) {
  /** A way to the exact posterior. */
  public enum Method {
    /** Weighted draws of the prior. */
    DRAWS,
    /** Markov chains. */
    CHAINS,
    /** Draws where enough of them would count. */
    AUTO
  }

  /** Beyond, a layer's features alone take gigabytes. */
  static final int WIDEST = 1 << 20;

  /** Of each chain. */
  private static final int FEWEST_STATES = 10;

  public ValidateConfig {
    widths = List.copyOf(widths);
    methods = List.copyOf(methods);
    Refusal.unless(
        !widths.isEmpty()
            && Refusal.differ(widths)
            && widths.stream().allMatch(width -> width >= 1 && width <= WIDEST),
        Key.VALIDATE_WIDTHS);
    Refusal.unless(
        draws >= EnsembleEstimate.GROUPS && draws <= ContractionConfig.MOST_DRAWS,
        Key.VALIDATE_DRAWS);
  }

  /** The same, by another way. */
  public ValidateConfig with(Method other) {
    return new ValidateConfig(widths, methods, other, draws, chains, seed, hiddenKernels);
  }

  /** All but the job's own. */
  public List<PosteriorConfig.Method> others() {
    return methods.subList(1, methods.size());
  }

  /** Whether there is more than one way to the posterior to choose from. */
  public boolean referees() {
    return methods.size() > 1;
  }

  /** Whether chains may keep fewer states and still say something. */
  public boolean canKeepFewer() {
    return chains.states() >= 2 * FEWEST_STATES * chains.chains();
  }

  /** The same, with half as many states of chains. */
  public ValidateConfig keepingFewer() {
    return new ValidateConfig(
        widths,
        methods,
        method,
        draws,
        chains.with(chains.chains(), chains.states() / 2),
        seed,
        hiddenKernels);
  }

  /** Chains of networks with these widths, which make all of their iterations. */
  public Chains chains(int layers) {
    return chains.of(uniform(layers), seed).toTheEnd();
  }

  /** The widths of so many hidden layers, for each width. */
  public List<Widths> uniform(int layers) {
    return widths.stream().map(width -> Widths.uniform(layers, width)).toList();
  }
}
