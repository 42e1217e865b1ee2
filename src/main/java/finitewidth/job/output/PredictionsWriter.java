package finitewidth.job.output;

import finitewidth.job.config.OutputConfig;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes predictions in the format of {@code output.format}. */
public final class PredictionsWriter {
  /** Quotes are doubled, as in RFC 4180, and space around a text is part of it. */
  private static final Map<String, String> TO_THE_LETTER =
      Map.of(
          "escape", "\"",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  private PredictionsWriter() {}

  /** Reads what was written. */
  public static Dataset<Row> read(
      SparkSession session, StructType schema, OutputConfig.Format format, String path) {
    // What has been written is read as it is called, even if that looks like a glob.
    DataFrameReader reader = session.read().schema(schema).option("__globPaths__", false);
    return switch (format) {
      case PARQUET -> reader.parquet(path);
      case CSV -> reader.option("header", true).options(TO_THE_LETTER).csv(path);
      case JSON -> reader.json(path);
    };
  }

  /** Writes one file per partition; csv files have a header each, json files a row per line. */
  public static void write(Dataset<Row> predictions, OutputConfig.Format format, String path) {
    DataFrameWriter<Row> writer = predictions.write();
    switch (format) {
      case PARQUET -> writer.parquet(path);
      case CSV -> writer.option("header", true).options(TO_THE_LETTER).csv(path);
      case JSON -> writer.option("ignoreNullFields", false).json(path);
    }
  }
}
