package finitewidth.job;

import finitewidth.data.DataRow;
import finitewidth.linalg.NumericsException;
import finitewidth.posterior.DrawnPosterior;
import finitewidth.posterior.FittedPosterior;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.SampledPosterior;
import finitewidth.report.FitSummary;
import finitewidth.sampled.Estimates;
import finitewidth.sampled.SampledContraction;
import finitewidth.sampled.SampledProblem;
import finitewidth.sampled.StoppingRule;
import finitewidth.spark.Progress;
import finitewidth.spark.SampledJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

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
  private final JobConfig config;
  private final Console console;
  private final StoppingRule rule;
  private final Broadcast<SampledPosterior> posterior;
  private final List<ScoredRow> scored = new ArrayList<>();
  private final double seconds;
  private final DrawnPosterior drawn;
  private final long[] draws;
  private final double error;

  /**
   * @param inputs test rows, preprocessed
   */
  SampledFit(
      JavaSparkContext spark,
      JobConfig config,
      TrainingKernels training,
      JavaRDD<DataRow> inputs,
      long count,
      Console console) {
    this.spark = spark;
    this.config = config;
    this.console = console;
    Stopwatch watch = new Stopwatch();
    long most = config.contraction().maxDraws();
    int perBatch =
        SampledProblem.drawsPerBatch(
            most, StoppingRule.FIRST_BATCHES, training.problem().outputs());
    SampledProblem problem =
        new SampledProblem(
            training.problem(), training.nngp().cholesky(), config.contraction().seed(), perBatch);
    rule =
        new StoppingRule(
            config.contraction().tolerance(),
            Networks.widths(config.network()),
            (int)
                Math.min(Integer.MAX_VALUE, Math.max(StoppingRule.FIRST_BATCHES, most / perBatch)));
    posterior =
        spark.broadcast(new SampledPosterior(training.nngp(), SampledContraction.of(problem)));
    int groups = groups(problem, count);
    JavaRDD<DataRow> rows = inputs.sortBy(DataRow::number, true, inputs.getNumPartitions());
    int[] batches = null;
    LogEvidence evidence = null;
    double reached = 0;
    long[] drawn = new long[problem.sources()];
    for (int group = 0; group < groups; group++) {
      List<DataRow> members = members(rows, group, groups);
      List<double[]> features = members.stream().map(DataRow::features).toList();
      try (SampledJob job = SampledJob.prepare(spark, posterior, features)) {
        if (batches == null) {
          batches = settle(job);
          Estimates estimates = job.estimates();
          evidence = posterior.value().logEvidence(estimates);
          reached = rule.error(estimates, job.deviations());
          for (int s = 0; s < drawn.length; s++) {
            drawn[s] = estimates.draws(s);
          }
        } else {
          draw(job, batches, "group " + (group + 1) + " of " + groups);
        }
        List<Prediction> predictions = posterior.value().predictions(job.rows(), job.estimates());
        for (int x = 0; x < members.size(); x++) {
          scored.add(ScoredRow.of(members.get(x), predictions.get(x)));
        }
      }
    }
    scored.sort(java.util.Comparator.comparingLong(ScoredRow::number));
    draws = drawn;
    error = reached;
    this.drawn = new DrawnPosterior(posterior.value(), batches, evidence);
    seconds = watch.lap();
  }

  private static int groups(SampledProblem problem, long count) {
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

  /** Draws in rounds until the rule says stop; how many batches there are then. */
  private int[] settle(SampledJob job) {
    SampledContraction contraction = posterior.value().contraction();
    double[] deviations = job.deviations();
    double[] flops = new double[contraction.problem().sources()];
    for (int s = 0; s < flops.length; s++) {
      flops[s] = contraction.flops(s, deviations.length);
    }
    int[] batches = rule.first(flops.length);
    for (int round = 1; ; round++) {
      draw(job, batches, "round " + round);
      Estimates estimates = job.estimates();
      double error = rule.error(estimates, deviations);
      int[] next = rule.next(estimates, deviations, flops);
      boolean done = Arrays.equals(next, batches);
      console.say(
          String.format(
              Locale.ROOT,
              "draws by layer %s: standard error of the mean %.3g of the NNGP deviation for 95 %% of"
                  + " the test rows, goal %.3g%s",
              Arrays.toString(
                  LongStream.range(0, batches.length).map(s -> estimates.draws((int) s)).toArray()),
              error,
              rule.tolerance(),
              done
                  ? "; stopped "
                      + (error <= rule.tolerance() ? "there" : "by contraction.max-draws")
                  : ""));
      if (done) {
        if (config.strict() && !(error <= rule.tolerance())) {
          throw new NumericsException(
              "contraction.tolerance = "
                  + rule.tolerance()
                  + " is not met within contraction.max-draws = "
                  + config.contraction().maxDraws()
                  + " (reached "
                  + String.format(Locale.ROOT, "%.3g", error)
                  + ") and strict=true; raise either, or set strict=false to have it reported");
        }
        return batches;
      }
      batches = next;
    }
  }

  private void draw(SampledJob job, int[] batches, String what) {
    job.extend(
        batches,
        new Progress(
            console.progress(), "sampled contraction, " + what, job.missing(batches), "draws"));
  }

  @Override
  public FittedPosterior posterior() {
    return drawn;
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
        draws,
        total,
        error,
        rule.tolerance(),
        error <= rule.tolerance() ? "tolerance" : "max-draws",
        drawn.logEvidence().error(rule.widths()));
  }

  @Override
  public List<String> warnings() {
    if (error <= rule.tolerance()) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "contraction.max-draws = %d was reached before contraction.tolerance = %s: the standard"
                + " error of the mean is %.3g of the NNGP deviation for 95 %% of the test rows",
            config.contraction().maxDraws(),
            rule.tolerance(),
            error));
  }

  @Override
  public void close() {
    posterior.destroy();
  }
}
