package finitewidth.job;

import finitewidth.data.DataRow;
import finitewidth.flow.QuadratureCheck;
import finitewidth.flow.Widths;
import finitewidth.ml.Conditioning;
import finitewidth.posterior.FittedPosterior;
import finitewidth.posterior.Prediction;
import finitewidth.report.FitSummary;
import finitewidth.sampled.SampledProblem;
import finitewidth.spark.SampledFitting;
import finitewidth.spark.SampledJob;
import finitewidth.spark.Stopwatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The sampled engine. Test rows are drawn for in groups that fit into memory, each an even choice
 * of the whole; the first group decides how many draws there are, and all others use the same
 * draws.
 */
final class SampledFit implements FittedRows {
  /** Numbers that prepared rows may take together: half a gigabyte of doubles. */
  private static final long NUMBERS = 1L << 26;

  /** Tables of a row with each training sample, for each hidden layer. */
  private static final long TABLES = 9;

  private final JavaSparkContext spark;
  private final SampledFitting fitting;
  private final SampledFitting.Settings settings;
  private Widths widths;
  private final long count;
  private final QuadratureCheck quadrature;
  private final List<ScoredRow> scored = new ArrayList<>();
  private double seconds;

  /**
   * Draws until the tolerance or the largest number of draws.
   *
   * @param inputs test rows, preprocessed
   */
  static SampledFit of(
      JavaSparkContext spark,
      JobConfig config,
      Conditioning training,
      JavaRDD<DataRow> inputs,
      long count,
      Console console) {
    SampledFit fit = new SampledFit(spark, config, training, count, console);
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
      Console console) {
    SampledFit fit = new SampledFit(spark, config, training, count, console);
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
      Console console) {
    this.count = count;
    this.spark = spark;
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
    JavaRDD<DataRow> rows = inputs.sortBy(DataRow::number, true, inputs.getNumPartitions());
    for (int group = 0; group < groups; group++) {
      List<DataRow> members = members(rows, group, groups);
      List<double[]> features = members.stream().map(DataRow::features).toList();
      features.forEach(quadrature::add);
      try (SampledJob job = SampledJob.prepare(spark, fitting.posterior(), features)) {
        if (group > 0) {
          fitting.drawSettled(job, "group " + (group + 1) + " of " + groups);
        } else if (!fitting.settle(job, limit)) {
          return false;
        }
        List<Prediction> predictions = job.predictions();
        for (int x = 0; x < members.size(); x++) {
          scored.add(ScoredRow.of(members.get(x), predictions.get(x)));
        }
      }
    }
    scored.sort(Comparator.comparingLong(ScoredRow::number));
    seconds = watch.lap();
    return true;
  }

  private int groups() {
    SampledProblem problem = fitting.posterior().value().contraction().problem();
    long perRow = TABLES * problem.size() * problem.sources();
    long rows = Math.max(1, NUMBERS / perRow);
    return (int) Math.max(1, (count + rows - 1) / rows);
  }

  /** Every so manieth row, so that each group is like the whole. */
  private static List<DataRow> members(JavaRDD<DataRow> rows, int group, int groups) {
    return groups == 1
        ? rows.collect()
        : rows.zipWithIndex().filter(row -> row._2() % groups == group).keys().collect();
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
  public void forEach(Consumer<List<ScoredRow>> taker) {
    taker.accept(scored);
  }

  @Override
  public JavaRDD<ScoredRow> rows() {
    return spark.parallelize(scored, Math.max(1, spark.defaultParallelism()));
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
    return warnings;
  }

  @Override
  public void close() {
    fitting.close();
  }
}
