package finitewidth.job.train;

import finitewidth.data.DataException;
import finitewidth.data.ManyRows;
import finitewidth.data.read.OpenedData;
import finitewidth.data.read.TrainingBlocks;
import finitewidth.data.scale.Preprocessing;
import finitewidth.evidence.ProjectedRows;
import finitewidth.inducing.InducingPoints;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.InducingConfig;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.Words;
import finitewidth.job.console.Console;
import finitewidth.job.run.Preflight;
import finitewidth.report.summary.FitSummary;
import finitewidth.settings.Key;
import finitewidth.settings.Naming;
import finitewidth.training.PointChoice;
import finitewidth.training.Projected;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Training rows that stay where they are: file → blocks → points chosen from a sample → one pass
 * over all rows → posterior on the points.
 */
public final class InducingTraining {
  private final JavaSparkContext spark;
  private JobConfig config;
  private final InducingConfig inducing;
  private final Preflight preflight;
  private final Console console;
  private final Stopwatch watch;

  /**
   * @param watch begun before data were opened
   */
  public InducingTraining(
      SparkSession session,
      JobConfig config,
      InducingConfig inducing,
      Preflight preflight,
      Stopwatch watch,
      Console console) {
    this.watch = watch;
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.config = config;
    this.inducing = inducing;
    this.preflight = preflight;
    this.console = console;
  }

  public Trained train(OpenedData opened) {
    ManyRows data = opened.distributed();
    long rows = data.count();
    if (inducing.points() > rows) {
      throw new DataException(
          """
          %s=%s, but there are only %s; use fewer points, or none to condition on the rows \
          themselves\
          """
              .formatted(Key.INDUCING_POINTS, inducing.points(), Counted.of(rows, "training row")));
    }
    config = preflight.fit(config, opened.shape());
    TrainingKernels.announce(rows, data.schema(), opened.test(), console);
    double read = watch.lap();
    TrainingBlocks blocks = TrainingBlocks.of(data);
    boolean held = false;
    try {
      Preprocessing scalers = config.preprocess().fit(blocks);
      double preprocess = watch.lap();
      PointChoice choice = choice();
      InducingPoints chosen =
          choice.choose(
              spark,
              Networks.architecture(config.network()),
              scalers.design(choice.sample(blocks)));
      double choose = watch.lap();
      HyperparameterFit hyperparameters = hyperparameters(blocks, scalers, chosen);
      double evidence = watch.lap();
      Projected projected =
          Projected.of(
              blocks,
              hyperparameters.preprocessing(),
              under(hyperparameters, chosen, scalers),
              TrainingKernels.settings(hyperparameters.config()),
              inducing.approximation());
      tell(projected);
      held = config.isDistributed();
      return new Trained(
          hyperparameters,
          data.schema(),
          rows,
          List.of(),
          opened.test(),
          job -> projected.conditioning(),
          held
              ? projected
                  .conditioning()
                  .with(blocks.passes(hyperparameters.preprocessing(), "chains of networks"))
              : projected.conditioning(),
          Optional.of(
              summary(
                  projected,
                  new FitSummary.InducingSeconds(
                      read, preprocess, choose, evidence, projected.passSeconds()))),
          Stream.of(
                  preflight.warnings(),
                  opened.warnings(),
                  config.preprocess().warnings(scalers.features(), blocks),
                  choice.warnings(projected.points(), projected.posterior()))
              .flatMap(List::stream)
              .map(Naming.KEYS::in)
              .toList(),
          read + preprocess,
          held ? Optional.of(blocks) : Optional.empty());
    } finally {
      if (!held) {
        blocks.close();
      }
    }
  }

  private FitSummary.Inducing summary(Projected projected, FitSummary.InducingSeconds seconds) {
    int points = projected.points().size();
    return new FitSummary.Inducing(
        points,
        inducing.points(),
        inducing.points() - points,
        Words.of(inducing.method()),
        Math.min(projected.rows(), inducing.sampleRows()),
        Words.of(inducing.approximation()),
        projected.rows(),
        projected.posterior().logEvidence(),
        projected.posterior().variationalBound(),
        projected.posterior().unseen(),
        seconds);
  }

  private PointChoice choice() {
    return new PointChoice(
        inducing.points(), inducing.method(), inducing.sampleRows(), inducing.seed());
  }

  /** To so many rows on the driver, or to all rows through the points. */
  private HyperparameterFit hyperparameters(
      TrainingBlocks blocks, Preprocessing scalers, InducingPoints chosen) {
    return HyperparameterFit.of(
        config,
        evidence ->
            evidence.rows().isPresent()
                ? EvidenceRows.of(
                    blocks.sample(evidence.rows().getAsInt(), evidence.settings().seed()),
                    scalers,
                    evidence)
                : EvidenceRows.of(
                    new ProjectedRows(
                        chosen.inputs(),
                        inducing.approximation(),
                        blocks.passes(scalers, "evidence of training rows"))),
        scalers,
        console);
  }

  /** The points under the prior that was fitted, in which features may have other scales. */
  private static InducingPoints under(
      HyperparameterFit fit, InducingPoints chosen, Preprocessing scalers) {
    if (fit.summary().isEmpty()) {
      return chosen;
    }
    return InducingPoints.of(
        Networks.architecture(fit.config().network()),
        scalers.features().convert(chosen.inputs(), fit.preprocessing().features()));
  }

  private void tell(Projected projected) {
    console.say(
        String.format(
            Locale.ROOT,
            "%d training rows projected onto %s by %s in %.1f s",
            projected.rows(),
            Counted.of(projected.points().size(), "inducing point"),
            Words.of(inducing.approximation()),
            projected.passSeconds()));
  }
}
