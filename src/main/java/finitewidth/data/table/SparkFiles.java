package finitewidth.data.table;

import finitewidth.data.DataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.v2.FileDataSourceV2;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A reader of Spark's for files of one format. */
record SparkFiles(SparkSession spark, FileFormat reader) {
  /** Smaller pieces cost more to start than to read. */
  private static final String SMALLEST_PIECE = "262144";

  /** A session that reads files as this project means them. */
  static SparkSession session(SparkSession given) {
    SparkSession spark = given.newSession();
    // Columns go by their exact names in every format.
    spark.conf().set("spark.sql.caseSensitive", true);
    // Encodings are those of the JDK.
    spark.conf().set("spark.sql.legacy.javaCharsets", true);
    spark.conf().set("spark.sql.files.openCostInBytes", SMALLEST_PIECE);
    int cores = Math.max(1, spark.sparkContext().defaultParallelism());
    spark.conf().set("spark.sql.files.minPartitionNum", Integer.toString(2 * cores));
    return spark;
  }

  /**
   * Spark's reader of files of a format; empty where it is no format of files.
   *
   * @throws DataException if there is no such format on the class path
   */
  static Optional<SparkFiles> of(SparkSession spark, String format) {
    try {
      Class<?> found = DataSource.lookupDataSource(format, spark.sessionState().conf());
      Object source = found.getDeclaredConstructor().newInstance();
      if (source instanceof FileDataSourceV2 v2) {
        source = v2.fallbackFileFormat().getDeclaredConstructor().newInstance();
      }
      return source instanceof FileFormat files
          ? Optional.of(new SparkFiles(spark, files))
          : Optional.empty();
    } catch (Exception e) { // Spark's own, checked and not declared
      throw new DataException(
          ("data.format = %s: this Spark has no such format; accepted are csv, tsv, json, orc,"
                  + " parquet, libsvm, and the names of those that -- --packages or --jars brings,"
                  + " such as avro or delta")
              .formatted(format),
          e);
    }
  }

  /** The columns of files, as Spark finds them. */
  StructType schema(List<FileStatus> files, Map<String, String> options) {
    return reader.inferSchema(spark, immutable(options), seq(files)).getOrElse(StructType::new);
  }

  /** Columns of files that all have them, of these types. */
  Dataset<Row> read(List<FileStatus> files, StructType columns, Map<String, String> given) {
    Map<String, String> options = new HashMap<>(given);
    // Pages of most writers carry checksums.
    options.put(ParquetInputFormat.PAGE_VERIFY_CHECKSUM_ENABLED, Boolean.toString(true));
    Configuration none = new Configuration(false);
    DataFiles.readable(none, files.stream().map(FileStatus::getPath).toList())
        .forEach(setting -> options.put(setting.getKey(), setting.getValue()));
    return spark.baseRelationToDataFrame(
        new HadoopFsRelation(
            new Found(files),
            new StructType(),
            columns,
            Option.empty(),
            reader,
            immutable(options),
            spark));
  }

  /** Options as Spark takes them. */
  static scala.collection.immutable.Map<String, String> immutable(Map<String, String> options) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(options));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  /**
   * Files that have been found: each is read as it is called. Spark would take their paths for
   * globs, list them once more, and leave out those that are called as hidden files are.
   */
  private record Found(List<FileStatus> files) implements FileIndex {
    @Override
    public Seq<Path> rootPaths() {
      return seq(files.stream().map(FileStatus::getPath).toList());
    }

    @Override
    public Seq<PartitionDirectory> listFiles(Seq<Expression> partitions, Seq<Expression> data) {
      return seq(
          List.of(PartitionDirectory.apply(InternalRow.empty(), files.toArray(FileStatus[]::new))));
    }

    @Override
    public String[] inputFiles() {
      return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    }

    @Override
    public void refresh() {
      // What has been found stays.
    }

    @Override
    public long sizeInBytes() {
      return files.stream().mapToLong(FileStatus::getLen).sum();
    }

    @Override
    public StructType partitionSchema() {
      return new StructType();
    }
  }
}
