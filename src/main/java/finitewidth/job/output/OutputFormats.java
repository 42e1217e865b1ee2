package finitewidth.job.output;

import finitewidth.data.DataException;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.config.Words;
import finitewidth.settings.Key;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What output formats cannot hold: said before anything is computed for them. */
public final class OutputFormats {
  private OutputFormats() {}

  /**
   * Refuses columns that cannot be written.
   *
   * @throws DataException naming a column whose type the format has not, or two that it cannot tell
   *     apart
   */
  public static void require(SparkSession session, OutputConfig.Format format, StructType columns) {
    FileFormat spark = spark(format);
    for (StructField column : columns.fields()) {
      if (!holds(format, spark, column.dataType())) {
        throw new DataException(
            """
            column \"%s\" is of type %s, which %s = %s cannot hold; use another format, or leave \
            it out of %s\
            """
                .formatted(
                    column.name(),
                    column.dataType().catalogString(),
                    Key.OUTPUT_FORMAT,
                    Words.of(format),
                    Key.PREDICT_COLUMNS));
      }
    }
    boolean exact = Boolean.parseBoolean(session.conf().get("spark.sql.caseSensitive"));
    if (!exact && !spark.allowDuplicatedColumnNames()) {
      refuseAlike(columns);
    }
  }

  private static void refuseAlike(StructType columns) {
    Map<String, String> seen = new HashMap<>();
    for (String name : columns.fieldNames()) {
      String before = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (before != null) {
        throw new DataException(
            """
            columns \"%s\" and \"%s\" of the predictions differ only by case, which Spark does not \
            tell apart; rename the one that is in the data, leave it out of %s, or submit with -- \
            --conf spark.sql.caseSensitive=true\
            """
                .formatted(before, name, Key.PREDICT_COLUMNS));
      }
    }
  }

  /** Spark writes bytes into csv as text, whether they are or not. */
  private static boolean holds(OutputConfig.Format format, FileFormat spark, DataType type) {
    boolean bytes = format == OutputConfig.Format.CSV && type instanceof BinaryType;
    return !bytes && spark.supportDataType(type);
  }

  private static FileFormat spark(OutputConfig.Format format) {
    return switch (format) {
      case PARQUET -> new ParquetFileFormat();
      case CSV -> new CSVFileFormat();
      case JSON -> new JsonFileFormat();
    };
  }
}
