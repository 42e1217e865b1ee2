package finitewidth.job.engine;

import finitewidth.inference.Inference;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.LockstepChains;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.PosteriorConfig;
import finitewidth.job.config.Words;
import finitewidth.prior.Widths;
import java.util.List;

/** The engine that a configuration asks for. */
public final class ConfiguredEngine {
  private ConfiguredEngine() {}

  /**
   * An engine that can take the network, for all widths that the job reports; one that cannot was
   * refused with the configuration.
   */
  public static Inference of(JobConfig config) {
    return of(config, finite(config));
  }

  private static List<Widths> finite(JobConfig config) {
    return Networks.choices(config).stream().skip(1).distinct().toList();
  }

  /** The chains of all widths that the job reports. */
  static Chains chains(JobConfig config) {
    return chains(config, finite(config));
  }

  /**
   * The same for other widths.
   *
   * @param finite widths that will be asked for, of finite networks
   */
  public static Inference of(JobConfig config, List<Widths> finite) {
    PosteriorConfig posterior = config.posterior();
    String name =
        Words.of(posterior.isAtAllWidths() ? config.contraction().engine() : posterior.method());
    boolean named = !posterior.isAtAllWidths() && !posterior.isInfinite();
    // Networks are drawn of whole widths, which what integrates need not have.
    List<Widths> widths = named && posterior.drawsNetworks() ? finite : List.of();
    List<Widths> scaled = named && !posterior.drawsNetworks() ? finite : List.of();
    long seed = config.contraction().seed();
    if (config.isDistributed()) {
      return new LockstepChains(chains(config, widths), posterior.chains().leaps());
    }
    return new Engines(
            sampling(config),
            new Drawing(widths, posterior.draws(), seed),
            chains(config, widths),
            new Renormalising(
                scaled,
                Words.of(config.contraction().engine()),
                posterior.passes(),
                posterior.guards()),
            new Scaling(scaled, posterior.draws(), seed))
        .of(name)
        .orElseThrow();
  }

  private static Chains chains(JobConfig config, List<Widths> widths) {
    Chains chains = config.posterior().chains().of(widths, config.contraction().seed());
    return config.sampled().map(chains::sampling).orElse(chains);
  }

  /** What the engine that draws is to settle on. */
  static Sampling sampling(JobConfig config) {
    return new Sampling(
        Networks.widths(config.network()),
        config.contraction().tolerance(),
        config.contraction().seed(),
        config.contraction().maxDraws(),
        config.strict());
  }
}
