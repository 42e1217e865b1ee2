package finitewidth.ml;

import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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
      Matrix matrix = matrices.get(name);
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
        .parquet(path);
  }

  /**
   * Reads tensors. Their shapes are counted and compared before any of them is given memory.
   *
   * @throws ModelException naming a tensor that is missing, has another shape or has lost a row
   */
  static Tensors read(SparkSession spark, String path, Shapes expected) {
    Dataset<Row> table = spark.read().schema(SCHEMA).parquet(path);
    compare(table, expected);
    double bytes = expected.bytes();
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s holds %.1f GiB of numbers, more than the memory of this driver; give it more",
              path,
              bytes / (1L << 30)));
    }
    Tensors tensors = new Tensors();
    expected
        .all()
        .forEach(
            (name, shape) ->
                tensors.put(name, Matrix.zeros((int) shape.rows(), (int) shape.cols())));
    Map<String, BitSet> seen = new HashMap<>();
    // File by file: all at once may be more than a driver takes.
    for (Iterator<Row> rows = table.toLocalIterator(); rows.hasNext(); ) {
      Row row = rows.next();
      String name = row.getString(0);
      Matrix matrix = tensors.get(name);
      int i = row.getInt(1);
      if (i < 0 || i >= matrix.rows()) {
        throw new ModelException("tensor " + name + " has a row " + i + " of " + matrix.rows());
      }
      seen.computeIfAbsent(name, k -> new BitSet()).set(i);
      List<Double> values = row.getList(2);
      for (int j = 0; j < values.size(); j++) {
        matrix.set(i, j, values.get(j));
      }
    }
    expected.all().forEach((name, shape) -> requireWhole(name, shape, seen.get(name)));
    return tensors;
  }

  private static void requireWhole(String name, Shapes.Shape shape, BitSet rows) {
    if (rows.cardinality() != shape.rows()) {
      throw new ModelException(
          "row " + rows.nextClearBit(0) + " of tensor " + name + " is missing");
    }
  }

  private static void compare(Dataset<Row> table, Shapes expected) {
    Map<String, Row> found = new HashMap<>();
    for (Row row :
        table
            .groupBy("tensor")
            .agg(
                functions.count("row"),
                functions.min(functions.size(functions.col("values"))),
                functions.max(functions.size(functions.col("values"))))
            .collectAsList()) {
      found.put(row.getString(0), row);
    }
    expected
        .all()
        .forEach(
            (name, shape) -> {
              Row row = found.remove(name);
              if (row == null) {
                throw new ModelException("tensor " + name + " is missing");
              }
              boolean fits =
                  row.getLong(1) == shape.rows()
                      && row.getInt(2) == shape.cols()
                      && row.getInt(3) == shape.cols();
              if (!fits) {
                throw new ModelException(
                    "tensor "
                        + name
                        + " has "
                        + row.getLong(1)
                        + " rows of "
                        + row.getInt(2)
                        + " to "
                        + row.getInt(3)
                        + " numbers, not "
                        + shape);
              }
            });
    if (!found.isEmpty()) {
      throw new ModelException("tensor " + found.keySet().iterator().next() + " is unknown");
    }
  }
}
