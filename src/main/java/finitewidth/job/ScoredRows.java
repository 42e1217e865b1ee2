package finitewidth.job;

import finitewidth.spark.JobNames;
import finitewidth.spark.Progress;
import finitewidth.spark.ScoringJob;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores rows and writes their predictions where they are; none of them comes to the driver. */
final class ScoredRows {
  /** Up to this many predictions are written as one file, in the order of the rows. */
  static final long ONE_FILE = 100_000;

  private ScoredRows() {}

  /** A task's share of the scores. */
  private record Part(ScoreBoard board, long rows) implements Serializable {}

  /**
   * Computes rows and adds their scores up.
   *
   * @param perRow what a row counts for progress
   */
  static void score(
      JavaRDD<ScoredRow> rows, ScoreBoard board, String what, Progress progress, long perRow) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    ScoreBoard blank = board.empty();
    try (JobNames names = JobNames.of(spark, what)) {
      ScoringJob.run(
          rows,
          partition -> {
            ScoreBoard own = blank.empty();
            long count = 0;
            while (partition.hasNext()) {
              own.add(partition.next());
              count++;
            }
            return new Part(own, count);
          },
          Part.class,
          part -> {
            board.add(part.board());
            progress.add(perRow * part.rows(), part.rows());
          });
    }
  }

  /**
   * Writes predictions, a file for each partition; few rows as one file, in the order of the rows.
   */
  static void write(
      SparkSession session,
      JavaRDD<ScoredRow> rows,
      long count,
      PredictionTable table,
      OutputConfig.Format format,
      String path) {
    try (JobNames names = JobNames.of(session.sparkContext(), "writing predictions")) {
      JavaRDD<ScoredRow> inFiles =
          count <= ONE_FILE ? rows.sortBy(ScoredRow::number, true, 1) : rows;
      Dataset<Row> predictions = session.createDataFrame(inFiles.map(table::row), table.schema());
      PredictionsWriter.write(predictions, format, path);
    }
  }
}
