package finitewidth.job.engine;

import finitewidth.data.DataRow;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Load;
import finitewidth.inference.MetricReport;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.ScaleReport;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Shared;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.console.Console;
import finitewidth.job.score.KeptTestRows;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.score.ScoredRows;
import finitewidth.job.train.TestRows;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.Prediction;
import finitewidth.prior.QuadratureCheck;
import finitewidth.prior.Widths;
import finitewidth.report.summary.ContractionSummary;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowPredictor;
import finitewidth.runtime.SparkRuntime;
import finitewidth.settings.Naming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * What an engine makes of training rows and of the test rows that are corrected.
 *
 * <p>As many test rows as the engine can look at, an even choice of the whole, come to the driver.
 * All others stay where they are and are predicted there.
 */
public final class CorrectedRows implements AutoCloseable {
  private final SparkRuntime runtime;
  private final Conditioned fitted;
  private final Order order;
  private final long count;
  private final QuadratureCheck quadrature;
  private final double seconds;
  private final Shared<Posterior> posterior;

  /** Rows that the engine has predicted on its way; empty where it has not. */
  private final Optional<JavaRDD<PredictedRow>> known;

  /** Rows that are predicted where they are; empty where all are known. */
  private final Optional<Others> others;

  private record Others(HeldRows<PredictedRow> rows, Load load, Optional<KeptTestRows> kept) {}

  /**
   * Conditions.
   *
   * @param test of which some are corrected
   * @param order to which those are
   * @param hiddenKernels whether they are wanted
   */
  public static CorrectedRows of(
      SparkRuntime runtime,
      Inference inference,
      Conditioning training,
      TestRows test,
      Order order,
      boolean hiddenKernels,
      Console console) {
    return new CorrectedRows(
        runtime, inference, Optional.empty(), training, test, order, hiddenKernels, console);
  }

  /**
   * Conditions on the network that was chosen, unless the choice has.
   *
   * @param test of which some are corrected
   * @param order to which those are
   * @param hiddenKernels whether they are wanted
   */
  public static CorrectedRows of(
      SparkRuntime runtime,
      NetworkChoice choice,
      TestRows test,
      Order order,
      boolean hiddenKernels,
      Console console) {
    return new CorrectedRows(
        runtime,
        choice.engine(),
        choice.done(),
        choice.trained().conditioning(),
        test,
        order,
        hiddenKernels,
        console);
  }

  private CorrectedRows(
      SparkRuntime runtime,
      Inference inference,
      Optional<Conditioned> done,
      Conditioning training,
      TestRows test,
      Order order,
      boolean hiddenKernels,
      Console console) {
    this.runtime = runtime;
    this.order = order;
    count = test.correctedCount();
    Stopwatch watch = new Stopwatch();
    quadrature =
        new QuadratureCheck(
            training.problem().flow().architecture(), training.problem().tolerance());
    quadrature.add(training.problem().flow());
    Probe probe = Probe.of(test, inference.mostProbeRows(training.problem()), runtime.spark());
    List<double[]> features = probe.members().stream().map(DataRow::features).toList();
    features.forEach(quadrature::add);
    fitted =
        done.orElseGet(
            () ->
                inference.condition(
                    training, new Ask(features, count, order, hiddenKernels), runtime));
    posterior = runtime.share(fitted.posterior());
    known =
        order == Order.CORRECTED && !fitted.atProbe().isEmpty()
            ? Optional.of(scored(probe.members(), fitted.atProbe()))
            : Optional.empty();
    others =
        known.isPresent() && probe.isAll() ? Optional.empty() : Optional.of(others(probe, console));
    seconds = watch.lap();
  }

  private JavaRDD<PredictedRow> scored(List<DataRow> rows, List<Prediction> predictions) {
    List<PredictedRow> scored = new ArrayList<>();
    for (int x = 0; x < rows.size(); x++) {
      scored.add(PredictedRow.of(rows.get(x), predictions.get(x)));
    }
    return Parcels.parallelize(runtime.spark(), scored, Math.max(1, runtime.cores()));
  }

  /** The rows that are not known, to be predicted where they are. */
  private Others others(Probe probe, Console console) {
    boolean all = known.isEmpty();
    long left = all ? count : count - probe.members().size();
    Load load = fitted.posterior().load(order, left, runtime.cores());
    load.note().ifPresent(console::say);
    try (JobNames names = JobNames.of(runtime.spark(), "spreading test rows")) {
      JavaRDD<DataRow> there = all ? probe.all() : probe.others();
      JavaRDD<DataRow> rows =
          load.tasks().map(tasks -> Parcels.sortBy(there, DataRow::number, tasks)).orElse(there);
      look(rows);
      Optional<KeptTestRows> kept =
          KeptTestRows.of(
              runtime.spark(),
              runtime.checkpoint(),
              fitted.posterior(),
              order,
              left,
              load.seconds(),
              console);
      RowPredictor<DataRow, PredictedRow> predictor =
          new RowPredictor<>(posterior, order, DataRow::features, PredictedRow::of);
      return new Others(
          HeldRows.of(KeptTestRows.predict(rows, predictor, kept), "scored test rows"), load, kept);
    }
  }

  /** Looks at what quadrature says of its error there; closed forms have none. */
  private void look(JavaRDD<DataRow> rows) {
    if (fitted.posterior().problem().flow().architecture().activation()
        instanceof FourPointActivation) {
      return;
    }
    QuadratureCheck blank = quadrature.empty();
    quadrature.add(
        Parcels.aggregate(
            rows,
            blank,
            (check, row) -> {
              check.add(row.features());
              return check;
            },
            (check, other) -> {
              check.add(other);
              return check;
            }));
  }

  /** For the model, the log evidence and order 0. */
  public Posterior posterior() {
    return fitted.posterior();
  }

  /** Whether the engine corrects nothing. */
  private boolean isUncorrected() {
    return fitted.posterior().logEvidence().isOrderZero();
  }

  /** Of every hidden layer, if they were asked for. */
  public List<HiddenKernel> hiddenKernels() {
    return fitted.hiddenKernels();
  }

  /** Computes the scored test rows, unless they are there, and has them scored. */
  public void score(ScoreBoard board) {
    known.ifPresent(
        rows ->
            ScoredRows.score(
                rows,
                board,
                "test rows that were looked at",
                new Progress(
                    runtime.messages().progress(), "test rows", fitted.atProbe().size(), "rows"),
                1));
    others.ifPresent(
        some -> {
          long left = known.isEmpty() ? count : count - fitted.atProbe().size();
          Load load = some.load();
          String rows = Counted.of(left, "test row");
          String what =
              isUncorrected() || load.unit().equals(Load.ROWS)
                  ? "prediction, " + rows
                  : "contraction and prediction, layers 1 to "
                      + fitted.posterior().problem().sources()
                      + ", "
                      + rows;
          Progress progress =
              new Progress(
                  runtime.messages().progress(), "test rows", load.perRow() * left, load.unit());
          ScoredRows.score(some.rows().rows(), board, what, progress, load.perRow(), some.kept());
        });
  }

  /** The scored test rows, computed once. */
  public JavaRDD<PredictedRow> rows() {
    return others
        .map(some -> known.map(rows -> rows.union(some.rows().rows())).orElse(some.rows().rows()))
        .orElseGet(known::orElseThrow);
  }

  /** The same on the driver, in their order. */
  public List<PredictedRow> collect() {
    List<PredictedRow> all = Parcels.collect(rows());
    all.sort(Comparator.comparingLong(PredictedRow::number));
    others.flatMap(Others::kept).ifPresent(KeptTestRows::finish);
    return all;
  }

  /** Seconds spent on contractions other than those of {@link #score}. */
  public double contractionSeconds() {
    return seconds;
  }

  /**
   * For the summary, when all is done.
   *
   * @param total seconds of the whole contraction
   * @param widths of the network, which may have been decided on since
   */
  public ContractionSummary summary(double total, Widths widths) {
    Account account = fitted.account(widths);
    if (isUncorrected() || isNothing(account)) {
      return ContractionSummary.none(account.engine(), total);
    }
    if (account.effectiveDraws().isPresent()) {
      return ContractionSummary.networks(
          account.engine(),
          account.effectiveDraws().getAsDouble(),
          total,
          fitted.posterior().logEvidence().error(widths));
    }
    if (!account.metrics().isEmpty()) {
      return ContractionSummary.adapted(
          account.engine(), total, fitted.posterior().logEvidence().error(widths));
    }
    if (account.draws().isEmpty()) {
      long rows = fitted.posterior().load(Order.CORRECTED, 1, 1).perRow() * count;
      long moments = account.moments() + rows;
      return ContractionSummary.exact(moments, total, moments / total / runtime.cores());
    }
    return ContractionSummary.sampled(
        account.draws().stream().mapToLong(Long::longValue).toArray(),
        total,
        account.error().orElseThrow(),
        account.tolerance().orElseThrow(),
        account.met() ? "tolerance" : "max-draws",
        fitted.posterior().logEvidence().error(widths));
  }

  /** Whether it neither contracts nor draws. */
  private static boolean isNothing(Account account) {
    return account.moments() == 0
        && account.draws().isEmpty()
        && account.effectiveDraws().isEmpty()
        && account.chains().isEmpty();
  }

  /** The chains of all networks, where there were any. */
  public List<ChainReport> chains(Widths widths) {
    return fitted.account(widths).chains();
  }

  /** Of all networks whose scale was integrated, where there were any. */
  public List<ScaleReport> scales(Widths widths) {
    return fitted.account(widths).scales();
  }

  /** What the kernels of all networks have learnt, where they have. */
  public List<MetricReport> metrics(Widths widths) {
    return fitted.account(widths).metrics();
  }

  /** What the user should know. */
  public List<String> warnings(Widths widths) {
    List<String> warnings = new ArrayList<>(quadrature.warnings());
    warnings.addAll(fitted.warnings("test rows", widths));
    warnings.replaceAll(Naming.KEYS::in);
    return warnings;
  }

  @Override
  public void close() {
    others.ifPresent(some -> some.rows().release());
    posterior.close();
  }
}
