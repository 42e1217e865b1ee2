package finitewidth.job.predict;

import finitewidth.data.DataRow;
import finitewidth.data.TestSet;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Validity;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Progress;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.config.Quantiles;
import finitewidth.job.console.Console;
import finitewidth.job.fit.FitReport;
import finitewidth.job.output.PredictionsWriter;
import finitewidth.job.score.KeptTestRows;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.score.PredictionTable;
import finitewidth.job.score.Score;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.score.ScoredRows;
import finitewidth.model.FiniteWidthModel;
import finitewidth.prior.Widths;
import finitewidth.report.summary.PredictSummary;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowPredictor;
import finitewidth.runtime.WrittenRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scores rows and writes their predictions, straight from the executors: some as one file in the
 * order of the rows, with their scores, many as a file for each task.
 */
final class PredictedRows {
  private final SparkSession session;
  private final FiniteWidthModel model;
  private final Widths widths;
  private final TestSet test;
  private final Order order;
  private final Checkpoint checkpoint;
  private final Console console;
  private final Quantiles quantiles;
  private final PredictionTable table;
  private final Load load;

  /**
   * What became of the rows.
   *
   * @param predictions that were written
   * @param outside how many are not to be trusted; empty at order 0
   * @param scores at infinite width and, unless at order 0, corrected; empty for many rows
   */
  record Outcome(long predictions, Optional<Long> outside, List<Score> scores, Widths widths) {

    /** Those of an order; absent numbers where there are none. */
    PredictSummary.Scores scores(int order) {
      if (scores.isEmpty()) {
        OptionalDouble none = OptionalDouble.empty();
        return new PredictSummary.Scores(none, none, none);
      }
      Score score = scores.get(order);
      return new PredictSummary.Scores(score.rmse(), score.nlpd(), score.accuracy());
    }

    /** A line for each order that could be scored. */
    List<String> lines(Validity validity) {
      List<String> lines = new ArrayList<>();
      for (int k = 0; k < scores.size(); k++) {
        if (scores.get(k).rmse().isPresent()) {
          lines.add(
              FitReport.line(k == 0 ? "∞ (NNGP)" : widths.toString(), scores.get(k), validity));
        }
      }
      return lines;
    }
  }

  PredictedRows(
      SparkSession session,
      FiniteWidthModel model,
      Widths widths,
      TestSet test,
      Order order,
      Quantiles quantiles,
      PredictionTable table,
      Checkpoint checkpoint,
      Console console) {
    this.checkpoint = checkpoint;
    this.session = session;
    this.model = model;
    this.widths = widths;
    this.test = test;
    this.order = order;
    this.console = console;
    this.quantiles = quantiles;
    this.table = table;
    load =
        model
            .posterior()
            .load(
                quantiles.order(order), test.count(), session.sparkContext().defaultParallelism());
  }

  Outcome write(
      RowPredictor<DataRow, PredictedRow> predictor, OutputConfig.Format format, String path) {
    JavaRDD<DataRow> inputs = model.preprocessing().inputs(test);
    load.note().ifPresent(console::say);
    Optional<KeptTestRows> kept =
        KeptTestRows.of(
            JavaSparkContext.fromSparkContext(session.sparkContext()),
            checkpoint,
            model.posterior(),
            quantiles.order(order),
            test.count(),
            load.seconds(),
            console);
    JavaRDD<PredictedRow> scored = KeptTestRows.predict(spread(inputs), predictor, kept);
    if (test.count() <= ScoredRows.ONE_FILE) {
      return writeInOrder(scored, kept, format, path);
    }
    Outcome outcome = writeWhereTheyAre(scored, format, path);
    kept.ifPresent(KeptTestRows::finish);
    return outcome;
  }

  /** Rows are spread anew where each costs much; else they stay in the tasks that read them. */
  private JavaRDD<DataRow> spread(JavaRDD<DataRow> inputs) {
    return load.tasks().map(tasks -> Parcels.sortBy(inputs, DataRow::number, tasks)).orElse(inputs);
  }

  private Outcome writeInOrder(
      JavaRDD<PredictedRow> scored,
      Optional<KeptTestRows> kept,
      OutputConfig.Format format,
      String path) {
    HeldRows<PredictedRow> there = HeldRows.of(scored, "scored rows");
    try {
      List<Score> scores = score(there.rows(), kept).scores();
      ScoredRows.write(session, there.rows(), test.count(), table, format, path);
      return new Outcome(
          there.rows().count(),
          order == Order.CORRECTED ? Optional.of(scores.get(1).outside()) : Optional.empty(),
          scores,
          widths);
    } finally {
      there.release();
    }
  }

  /** Computes the rows and adds their scores up. */
  private ScoreBoard score(JavaRDD<PredictedRow> rows, Optional<KeptTestRows> kept) {
    boolean corrected = order == Order.CORRECTED;
    Widths infinite = Widths.uniform(widths.hiddenLayers(), Double.POSITIVE_INFINITY);
    ScoreBoard board =
        new ScoreBoard(
            corrected ? List.of(infinite, widths) : List.of(infinite),
            model.preprocessing().targets(),
            model.classes(),
            model.noiseVariance(),
            test.scored());
    Progress progress =
        new Progress(console.progress(), "rows", load.perRow() * test.count(), load.unit());
    ScoredRows.score(rows, board, "prediction of rows", progress, load.perRow(), kept);
    return board;
  }

  private Outcome writeWhereTheyAre(
      JavaRDD<PredictedRow> scored, OutputConfig.Format format, String path) {
    WrittenRows listener =
        new WrittenRows(new Progress(console.progress(), "rows", test.count(), "rows"));
    session.sparkContext().addSparkListener(listener);
    try {
      Outcome outcome = writeThrough(scored, format, path);
      listener.complete(outcome.predictions());
      return outcome;
    } finally {
      session.sparkContext().removeSparkListener(listener);
    }
  }

  private Outcome writeThrough(
      JavaRDD<PredictedRow> scored, OutputConfig.Format format, String path) {
    SparkContext spark = session.sparkContext();
    try (JobNames names = JobNames.of(spark, "prediction of rows where they are")) {
      PredictionsWriter.write(
          session.createDataFrame(scored.map(table::row), table.schema()), format, path);
    }
    try (JobNames names = JobNames.of(spark, "counting predictions")) {
      Dataset<Row> written = PredictionsWriter.read(session, table.schema(), format, path);
      long count = written.count();
      Optional<Long> outside =
          order == Order.CORRECTED
              ? Optional.of(written.where("not " + model.posterior().validity().column()).count())
              : Optional.empty();
      return new Outcome(count, outside, List.of(), widths);
    }
  }
}
