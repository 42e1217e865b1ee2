package finitewidth.ml;

import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
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

  /**
   * @throws ModelException if there is none of that name
   */
  Matrix get(String name) {
    Matrix matrix = matrices.get(name);
    if (matrix == null) {
      throw new ModelException("tensor " + name + " is missing");
    }
    return matrix;
  }

  /** A tensor that must have this shape. */
  Matrix get(String name, int rows, int cols) {
    Matrix matrix = get(name);
    if (matrix.rows() != rows || matrix.cols() != cols) {
      throw new ModelException(
          "tensor "
              + name
              + " is "
              + matrix.rows()
              + " × "
              + matrix.cols()
              + ", not "
              + rows
              + " × "
              + cols);
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

  static Tensors read(SparkSession spark, String path) {
    Map<String, List<double[]>> rows = new HashMap<>();
    Dataset<Row> table = spark.read().schema(SCHEMA).parquet(path);
    for (Row row : table.sort("tensor", "row").collectAsList()) {
      List<double[]> matrix = rows.computeIfAbsent(row.getString(0), k -> new ArrayList<>());
      if (row.getInt(1) != matrix.size()) {
        throw new ModelException(
            "row " + matrix.size() + " of tensor " + row.getString(0) + " is missing");
      }
      List<Double> values = row.getList(2);
      matrix.add(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
    Tensors tensors = new Tensors();
    rows.forEach(
        (name, matrix) -> tensors.put(name, Matrix.copyOf(matrix.toArray(new double[0][]))));
    return tensors;
  }
}
