package finitewidth.job;

import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes predictions in the format of {@code output.format}. */
final class PredictionsWriter {
  private PredictionsWriter() {}

  /** Writes one file per partition; csv files have a header each, json files a row per line. */
  static void write(Dataset<Row> predictions, OutputConfig.Format format, String path) {
    DataFrameWriter<Row> writer = predictions.write();
    switch (format) {
      case PARQUET -> writer.parquet(path);
      case CSV -> writer.option("header", true).csv(path);
      case JSON -> writer.option("ignoreNullFields", false).json(path);
    }
  }
}
