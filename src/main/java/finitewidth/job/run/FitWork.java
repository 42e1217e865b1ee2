package finitewidth.job.run;

import finitewidth.data.DataShape;
import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.networks.LockstepChains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.job.config.ContractionConfig;
import finitewidth.job.config.EvidenceConfig;
import finitewidth.job.config.InducingConfig;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.engine.ConfiguredEngine;
import finitewidth.prior.Architecture;
import finitewidth.sizing.Estimate;
import finitewidth.sizing.JobCosts;
import finitewidth.sizing.Resources;
import finitewidth.training.PointChoice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a fit has to do.
 *
 * @param data how much there is
 */
record FitWork(JobConfig config, DataShape data) {

  /** The network; of several to choose from the deepest, which costs most. */
  Architecture network() {
    return Networks.architecture(
        Stream.concat(
                config.evidence().stream().flatMap(evidence -> evidence.candidates().stream()),
                config.candidates().stream())
            .reduce(
                config.network(),
                (a, b) -> b.hiddenWidths().size() > a.hiddenWidths().size() ? b : a));
  }

  /** What is conditioned on: training rows, or the points that stand for them. */
  ConditioningShape conditioning() {
    return conditioning(network());
  }

  private ConditioningShape conditioning(Architecture network) {
    long rows = data.trainingRows();
    return new ConditioningShape(
        network,
        config.inducing().map(points -> Math.min(points.points(), rows)).orElse(rows),
        data.features(),
        data.outputs(),
        config.contraction().quantities() == ContractionConfig.Quantities.ALL);
  }

  /** What it costs with an engine. */
  Estimate estimate(Inference engine, Resources resources) {
    ConditioningShape on = conditioning();
    Estimate read = Estimate.of(resources).with(reads(), reading(on));
    if (on.size() > ConditioningShape.LARGEST) {
      return read.impossible(
          "a kernel of %1$d × %1$d numbers is more than a Java array holds, which is %2$d × %2$d"
              .formatted(on.size(), ConditioningShape.LARGEST));
    }
    Optional<String> beyond = beyond(engine);
    if (beyond.isPresent()) {
      return read.impossible(beyond.get());
    }
    long corrected =
        Math.min(data.testRows(), config.contraction().testRows().orElse(Integer.MAX_VALUE));
    Ask ask =
        new Ask(
            List.of(),
            corrected,
            config.output().quantiles().order(Order.CORRECTED),
            config.output().hiddenKernels());
    Estimate fitted =
        config
            .evidence()
            .map(evidence -> read.with("the search for hyperparameters", search(on, evidence)))
            .orElse(read)
            .with("the engine " + engine.name(), cost(engine, on, ask, resources))
            .with("rows at order 0", Cost.orderZero(on, data.testRows() - corrected));
    return ask.hiddenKernels()
        ? fitted.with("the rows of hidden kernels", JobCosts.hiddenKernels(on))
        : fitted;
  }

  private Optional<String> beyond(Inference engine) {
    Stream<NetworkConfig> networks =
        config.candidates().isEmpty() ? Stream.of(config.network()) : config.candidates().stream();
    return engine instanceof NetworkChains
        ? networks
            .flatMap(
                network -> {
                  JobConfig job = config.with(network, config.noiseVariance());
                  NetworkChains chains = (NetworkChains) ConfiguredEngine.of(job);
                  return chains.beyond(conditioning(Networks.architecture(network))).stream();
                })
            .findFirst()
        : Optional.empty();
  }

  /** Networks to choose from have chains of their own. */
  private Cost cost(Inference engine, ConditioningShape on, Ask ask, Resources resources) {
    if (engine instanceof LockstepChains chains) {
      return chains.cost(on, data.trainingRows(), ask, resources.cores());
    }
    int cores = resources.cores();
    return config.candidates().stream()
        .map(
            candidate -> {
              JobConfig job = config.with(candidate, config.noiseVariance());
              return ConfiguredEngine.of(job)
                  .cost(conditioning(Networks.architecture(candidate)), ask, cores);
            })
        .reduce(Cost::then)
        .orElseGet(() -> engine.cost(on, ask, cores));
  }

  private String reads() {
    return config.inducing().isPresent() ? "inducing points" : "training rows on the driver";
  }

  private Cost reading(ConditioningShape on) {
    return config
        .inducing()
        .map(points -> points(on, points))
        .orElseGet(() -> JobCosts.rows(data.trainingRows(), data.features(), data.outputs()));
  }

  private Cost points(ConditioningShape on, InducingConfig points) {
    boolean clusters = points.method() == PointChoice.Method.K_MEANS;
    return JobCosts.points(on, data.trainingRows(), points.sampleRows(), clusters);
  }

  private Cost search(ConditioningShape on, EvidenceConfig evidence) {
    long rows = data.trainingRows();
    int searches = evidence.candidates().size() * evidence.settings().starts();
    return evidence.rows().isEmpty() && config.inducing().isPresent()
        ? JobCosts.searchThroughPoints(on, rows, searches)
        : JobCosts.search(on, Math.min(rows, evidence.rows().orElse(Integer.MAX_VALUE)), searches);
  }
}
