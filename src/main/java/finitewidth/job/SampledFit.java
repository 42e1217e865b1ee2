package finitewidth.job;

import finitewidth.data.DataRow;
import finitewidth.flow.Widths;
import finitewidth.linalg.NumericsException;
import finitewidth.posterior.DrawnPosterior;
import finitewidth.posterior.FittedPosterior;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
  private Widths widths;
  private final Broadcast<SampledPosterior> posterior;
  private final long count;
  private final QuadratureCheck quadrature;
  private final List<ScoredRow> scored = new ArrayList<>();
  private double seconds;
  private DrawnPosterior drawn;
  private long[] draws;
  private double error;
  private String stoppedBy;

  /**
   * Draws until the tolerance or the largest number of draws.
   *
   * @param inputs test rows, preprocessed
   */
  static SampledFit of(
      JavaSparkContext spark,
      JobConfig config,
      TrainingKernels training,
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
      TrainingKernels training,
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
      TrainingKernels training,
      long count,
      Console console) {
    this.count = count;
    this.spark = spark;
    this.config = config;
    this.console = console;
    long most = config.contraction().maxDraws();
    int perBatch =
        SampledProblem.drawsPerBatch(training.problem(), most, StoppingRule.FIRST_BATCHES);
    SampledProblem problem =
        new SampledProblem(
            training.problem(), training.nngp().cholesky(), config.contraction().seed(), perBatch);
    widths = Networks.widths(config.network());
    rule =
        new StoppingRule(
            config.contraction().tolerance(),
            widths,
            (int)
                Math.min(Integer.MAX_VALUE, Math.max(StoppingRule.FIRST_BATCHES, most / perBatch)));
    quadrature =
        new QuadratureCheck(
            training.problem().flow().architecture(), training.problem().tolerance());
    quadrature.add(training.problem().flow());
    posterior =
        spark.broadcast(new SampledPosterior(training.nngp(), SampledContraction.of(problem)));
  }

  /** Whether it was worth while. */
  private boolean run(JavaRDD<DataRow> inputs, double limit) {
    Stopwatch watch = new Stopwatch();
    int groups = groups();
    JavaRDD<DataRow> rows = inputs.sortBy(DataRow::number, true, inputs.getNumPartitions());
    int[] batches = new int[0];
    for (int group = 0; group < groups; group++) {
      List<DataRow> members = members(rows, group, groups);
      List<double[]> features = members.stream().map(DataRow::features).toList();
      features.forEach(quadrature::add);
      try (SampledJob job = SampledJob.prepare(spark, posterior, features)) {
        if (group == 0) {
          Optional<int[]> settled = settle(job, limit);
          if (settled.isEmpty()) {
            return false;
          }
          batches = settled.get();
          note(job, batches);
        } else {
          draw(job, batches, "group " + (group + 1) + " of " + groups);
        }
        List<Prediction> predictions = posterior.value().predictions(job.rows(), job.estimates());
        for (int x = 0; x < members.size(); x++) {
          scored.add(ScoredRow.of(members.get(x), predictions.get(x)));
        }
      }
    }
    scored.sort(Comparator.comparingLong(ScoredRow::number));
    seconds = watch.lap();
    return true;
  }

  private void note(SampledJob job, int[] batches) {
    Estimates estimates = job.estimates();
    error = rule.error(estimates, job.deviations());
    stoppedBy = error <= rule.tolerance() ? "tolerance" : "max-draws";
    draws = IntStream.range(0, batches.length).mapToLong(estimates::draws).toArray();
    drawn =
        new DrawnPosterior(posterior.value(), batches, posterior.value().logEvidence(estimates));
  }

  private int groups() {
    SampledProblem problem = posterior.value().contraction().problem();
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

  /**
   * Draws in rounds until the rule says stop; how many batches there are then, if it comes to that.
   */
  private Optional<int[]> settle(SampledJob job, double limit) {
    SampledContraction contraction = posterior.value().contraction();
    double[] deviations = job.deviations();
    double[] costs = new double[contraction.problem().sources()];
    for (int s = 0; s < costs.length; s++) {
      costs[s] = contraction.operations(s, count);
    }
    int[] batches = rule.first(costs.length);
    for (int round = 1; ; round++) {
      draw(job, batches, "round " + round);
      Estimates estimates = job.estimates();
      double reached = rule.error(estimates, deviations);
      if (round == 1 && Double.isFinite(limit) && !cheaper(estimates, deviations, costs, limit)) {
        return Optional.empty();
      }
      int[] next = rule.next(estimates, deviations, costs);
      boolean done = Arrays.equals(next, batches);
      tell(estimates, reached, done);
      if (done) {
        if (config.strict() && !(reached <= rule.tolerance())) {
          throw new NumericsException(
              "contraction.tolerance = "
                  + rule.tolerance()
                  + " is not met within contraction.max-draws = "
                  + config.contraction().maxDraws()
                  + " (reached "
                  + String.format(Locale.ROOT, "%.3g", reached)
                  + ") and strict=true; raise either, or set strict=false to have it reported");
        }
        return Optional.of(batches);
      }
      batches = next;
    }
  }

  private boolean cheaper(Estimates estimates, double[] deviations, double[] costs, double limit) {
    double[] wanted = rule.wanted(estimates, deviations, costs);
    double operations = 0;
    boolean allowed = true;
    for (int s = 0; s < wanted.length; s++) {
      operations += wanted[s] * costs[s];
      allowed &= wanted[s] <= rule.mostBatches();
    }
    operations *= posterior.value().contraction().problem().drawsPerBatch();
    double estimate = operations / EngineCost.OPERATIONS_PER_SECOND;
    boolean cheaper = allowed && estimate < limit;
    console.say(
        String.format(
            Locale.ROOT,
            "contraction.engine = auto: exact about %.0f core seconds, sampled to %.3g about %.0f%s:"
                + " %s",
            limit,
            rule.tolerance(),
            estimate,
            allowed ? "" : " and more than contraction.max-draws",
            cheaper ? "sampled" : "exact"));
    return cheaper;
  }

  private void tell(Estimates estimates, double reached, boolean done) {
    String end = reached <= rule.tolerance() ? "there" : "by contraction.max-draws";
    long[] sofar = IntStream.range(0, estimates.sources()).mapToLong(estimates::draws).toArray();
    console.say(
        String.format(
            Locale.ROOT,
            "draws by layer %s: standard error of the mean %.3g of the NNGP deviation for 95 %% of"
                + " the test rows, goal %.3g%s",
            Arrays.toString(sofar),
            reached,
            rule.tolerance(),
            done ? "; stopped " + end : ""));
  }

  private void draw(SampledJob job, int[] batches, String what) {
    job.extend(
        batches,
        new Progress(
            console.progress(), "sampled contraction, " + what, job.missing(batches), "draws"));
  }

  /** Where all hidden layers are of one width, errors go with its inverse. */
  @Override
  public void settle(Widths chosen) {
    if (config.autoWidth()) {
      error *= widths.width(0) / chosen.width(0);
      widths = chosen;
    }
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
        draws, total, error, rule.tolerance(), stoppedBy, drawn.logEvidence().error(widths));
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(quadrature.warnings());
    if (!(error <= rule.tolerance())) {
      warnings.add(unmet());
    }
    return warnings;
  }

  private String unmet() {
    if (stoppedBy.equals("tolerance")) {
      return String.format(
          Locale.ROOT,
          "at the width that was chosen, %s, the standard error of the mean is %.3g of the NNGP"
              + " deviation for 95 %% of the test rows, above contraction.tolerance = %s; set"
              + " network.hidden-widths to it to have it met",
          widths,
          error,
          rule.tolerance());
    }
    return String.format(
        Locale.ROOT,
        "contraction.max-draws = %d was reached before contraction.tolerance = %s: the standard"
            + " error of the mean is %.3g of the NNGP deviation for 95 %% of the test rows",
        config.contraction().maxDraws(),
        rule.tolerance(),
        error);
  }

  @Override
  public void close() {
    posterior.destroy();
  }
}
