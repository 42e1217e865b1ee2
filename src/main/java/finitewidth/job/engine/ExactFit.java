package finitewidth.job.engine;

import finitewidth.data.DataRow;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FittedPosterior;
import finitewidth.inference.exact.CorrectedPosterior;
import finitewidth.inference.exact.ExactHiddenKernels;
import finitewidth.inference.exact.RowContraction;
import finitewidth.inference.exact.TrainingContraction;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.console.Console;
import finitewidth.job.score.KeptTestRows;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.score.ScoredRow;
import finitewidth.job.score.ScoredRows;
import finitewidth.posterior.Cumulants;
import finitewidth.posterior.HiddenKernel;
import finitewidth.report.summary.FitSummary;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.KeptRows;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowScorer;
import finitewidth.runtime.ScoringJob;
import finitewidth.runtime.Shared;
import finitewidth.runtime.TrainingJob;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The exact engine: the training contraction over Spark, then each test row where it is. */
public final class ExactFit implements FittedRows {
  private final Console console;
  private final CorrectedPosterior posterior;
  private final List<HiddenKernel> hiddenKernels;
  private final double seconds;
  private final Shared<CorrectedPosterior> shared;
  private final HeldRows<ScoredRow> scored;
  private final Optional<KeptRows> kept;
  private final long trainingMoments;
  private final long perRow;
  private final long count;

  /**
   * @param inputs test rows to correct, preprocessed
   * @param count how many there are
   * @param output which further results are wanted
   * @param checkpoint keeps what is finished
   */
  public ExactFit(
      JavaSparkContext spark,
      Conditioning training,
      JavaRDD<DataRow> inputs,
      long count,
      OutputConfig output,
      Checkpoint checkpoint,
      Console console) {
    this.console = console;
    this.count = count;
    ContractionProblem problem = training.problem();
    trainingMoments = TrainingJob.moments(problem.size(), problem.sources());
    perRow = RowContraction.moments(problem.size()) * problem.sources();
    Stopwatch watch = new Stopwatch();
    TrainingContraction contraction =
        TrainingJob.run(
            spark,
            problem,
            new Progress(console.progress(), "training rows", trainingMoments),
            checkpoint);
    posterior = CorrectedPosterior.of(training.nngp(), problem, contraction);
    hiddenKernels =
        output.hiddenKernels() ? ExactHiddenKernels.of(problem, contraction) : List.of();
    seconds = watch.lap();
    RowScorer.Order order = output.quantiles().order(RowScorer.Order.CORRECTED);
    int cores = spark.defaultParallelism();
    int partitions =
        order == RowScorer.Order.CUMULANTS
            ? ScoringJob.blockPartitions(
                cores, count, Cumulants.blockRows(problem.size(), problem.outputs()))
            : ScoringJob.partitions(cores, count, perRow);
    shared = Shared.of(spark, posterior);
    RowScorer<DataRow, ScoredRow> scorer =
        new RowScorer<>(shared, order, DataRow::features, ScoredRow::of);
    kept = KeptTestRows.of(checkpoint, posterior, order, inputs, count, console);
    try (JobNames names = JobNames.of(spark, "spreading test rows")) {
      scored =
          HeldRows.of(
              Parcels.sortBy(inputs, DataRow::number, partitions)
                  .mapPartitions(KeptTestRows.knowing(scorer, kept)::score),
              "scored test rows");
    }
  }

  @Override
  public FittedPosterior posterior() {
    return posterior;
  }

  @Override
  public List<HiddenKernel> hiddenKernels() {
    return hiddenKernels;
  }

  @Override
  public void score(ScoreBoard board) {
    Progress progress = new Progress(console.progress(), "test rows", perRow * count);
    String what =
        "contraction and prediction, layers 1 to "
            + posterior.problem().sources()
            + ", "
            + Console.count(count, "test row");
    ScoredRows.score(scored.rows(), board, what, progress, perRow, kept);
  }

  @Override
  public JavaRDD<ScoredRow> rows() {
    return scored.rows();
  }

  @Override
  public double contractionSeconds() {
    return seconds;
  }

  @Override
  public FitSummary.Contraction summary(double total, int cores) {
    long moments = trainingMoments + perRow * count;
    return FitSummary.Contraction.exact(moments, total, moments / total / cores);
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public void close() {
    scored.release();
    kept.ifPresent(KeptRows::close);
    shared.destroy();
  }
}
