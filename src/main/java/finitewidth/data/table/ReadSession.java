package finitewidth.data.table;

import finitewidth.data.DataException;
import finitewidth.data.FileFormat;
import java.util.Optional;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.v2.FileDataSourceV2;

/** A session that reads files as this project means them, and the formats that it knows. */
final class ReadSession {
  /** Smaller pieces cost more to start than to read. */
  private static final String SMALLEST_PIECE = "262144";

  private ReadSession() {}

  static SparkSession of(SparkSession given) {
    SparkSession spark = given.newSession();
    // Columns go by their exact names in every format.
    spark.conf().set("spark.sql.caseSensitive", true);
    // Encodings are those of the JDK.
    spark.conf().set("spark.sql.legacy.javaCharsets", true);
    spark.conf().set("spark.sql.files.openCostInBytes", SMALLEST_PIECE);
    spark
        .conf()
        .set(
            "spark.sql.files.minPartitionNum",
            Integer.toString(2 * Math.max(1, spark.sparkContext().defaultParallelism())));
    return spark;
  }

  /**
   * Spark's reader of files of a format; empty where it is no format of files.
   *
   * @throws DataException if there is no such format on the class path
   */
  static Optional<org.apache.spark.sql.execution.datasources.FileFormat> format(
      SparkSession spark, FileFormat format) {
    if (format.equals(FileFormat.TABLE)) {
      return Optional.empty();
    }
    String name = format.isText() ? FileFormat.CSV.name() : format.name();
    try {
      Class<?> found = DataSource.lookupDataSource(name, spark.sessionState().conf());
      Object source = found.getDeclaredConstructor().newInstance();
      if (source instanceof FileDataSourceV2 v2) {
        source = v2.fallbackFileFormat().getDeclaredConstructor().newInstance();
      }
      return source instanceof org.apache.spark.sql.execution.datasources.FileFormat files
          ? Optional.of(files)
          : Optional.empty();
    } catch (Exception e) { // Spark's own, checked and not declared
      throw new DataException(
          "data.format = "
              + name
              + ": this Spark has no such format; accepted are csv, tsv, json, orc, parquet,"
              + " libsvm, and the names of those that -- --packages or --jars brings, such as avro"
              + " or delta",
          e);
    }
  }
}
