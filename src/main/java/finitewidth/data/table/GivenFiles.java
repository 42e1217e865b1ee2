package finitewidth.data.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Files that have been found, for Spark's readers: each is read as it is called. Spark would take
 * their paths for globs, list them once more, and leave out those that are called as hidden files
 * are.
 */
final class GivenFiles implements FileIndex {
  private final List<FileStatus> files;

  private GivenFiles(List<FileStatus> files) {
    this.files = List.copyOf(files);
  }

  /** Columns of files that all have them, of these types. */
  static Dataset<Row> read(
      SparkSession spark,
      org.apache.spark.sql.execution.datasources.FileFormat format,
      List<FileStatus> files,
      StructType columns,
      Map<String, String> given) {
    Map<String, String> options = new HashMap<>(given);
    // Pages of most writers carry checksums.
    options.put(ParquetInputFormat.PAGE_VERIFY_CHECKSUM_ENABLED, Boolean.toString(true));
    Configuration none = new Configuration(false);
    DataFiles.readable(none, files.stream().map(FileStatus::getPath).toList())
        .forEach(setting -> options.put(setting.getKey(), setting.getValue()));
    return spark.baseRelationToDataFrame(
        new HadoopFsRelation(
            new GivenFiles(files),
            new StructType(),
            columns,
            Option.empty(),
            format,
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
