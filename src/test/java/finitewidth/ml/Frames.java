package finitewidth.ml;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small DataFrames with something to learn. */
final class Frames {
  private Frames() {}

  static SparkSession spark() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /** id, features, label, two labels as a vector, and one of three classes. */
  static Dataset<Row> of(SparkSession spark, int rows, long seed) {
    Matrix x = Problems.gaussian(rows, 3, seed);
    List<Row> table = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double first = Math.sin(x.get(i, 0)) + 0.5 * x.get(i, 1);
      double second = 10 + 3 * Math.abs(x.get(i, 2));
      double kind = first < -0.4 ? 0 : first < 0.4 ? 1 : 2;
      table.add(
          RowFactory.create(
              (long) i, Vectors.dense(x.row(i)), first, Vectors.dense(first, second), kind));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType)
            .add("both", SQLDataTypes.VectorType())
            .add("kind", DataTypes.DoubleType);
    return spark.createDataFrame(table, schema);
  }

  /** With fewer settings to repeat: small, exact, and wide enough for the expansion. */
  static FiniteWidthRegressor regressor() {
    return new FiniteWidthRegressor()
        .setHiddenWidths(300, 300)
        .setNoiseVariance(0.05)
        .setEngine("exact");
  }

  static FiniteWidthClassifier classifier() {
    return new FiniteWidthClassifier()
        .setLabelCol("kind")
        .setActivation("erf")
        .setHiddenWidths(300)
        .setNoiseVariance(0.05)
        .setEngine("exact");
  }
}
