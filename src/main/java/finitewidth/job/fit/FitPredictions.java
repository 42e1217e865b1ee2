package finitewidth.job.fit;

import finitewidth.data.DataRow;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Shared;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.console.Console;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.score.PredictionTable;
import finitewidth.job.score.ScoreBoard;
import finitewidth.job.score.ScoredRows;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.Trained;
import finitewidth.runtime.HeldRows;
import finitewidth.runtime.RowPredictor;
import finitewidth.runtime.SharedParcel;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Scores the test rows of a fit and writes their predictions: those that the engine corrects, and
 * those that are left at order 0.
 */
final class FitPredictions implements AutoCloseable {
  private final SparkSession session;
  private final Trained trained;
  private final TestRows test;
  private final CorrectedRows fitted;
  private final Console console;
  private final Optional<Shared<Posterior>> shared;
  private final Optional<HeldRows<PredictedRow>> others;

  FitPredictions(
      SparkSession session, Trained trained, TestRows test, CorrectedRows fitted, Console console) {
    this.session = session;
    this.trained = trained;
    this.test = test;
    this.fitted = fitted;
    this.console = console;
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    shared = test.others().map(rows -> SharedParcel.of(spark, fitted.posterior()));
    others = test.others().map(rows -> uncorrected(rows, shared.orElseThrow()));
  }

  private static HeldRows<PredictedRow> uncorrected(
      JavaRDD<DataRow> rows, Shared<Posterior> posterior) {
    RowPredictor<DataRow, PredictedRow> predictor =
        new RowPredictor<>(posterior, Order.NNGP, DataRow::features, PredictedRow::of);
    return HeldRows.of(rows.mapPartitions(predictor::predict), "test rows at order 0");
  }

  /** Scores all rows, and chooses the width where that was to be done. */
  FitReport score() {
    JobConfig config = trained.config();
    ScoreBoard board =
        new ScoreBoard(
            Networks.choices(config),
            trained.preprocessing().targets(),
            trained.schema().classes(),
            config.noiseVariance(),
            trained.test().scored());
    fitted.score(board);
    others.ifPresent(
        rows ->
            ScoredRows.score(
                rows.rows(),
                board,
                "test rows at order 0",
                new Progress(
                    console.progress(),
                    "test rows at order 0",
                    test.count() - test.correctedCount(),
                    "rows"),
                1));
    FitReport report = FitReport.of(config, board, fitted.posterior(), trained.targets());
    ScoredRows.requireTrusted(
        config.strict(),
        report.outside(),
        test.correctedCount(),
        Networks.widths(report.config().network()),
        fitted.posterior().validity());
    return report;
  }

  /**
   * Writes predictions.
   *
   * @param config with the width that was chosen
   */
  void write(JobConfig config, String path) {
    PredictionTable table =
        new PredictionTable(
            Networks.widths(config.network()),
            trained.preprocessing().targets(),
            trained.schema().classes().map(classes -> classes.holding(trained.test())),
            trained.test().idType(),
            new StructType(),
            config.output().quantiles(),
            config.noiseVariance(),
            fitted.posterior().validity());
    JavaRDD<PredictedRow> all =
        others.map(rows -> fitted.rows().union(rows.rows())).orElseGet(fitted::rows);
    ScoredRows.write(session, all, test.count(), table, config.output().format(), path);
  }

  @Override
  public void close() {
    others.ifPresent(HeldRows::release);
    shared.ifPresent(Shared::close);
  }
}
