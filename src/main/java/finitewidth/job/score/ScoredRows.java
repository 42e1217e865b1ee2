package finitewidth.job.score;

import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Shared;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.output.PredictionsWriter;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.KeptRows;
import finitewidth.runtime.KnownRows;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.ScoringJob;
import java.io.Serializable;
import java.util.ArrayList;
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

  /**
   * A task's share of the scores.
   *
   * @param found rows that were known before
   * @param kept what is to be kept of the others
   */
  private record Part(ScoreBoard board, long rows, long found, ArrayList<byte[]> kept)
      implements Serializable {}

  /** The same, keeping nothing for a rerun. */
  public static void score(
      JavaRDD<ScoredRow> rows, ScoreBoard board, String what, Progress progress, long perRow) {
    score(rows, board, what, progress, perRow, Optional.empty());
  }

  /**
   * Computes rows and adds their scores up.
   *
   * @param perRow what a row counts for progress
   * @param kept takes predictions as they are made; finished when all are
   */
  public static void score(
      JavaRDD<ScoredRow> rows,
      ScoreBoard board,
      String what,
      Progress progress,
      long perRow,
      Optional<KeptRows> kept) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    ScoreBoard blank = board.empty();
    // Null where nothing is kept: an Optional cannot be sent to tasks.
    Shared<KnownRows> known = kept.map(KeptRows::known).orElse(null);
    kept.ifPresent(some -> progress.found(perRow * some.foundRows()));
    try (JobNames names = JobNames.of(spark, what)) {
      ScoringJob.run(
          rows,
          partition -> part(partition, blank.empty(), known),
          part -> {
            board.add(part.board());
            long scored = part.rows() - part.found();
            progress.add(perRow * scored, scored);
            kept.ifPresent(some -> some.add(part.kept()));
          });
    } finally {
      kept.ifPresent(KeptRows::finish);
    }
  }

  private static Part part(Iterator<ScoredRow> rows, ScoreBoard board, Shared<KnownRows> known) {
    long count = 0;
    long found = 0;
    ArrayList<byte[]> kept = new ArrayList<>();
    while (rows.hasNext()) {
      ScoredRow row = rows.next();
      board.add(row);
      count++;
      if (known != null && known.value().has(row.number())) {
        found++;
      } else if (known != null && row.prediction().hasCorrection()) {
        kept.add(known.value().bytes(row.number(), row.prediction()));
      }
    }
    return new Part(board, count, found, kept);
  }

  /**
   * Writes predictions, a file for each partition; few rows as one file, in the order of the rows.
   */
  public static void write(
      SparkSession session,
      JavaRDD<ScoredRow> rows,
      long count,
      PredictionTable table,
      OutputConfig.Format format,
      String path) {
    try (JobNames names = JobNames.of(session.sparkContext(), "writing predictions")) {
      JavaRDD<ScoredRow> inFiles =
          count <= ONE_FILE ? Parcels.sortBy(rows, ScoredRow::number, 1) : rows;
      Dataset<Row> predictions = session.createDataFrame(inFiles.map(table::row), table.schema());
      PredictionsWriter.write(predictions, format, path);
    }
  }
}
