package finitewidth.job.engine;

import finitewidth.inference.Conditioning;
import finitewidth.inference.work.Checkpoint;
import finitewidth.job.config.ContractionConfig;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.console.Console;
import finitewidth.job.train.TestRows;
import finitewidth.runtime.EngineCost;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Contracts by the engine that was asked for, or by the cheaper one. */
public final class Engines {
  private final JavaSparkContext spark;
  private final JobConfig config;
  private final Checkpoint checkpoint;
  private final Console console;

  public Engines(JavaSparkContext spark, JobConfig config, Checkpoint checkpoint, Console console) {
    this.checkpoint = checkpoint;
    this.spark = spark;
    this.config = config;
    this.console = console;
  }

  /**
   * @param rows of which some are corrected
   */
  public FittedRows fit(Conditioning training, TestRows rows) {
    ContractionConfig.Engine engine = config.contraction().engine();
    if (Networks.exact(config.network()).isEmpty()) {
      if (engine == ContractionConfig.Engine.AUTO) {
        console.say(
            "contraction.engine = auto: sampled, as "
                + config.network().activation()
                + " has no four-point moments");
      }
      return sampled(training, rows);
    }
    return switch (engine) {
      case EXACT -> exact(training, rows);
      case SAMPLED -> sampled(training, rows);
      case AUTO -> cheaper(training, rows);
    };
  }

  private FittedRows exact(Conditioning training, TestRows rows) {
    return new ExactFit(
        spark,
        training,
        rows.corrected(),
        rows.correctedCount(),
        config.output(),
        checkpoint,
        console);
  }

  private FittedRows sampled(Conditioning training, TestRows rows) {
    return SampledFit.of(
        spark, config, training, rows.corrected(), rows.correctedCount(), checkpoint, console);
  }

  /** The exact engine where it costs little; else the one that a first round of draws favours. */
  private FittedRows cheaper(Conditioning training, TestRows rows) {
    double exact = EngineCost.exactSeconds(training.problem(), rows.correctedCount());
    if (!config.output().quantiles().isNone()) {
      exact +=
          EngineCost.cumulantSeconds(
              training.problem(), rows.correctedCount(), spark.defaultParallelism());
    }
    if (exact > EngineCost.AFFORDABLE_SECONDS) {
      Optional<SampledFit> sampled =
          SampledFit.ifCheaper(
              exact,
              spark,
              config,
              training,
              rows.corrected(),
              rows.correctedCount(),
              checkpoint,
              console);
      if (sampled.isPresent()) {
        return sampled.get();
      }
    } else {
      console.say(
          String.format(
              Locale.ROOT,
              "contraction.engine = auto: exact, about %.0f core seconds",
              Math.ceil(exact)));
    }
    return exact(training, rows);
  }
}
