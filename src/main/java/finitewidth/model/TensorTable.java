package finitewidth.model;

import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@link Tensors} as a Parquet table of matrix rows: tensor, row, values. */
final class TensorTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("tensor", DataTypes.StringType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private static final long NUMBERS_PER_FILE = 1L << 21;

  private TensorTable() {}

  /** Writes the tensors, a file for every some ten megabytes: a writer holds its rows in memory. */
  static void write(Tensors tensors, SparkSession spark, String path) {
    List<Row> rows = new ArrayList<>();
    long numbers = 0;
    for (String name : tensors.order()) {
      Matrix matrix = tensors.get(name);
      for (int i = 0; i < matrix.rows(); i++) {
        rows.add(RowFactory.create(name, i, matrix.row(i)));
        numbers += matrix.cols();
        if (numbers >= NUMBERS_PER_FILE) {
          append(spark, rows, path);
          rows.clear();
          numbers = 0;
        }
      }
    }
    append(spark, rows, path);
  }

  private static void append(SparkSession spark, List<Row> rows, String path) {
    spark
        .createDataFrame(List.copyOf(rows), SCHEMA)
        .coalesce(1)
        .write()
        .mode(SaveMode.Append)
        .option(ParquetOutputFormat.WRITER_VERSION, "v1")
        .option(ParquetOutputFormat.PAGE_WRITE_CHECKSUM_ENABLED, "true")
        .option("spark.sql.parquet.writeLegacyFormat", "false")
        .parquet(path);
  }

  /**
   * Reads tensors, file by file.
   *
   * @throws ModelException naming a row that does not belong there
   */
  static void read(Configuration hadoop, List<FileStatus> files, Shapes expected, TensorRows rows)
      throws IOException {
    expected.requireRoom(files.stream().mapToLong(FileStatus::getLen).sum());
    for (FileStatus file : files) {
      read(hadoop, file, rows);
    }
  }

  private static void read(Configuration hadoop, FileStatus file, TensorRows rows)
      throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file.getPath())
            .withConf(hadoop)
            .usePageChecksumVerification()
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row.getString("tensor", 0), row.getInteger("row", 0), row.getGroup("values", 0));
      }
    } catch (OutOfMemoryError e) {
      // Parquet gives memory to whatever lengths a file names.
      throw new ModelException(
          file.getPath().getName() + " wants more memory than there is, or is damaged");
    }
  }
}
