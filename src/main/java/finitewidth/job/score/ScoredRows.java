package finitewidth.job.score;

import finitewidth.inference.Validity;
import finitewidth.inference.work.Progress;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.output.PredictionsWriter;
import finitewidth.linalg.NumericsException;
import finitewidth.prior.Widths;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.PredictionJob;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores rows and writes their predictions where they are; none of them comes to the driver. */
public final class ScoredRows {
  /** Up to this many predictions are written as one file, in the order of the rows. */
  public static final long ONE_FILE = 100_000;

  private ScoredRows() {}

  /** A task's share of the scores. */
  private record Part(ScoreBoard board, long rows) implements Serializable {}

  /** The same, keeping nothing for a rerun. */
  public static void score(
      JavaRDD<PredictedRow> rows, ScoreBoard board, String what, Progress progress, long perRow) {
    score(rows, board, what, progress, perRow, Optional.empty());
  }

  /**
   * Computes rows and adds their scores up.
   *
   * @param perRow what a row counts for progress
   * @param kept of which some may have been found; finished when all rows are there
   */
  public static void score(
      JavaRDD<PredictedRow> rows,
      ScoreBoard board,
      String what,
      Progress progress,
      long perRow,
      Optional<KeptTestRows> kept) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    ScoreBoard blank = board.empty();
    long[] found = {0};
    try (JobNames names = JobNames.of(spark, what)) {
      PredictionJob.run(
          rows,
          partition -> part(partition, blank.empty()),
          part -> {
            board.add(part.board());
            long before = found[0];
            // Spark has counted what the task has found before it hands on its result.
            found[0] = kept.map(KeptTestRows::found).orElse(0L);
            long scored = part.rows() - (found[0] - before);
            progress.found(perRow * (found[0] - before));
            progress.add(perRow * scored, scored);
          });
    }
    kept.ifPresent(KeptTestRows::finish);
  }

  /** How many of some predictions are not to be trusted, in words. */
  public static String untrusted(long some, long of, Widths widths, Validity validity) {
    return "%s of %s predictions are %s at hidden widths %s"
        .formatted(some, of, validity.failing(), widths);
  }

  /**
   * Ends a job of strict=true.
   *
   * @throws NumericsException if some predictions are not to be trusted
   */
  public static void requireTrusted(
      boolean strict, long some, long of, Widths widths, Validity validity) {
    if (strict && some > 0) {
      throw new NumericsException(
          "%s and strict=true; %s, or strict=false to have them flagged"
              .formatted(untrusted(some, of, widths, validity), validity.remedy()));
    }
  }

  private static Part part(Iterator<PredictedRow> rows, ScoreBoard board) {
    long count = 0;
    while (rows.hasNext()) {
      board.add(rows.next());
      count++;
    }
    return new Part(board, count);
  }

  /**
   * Writes predictions, a file for each partition; few rows as one file, in the order of the rows.
   */
  public static void write(
      SparkSession session,
      JavaRDD<PredictedRow> rows,
      long count,
      PredictionTable table,
      OutputConfig.Format format,
      String path) {
    try (JobNames names = JobNames.of(session.sparkContext(), "writing predictions")) {
      JavaRDD<PredictedRow> inFiles =
          count <= ONE_FILE ? Parcels.sortBy(rows, PredictedRow::number, 1) : rows;
      Dataset<Row> predictions = session.createDataFrame(inFiles.map(table::row), table.schema());
      PredictionsWriter.write(predictions, format, path);
    }
  }
}
