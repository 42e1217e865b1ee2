package finitewidth.job.engine;

import finitewidth.inference.Inference;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import java.util.List;
import java.util.Locale;

/** The engine that a configuration asks for. */
public final class ConfiguredEngine {
  private ConfiguredEngine() {}

  /** An engine that can take the network; one that cannot was refused with the configuration. */
  public static Inference of(JobConfig config) {
    return new Engines(sampling(config), Drawing.of(List.of()), Chains.of(List.of()))
        .of(config.contraction().engine().name().toLowerCase(Locale.ROOT))
        .orElseThrow();
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
