package finitewidth.data.scale;

import finitewidth.data.ColumnMoments;
import finitewidth.data.DataException;
import finitewidth.data.TrainingData;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns raw features into the inputs of the network; fitted on training rows, applied to all.
 *
 * <p>Immutable, and small enough to travel with every task.
 */
public sealed interface FeatureScaler extends Serializable {

  /** The scaled copy of one row, without the features that are ignored. */
  double[] forward(double[] row);

  /** Positions of features that are left out because they were constant, ascending. */
  default int[] ignored() {
    return new int[0];
  }

  /** n_0: how many inputs the network has where rows have so many features. */
  default int inputs(int features) {
    return features - ignored().length;
  }

  /** The same scaler for rows that do not have the ignored features any more. */
  default FeatureScaler narrowed() {
    return this;
  }

  /** Whether a row of finite numbers can be scaled. */
  default boolean scales(double[] row) {
    return true;
  }

  /** The scaled copy of a rows × features matrix, rows × inputs. */
  default Matrix forward(Matrix rows) {
    int inputs = inputs(rows.cols());
    Matrix scaled = Matrix.zeros(rows.rows(), inputs);
    for (int i = 0; i < rows.rows(); i++) {
      System.arraycopy(forward(rows.row(i)), 0, scaled.data(), i * inputs, inputs);
    }
    return scaled;
  }

  /** Fits a scaler that ignores constant columns. */
  static FeatureScaler fit(FeatureScaling scaling, TrainingData training) {
    return fit(scaling, ConstantColumns.DROP, training);
  }

  /**
   * Fits a scaler. What is not standardized the network sees as it is, constant or not.
   *
   * @throws DataException naming the columns that are constant, where those are refused or there
   *     are no others to standardize
   */
  static FeatureScaler fit(
      FeatureScaling scaling, ConstantColumns constants, TrainingData training) {
    boolean standardize = scaling == FeatureScaling.STANDARDIZE;
    if (!standardize && constants == ConstantColumns.DROP) {
      return scaling == FeatureScaling.NONE ? new Raw() : new UnitSphere();
    }
    List<String> names = training.schema().featureNames();
    ColumnMoments moments = training.featureMoments();
    List<String> constant = moments.constant(names);
    String rows =
        (constant.size() == 1 ? " is" : " are")
            + " constant over the "
            + training.count()
            + " training rows";
    if (constants == ConstantColumns.REFUSE && !constant.isEmpty()) {
      throw new DataException(
          ConstantColumns.named(constant)
              + rows
              + "; {DATA_CONSTANT_COLUMNS} = drop leaves out what says nothing, and so does"
              + " {DATA_FEATURES_ALL_BUT}");
    }
    if (standardize && constant.size() == names.size()) {
      throw new DataException(
          ConstantColumns.named(constant) + rows + "; no feature is left to learn from");
    }
    if (standardize) {
      moments.refuseInfinite(names);
      return new Standardize(moments);
    }
    return scaling == FeatureScaling.NONE ? new Raw() : new UnitSphere();
  }

  /**
   * What a user should know of the features that are ignored.
   *
   * @param names of all features
   * @param rows of training
   */
  default List<String> warnings(List<String> names, long rows) {
    List<String> ignored = Arrays.stream(ignored()).mapToObj(names::get).toList();
    return ignored.isEmpty()
        ? List.of()
        : List.of(
            ConstantColumns.named(ignored)
                + (ignored.size() == 1 ? " is" : " are")
                + " constant over the "
                + rows
                + " training rows and left out");
  }

  /**
   * This scaler with its results multiplied by a factor for each input.
   *
   * @param factors positive, one for each input
   * @throws IllegalArgumentException for a scaler onto a sphere, which its factors would leave
   */
  default FeatureScaler times(double[] factors) {
    if (scaling().equals("unit-sphere")) {
      throw new IllegalArgumentException(scaling() + " has no factors");
    }
    Matrix moments = spread(this, factors.length).copy();
    int[] kept = kept(moments);
    for (int k = 0; k < factors.length; k++) {
      moments.set(1, kept[k], moments.get(1, kept[k]) / factors[k]);
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
    int[] kept = kept(mine);
    for (int k = 0; k < scaled.data().length; k++) {
      int j = kept[k % scaled.cols()];
      converted.data()[k] *= mine.get(1, j) / its.get(1, j);
    }
    return converted;
  }

  /** The features that have a deviation. */
  private static int[] kept(Matrix moments) {
    return IntStream.range(0, moments.cols()).filter(j -> moments.get(1, j) != 0).toArray();
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

  /**
   * Means in row 0 and deviations in row 1 for standardize, a deviation of 0 for a feature that is
   * ignored; otherwise empty.
   */
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

  /**
   * (x − mean) / standard deviation, column by column.
   *
   * @param kept positions of the features that are not ignored
   */
  record Standardize(ColumnMoments moments, int[] kept) implements FeatureScaler {
    /** Features without a deviation are ignored. */
    Standardize(ColumnMoments moments) {
      this(moments, FeatureScaler.kept(moments.parameters()));
    }

    @Override
    public int[] ignored() {
      return IntStream.range(0, moments.columns()).filter(j -> moments.deviation(j) == 0).toArray();
    }

    @Override
    public FeatureScaler narrowed() {
      Matrix all = moments.parameters();
      Matrix narrow = Matrix.zeros(2, kept.length);
      for (int k = 0; k < kept.length; k++) {
        narrow.set(0, k, all.get(0, kept[k]));
        narrow.set(1, k, all.get(1, kept[k]));
      }
      return new Standardize(ColumnMoments.restore(narrow));
    }

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
      double[] scaled = new double[kept.length];
      for (int k = 0; k < kept.length; k++) {
        int j = kept[k];
        scaled[k] = (row[j] - moments.mean(j)) / moments.deviation(j);
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
