package finitewidth.job.engine;

import finitewidth.data.DataRow;
import finitewidth.inference.Conditioning;
import finitewidth.inference.FittedPosterior;
import finitewidth.inference.montecarlo.RowBlock;
import finitewidth.inference.montecarlo.SampledProblem;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.console.Console;
import finitewidth.job.score.KeptTestRows;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.score.ScoredRow;
import finitewidth.job.score.ScoredRows;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.Prediction;
import finitewidth.prior.QuadratureCheck;
import finitewidth.prior.Widths;
import finitewidth.report.summary.FitSummary;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.KeptRows;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowScorer;
import finitewidth.runtime.SampledFitting;
import finitewidth.runtime.SampledJob;
import finitewidth.runtime.ScoringJob;
import finitewidth.runtime.Shared;
import finitewidth.settings.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The sampled engine. As many test rows as fit into memory, an even choice of the whole, decide how
 * many draws there are; they come to the driver. All others stay where they are and are predicted
 * with the same draws, made anew from the seed.
 */
public final class SampledFit implements FittedRows {
  /** Rows of a task that shares the draws among them. */
  private static final long DRAWN_TOGETHER = 4096;

  private final JavaSparkContext spark;
  private final SampledFitting fitting;
  private final SampledFitting.Settings settings;
  private Widths widths;
  private final long count;
  private final QuadratureCheck quadrature;
  private final Checkpoint checkpoint;
  private final Console console;
  private final OutputConfig output;

  /** Numbers that prepared rows may take together. */
  private final long numbers;

  /** Scored test rows: first those that have decided, then the others. */
  private final List<JavaRDD<ScoredRow>> parts = new ArrayList<>();

  private final List<HeldRows<ScoredRow>> held = new ArrayList<>();
  private final List<Shared<FittedPosterior>> shared = new ArrayList<>();

  /** Of the others. */
  private Optional<KeptRows> kept = Optional.empty();

  private List<HiddenKernel> hiddenKernels = List.of();
  private double seconds;

  /**
   * Draws until the tolerance or the largest number of draws.
   *
   * @param inputs test rows, preprocessed
   */
  public static SampledFit of(
      JavaSparkContext spark,
      JobConfig config,
      Conditioning training,
      JavaRDD<DataRow> inputs,
      long count,
      Checkpoint checkpoint,
      Console console) {
    return of(spark, config, training, inputs, count, checkpoint, console, SampledJob.NUMBERS);
  }

  /**
   * The same.
   *
   * @param numbers that prepared rows may take together
   */
  public static SampledFit of(
      JavaSparkContext spark,
      JobConfig config,
      Conditioning training,
      JavaRDD<DataRow> inputs,
      long count,
      Checkpoint checkpoint,
      Console console,
      long numbers) {
    SampledFit fit = new SampledFit(spark, config, training, count, checkpoint, console, numbers);
    fit.run(inputs, Double.POSITIVE_INFINITY);
    return fit;
  }

  /**
   * Draws a first round, and goes on if the whole will then cost less than this.
   *
   * @param limit core seconds
   */
  static Optional<SampledFit> ifCheaper(
      double limit,
      JavaSparkContext spark,
      JobConfig config,
      Conditioning training,
      JavaRDD<DataRow> inputs,
      long count,
      Checkpoint checkpoint,
      Console console) {
    SampledFit fit =
        new SampledFit(spark, config, training, count, checkpoint, console, SampledJob.NUMBERS);
    if (fit.run(inputs, limit)) {
      return Optional.of(fit);
    }
    fit.close();
    return Optional.empty();
  }

  private SampledFit(
      JavaSparkContext spark,
      JobConfig config,
      Conditioning training,
      long count,
      Checkpoint checkpoint,
      Console console,
      long numbers) {
    this.checkpoint = checkpoint;
    this.numbers = numbers;
    this.count = count;
    this.console = console;
    this.spark = spark;
    output = config.output();
    settings =
        new SampledFitting.Settings(
            Networks.widths(config.network()),
            config.contraction().tolerance(),
            config.contraction().seed(),
            config.contraction().maxDraws(),
            config.strict());
    fitting =
        new SampledFitting(spark, training.nngp(), training.problem(), settings, count, console);
    widths = settings.widths();
    quadrature =
        new QuadratureCheck(
            training.problem().flow().architecture(), training.problem().tolerance());
    quadrature.add(training.problem().flow());
  }

  /** Whether it was worth while. */
  private boolean run(JavaRDD<DataRow> inputs, double limit) {
    Stopwatch watch = new Stopwatch();
    int groups = groups();
    JavaRDD<DataRow> rows;
    List<DataRow> members;
    try (JobNames names = JobNames.of(spark, "choosing test rows that decide on draws")) {
      rows = Parcels.sortBy(inputs, DataRow::number, inputs.getNumPartitions());
      members = Parcels.collect(members(rows, groups));
    }
    List<double[]> features = members.stream().map(DataRow::features).toList();
    features.forEach(quadrature::add);
    try (SampledJob job = SampledJob.prepare(spark, fitting.posterior(), features, checkpoint)) {
      if (!fitting.settle(job, limit)) {
        return false;
      }
      addMembers(members, job.predictions());
    }
    if (groups > 1) {
      try (JobNames names = JobNames.of(spark, "spreading other test rows")) {
        addOthers(rows, groups, count - members.size());
      }
    }
    if (output.hiddenKernels()) {
      hiddenKernels = new DrawnKernels(spark, fitting.drawn(), console).hidden();
    }
    seconds = watch.lap();
    return true;
  }

  /** The rows that have decided, and are predicted. */
  private void addMembers(List<DataRow> members, List<Prediction> predictions) {
    if (!output.quantiles().isNone()) {
      DrawnCumulantRows.announce(fitting.drawn(), count, console);
      hold(DrawnCumulantRows.of(spark, share(), members, predictions), "test rows with cumulants");
      return;
    }
    List<ScoredRow> scored = new ArrayList<>();
    for (int x = 0; x < members.size(); x++) {
      scored.add(ScoredRow.of(members.get(x), predictions.get(x)));
    }
    parts.add(Parcels.parallelize(spark, scored, Math.max(1, spark.defaultParallelism())));
  }

  /** The posterior with the draws that were settled on, once for all. */
  private Shared<FittedPosterior> share() {
    if (shared.isEmpty()) {
      shared.add(Shared.of(spark, fitting.drawn()));
    }
    return shared.get(0);
  }

  /** The rows that have not decided, to be predicted where they are. */
  private void addOthers(JavaRDD<DataRow> rows, int groups, long others) {
    int cores = spark.defaultParallelism();
    RowScorer.Order order = output.quantiles().order(RowScorer.Order.CORRECTED);
    int tasks =
        order == RowScorer.Order.CUMULANTS
            ? ScoringJob.blockPartitions(cores, others, RowBlock.ROWS)
            : (int) Math.min(others, Math.max(cores, others / DRAWN_TOGETHER));
    JavaRDD<DataRow> spread =
        Parcels.sortBy(
            rows.zipWithIndex().filter(row -> row._2() % groups != 0).keys(),
            DataRow::number,
            tasks);
    QuadratureCheck blank = quadrature.empty();
    quadrature.add(
        Parcels.aggregate(
            spread,
            blank,
            (check, row) -> {
              check.add(row.features());
              return check;
            },
            (check, other) -> {
              check.add(other);
              return check;
            }));
    RowScorer<DataRow, ScoredRow> scorer =
        new RowScorer<>(share(), order, DataRow::features, ScoredRow::of);
    kept = KeptTestRows.of(checkpoint, fitting.drawn(), order, spread, others, console);
    hold(spread.mapPartitions(KeptTestRows.knowing(scorer, kept)::score), "scored test rows");
  }

  private void hold(JavaRDD<ScoredRow> rows, String name) {
    HeldRows<ScoredRow> some = HeldRows.of(rows, name);
    held.add(some);
    parts.add(some.rows());
  }

  private int groups() {
    SampledProblem problem = fitting.posterior().value().contraction().problem();
    return SampledJob.groups(problem.size(), problem.sources(), count, numbers);
  }

  /** Every so manieth row, so that they are like the whole. */
  private static JavaRDD<DataRow> members(JavaRDD<DataRow> rows, int groups) {
    return groups == 1 ? rows : rows.zipWithIndex().filter(row -> row._2() % groups == 0).keys();
  }

  @Override
  public void settle(Widths chosen) {
    widths = chosen;
  }

  @Override
  public FittedPosterior posterior() {
    return fitting.drawn();
  }

  @Override
  public List<HiddenKernel> hiddenKernels() {
    return hiddenKernels;
  }

  @Override
  public KernelShift kernelShift(int[] samples) {
    return new DrawnKernels(spark, fitting.drawn(), console).shift(samples);
  }

  @Override
  public void score(ScoreBoard board) {
    String what = "prediction of test rows with the draws of the fit";
    Progress progress = new Progress(console.progress(), "test rows", count, "rows");
    ScoredRows.score(parts.get(0), board, what, progress, 1);
    if (parts.size() > 1) {
      ScoredRows.score(parts.get(1), board, what, progress, 1, kept);
    }
  }

  @Override
  public JavaRDD<ScoredRow> rows() {
    return parts.stream().reduce(JavaRDD::union).orElseThrow();
  }

  @Override
  public double contractionSeconds() {
    return seconds;
  }

  @Override
  public FitSummary.Contraction summary(double total, int cores) {
    return FitSummary.Contraction.sampled(
        fitting.draws(),
        total,
        fitting.error(widths),
        settings.tolerance(),
        fitting.met() ? "tolerance" : "max-draws",
        fitting.drawn().logEvidence().error(widths));
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(quadrature.warnings());
    warnings.addAll(fitting.warnings("test rows", widths));
    warnings.replaceAll(Naming.KEYS::in);
    return warnings;
  }

  @Override
  public void close() {
    held.forEach(HeldRows::release);
    kept.ifPresent(KeptRows::close);
    shared.forEach(Shared::destroy);
    fitting.close();
  }
}
