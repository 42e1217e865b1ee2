package finitewidth.model;

import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/** Named matrices as a Parquet table of matrix rows: tensor, row, values. */
final class Tensors {
  private static final StructType SCHEMA =
      new StructType()
          .add("tensor", DataTypes.StringType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private static final long NUMBERS_PER_FILE = 1L << 21;

  /** Tensors are mostly of digits that do not compress; this leaves room for tensors of zeros. */
  private static final double MOST_COMPRESSED = 1000;

  private final Map<String, Matrix> matrices = new HashMap<>();
  private final List<String> order = new ArrayList<>();

  void put(String name, Matrix matrix) {
    if (matrices.put(name, matrix) != null) {
      throw new IllegalArgumentException("tensor " + name + " stands twice");
    }
    order.add(name);
  }

  void put(String name, double[] row) {
    put(name, Matrix.wrap(1, row.length, row));
  }

  /** A tensor that is there. */
  Matrix get(String name) {
    Matrix matrix = matrices.get(name);
    if (matrix == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return matrix;
  }

  /** Writes the tensors, a file for every some ten megabytes: a writer holds its rows in memory. */
  void write(SparkSession spark, String path) {
    List<Row> rows = new ArrayList<>();
    long numbers = 0;
    for (String name : order) {
      Matrix matrix = get(name);
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
   * Reads tensors, file by file. Their shapes are compared with the length of the files before any
   * of them is given memory, and rows that do not belong there are refused as they come.
   *
   * @throws ModelException naming a tensor that is missing, has another shape or has lost a row
   */
  static Tensors read(ModelDirectory directory, Shapes expected) throws IOException {
    List<FileStatus> files = directory.data();
    requireRoom(expected, files.stream().mapToLong(FileStatus::getLen).sum());
    TensorRows rows = new TensorRows(expected);
    for (FileStatus file : files) {
      read(directory, file, rows);
    }
    Tensors tensors = new Tensors();
    rows.matrices().forEach(tensors::put);
    return tensors;
  }

  private static void requireRoom(Shapes expected, long fileBytes) {
    double bytes = expected.bytes();
    if (bytes > MOST_COMPRESSED * fileBytes) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "tensors of %.3g numbers cannot be in %d bytes of data",
              bytes / Double.BYTES,
              fileBytes));
    }
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "it holds %.1f GiB of numbers, more than the memory of this driver; give it more",
              bytes / (1L << 30)));
    }
  }

  private static void read(ModelDirectory directory, FileStatus file, TensorRows rows)
      throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file.getPath())
            .withConf(directory.hadoop())
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
