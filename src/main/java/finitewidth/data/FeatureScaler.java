package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.List;

/**
 * Turns raw features into the inputs of the network; fitted on training rows, applied to all.
 *
 * <p>Immutable, and small enough to travel with every task.
 */
public sealed interface FeatureScaler extends Serializable {

  /** The scaled copy of one row. */
  double[] forward(double[] row);

  /** Whether a row of finite numbers can be scaled. */
  default boolean scales(double[] row) {
    return true;
  }

  /** The scaled copy of a rows × features matrix. */
  default Matrix forward(Matrix rows) {
    Matrix scaled = Matrix.zeros(rows.rows(), rows.cols());
    for (int i = 0; i < rows.rows(); i++) {
      System.arraycopy(forward(rows.row(i)), 0, scaled.data(), i * rows.cols(), rows.cols());
    }
    return scaled;
  }

  /**
   * Fits a scaler.
   *
   * @throws DataException naming the columns that are constant, under {@code STANDARDIZE}
   */
  static FeatureScaler fit(FeatureScaling scaling, TrainingData training) {
    return switch (scaling) {
      case NONE -> new Raw();
      case STANDARDIZE -> {
        ColumnMoments moments = training.featureMoments();
        List<String> constant = moments.constant(training.schema().featureNames());
        if (!constant.isEmpty()) {
          throw new DataException(
              (constant.size() == 1 ? "feature column " : "feature columns ")
                  + String.join(", ", constant)
                  + " constant over the "
                  + training.count()
                  + " training rows, so preprocess.features=standardize cannot scale by the"
                  + " standard deviation; leave out of data.features or choose"
                  + " preprocess.features=unit-sphere or none");
        }
        yield new Standardize(moments);
      }
      case UNIT_SPHERE -> new UnitSphere();
    };
  }

  /**
   * This scaler with its results multiplied by a factor for each feature.
   *
   * @param factors positive
   * @throws IllegalArgumentException for a scaler onto a sphere, which its factors would leave
   */
  default FeatureScaler times(double[] factors) {
    if (scaling().equals("unit-sphere")) {
      throw new IllegalArgumentException(scaling() + " has no factors");
    }
    Matrix moments = spread(this, factors.length).copy();
    for (int j = 0; j < factors.length; j++) {
      moments.set(1, j, moments.get(1, j) / factors[j]);
    }
    return new Standardize(ColumnMoments.restore(moments));
  }

  /**
   * Rows that this scaler has made, as another one would have made them.
   *
   * @param other this one, or this one with factors
   */
  default Matrix convert(Matrix scaled, FeatureScaler other) {
    Matrix mine = spread(this, scaled.cols());
    Matrix its = spread(other, scaled.cols());
    Matrix converted = scaled.copy();
    for (int k = 0; k < scaled.data().length; k++) {
      int j = k % scaled.cols();
      converted.data()[k] *= mine.get(1, j) / its.get(1, j);
    }
    return converted;
  }

  /** Means and deviations, 0 and 1 where there are none. */
  private static Matrix spread(FeatureScaler scaler, int features) {
    if (scaler.scaling().equals("standardize")) {
      return scaler.parameters();
    }
    Matrix parameters = Matrix.zeros(2, features);
    for (int j = 0; j < features; j++) {
      parameters.set(1, j, 1);
    }
    return parameters;
  }

  /** The configuration's name of the scaling: none, standardize or unit-sphere. */
  String scaling();

  /** Means in row 0 and deviations in row 1 for standardize; otherwise empty. */
  default Matrix parameters() {
    return Matrix.zeros(1, 0);
  }

  /**
   * A scaler that was fitted before.
   *
   * @param scaling what {@link #scaling()} gave
   * @param parameters what {@link #parameters()} gave
   * @throws DataException if there is no such scaling
   */
  static FeatureScaler restore(String scaling, Matrix parameters) {
    return switch (scaling) {
      case "none" -> new Raw();
      case "standardize" -> new Standardize(ColumnMoments.restore(parameters));
      case "unit-sphere" -> new UnitSphere();
      default -> throw new DataException("there is no feature scaling " + scaling);
    };
  }

  /** Leaves features as they are. */
  record Raw() implements FeatureScaler {
    @Override
    public String scaling() {
      return "none";
    }

    @Override
    public double[] forward(double[] row) {
      return row.clone();
    }
  }

  /** (x − mean) / standard deviation, column by column. */
  record Standardize(ColumnMoments moments) implements FeatureScaler {
    @Override
    public String scaling() {
      return "standardize";
    }

    @Override
    public Matrix parameters() {
      return moments.parameters();
    }

    @Override
    public double[] forward(double[] row) {
      double[] scaled = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        scaled[j] = (row[j] - moments.mean(j)) / moments.deviation(j);
      }
      return scaled;
    }
  }

  /**
   * Scales every row to x·x / features = 1: the unit sphere of the inner product that kernels use,
   * which is a sphere of radius √features in the plain one.
   */
  record UnitSphere() implements FeatureScaler {
    @Override
    public String scaling() {
      return "unit-sphere";
    }

    /** Rows of zeros cannot. */
    @Override
    public boolean scales(double[] row) {
      for (double x : row) {
        if (x != 0) {
          return true;
        }
      }
      return false;
    }

    /**
     * {@inheritDoc}
     *
     * @throws DataException for a row of zeros
     */
    @Override
    public double[] forward(double[] row) {
      double largest = 0;
      for (double x : row) {
        largest = Math.max(largest, Math.abs(x));
      }
      if (largest == 0) {
        throw new DataException("a row of zeros cannot be scaled onto a sphere");
      }
      double sum = 0;
      for (double x : row) {
        sum += (x / largest) * (x / largest);
      }
      double norm = Math.sqrt(sum / row.length);
      double[] scaled = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        scaled[j] = row[j] / largest / norm;
      }
      return scaled;
    }
  }
}
