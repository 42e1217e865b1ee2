package finitewidth.data.scale;

import finitewidth.data.ColumnMoments;
import finitewidth.data.DataException;
import finitewidth.data.TrainingData;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Turns raw features into the inputs of the network; fitted on training rows, applied to all.
 *
 * <ul>
 *   <li>{@code NONE} leaves features as they are.
 *   <li>{@code STANDARDIZE} is (x − mean) / standard deviation, column by column, and leaves out
 *       features without a deviation.
 *   <li>{@code UNIT_SPHERE} scales every row to x·x / features = 1: the unit sphere of the inner
 *       product that kernels use, which is a sphere of radius √features in the plain one.
 * </ul>
 *
 * <p>Immutable, and small enough to travel with every task.
 */
public final class FeatureScaler implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureScaling scaling;

  /** Means in row 0 and deviations in row 1 where features are standardized; otherwise empty. */
  private final Matrix moments;

  private FeatureScaler(FeatureScaling scaling, Matrix moments) {
    this.scaling = scaling;
    this.moments = moments;
  }

  private FeatureScaler(FeatureScaling scaling) {
    this(scaling, Matrix.zeros(1, 0));
  }

  /**
   * Fits a scaler. What is not standardized the network sees as it is, constant or not.
   *
   * @throws DataException naming the columns that are constant, where those are refused or there
   *     are no others to standardize
   */
  public static FeatureScaler fit(
      FeatureScaling scaling, ConstantColumns constants, TrainingData training) {
    boolean standardize = scaling == FeatureScaling.STANDARDIZE;
    if (!standardize && constants == ConstantColumns.DROP) {
      return new FeatureScaler(scaling);
    }
    List<String> names = training.schema().featureNames();
    ColumnMoments moments = training.featureMoments();
    List<String> constant = moments.constant(names);
    if (constants == ConstantColumns.REFUSE && !constant.isEmpty()) {
      throw new DataException(
          ConstantColumns.are(constant, training.count())
              + "; {DATA_CONSTANT_COLUMNS} = drop leaves out what says nothing, and so does"
              + " {DATA_FEATURES_ALL_BUT}");
    }
    if (!standardize) {
      return new FeatureScaler(scaling);
    }
    if (constant.size() == names.size()) {
      throw new DataException(
          ConstantColumns.are(constant, training.count()) + "; no feature is left to learn from");
    }
    moments.refuseInfinite(names);
    return new FeatureScaler(scaling, moments.parameters());
  }

  /**
   * A scaler that was fitted before.
   *
   * @param scaling what {@link #scaling()} gave
   * @param parameters what {@link #parameters()} gave
   * @throws DataException if there is no such scaling
   */
  public static FeatureScaler restore(String scaling, Matrix parameters) {
    for (FeatureScaling known : FeatureScaling.values()) {
      if (name(known).equals(scaling)) {
        return new FeatureScaler(known, parameters);
      }
    }
    throw new DataException("there is no feature scaling " + scaling);
  }

  private static String name(FeatureScaling scaling) {
    return scaling.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The configuration's name of the scaling: none, standardize or unit-sphere. */
  public String scaling() {
    return name(scaling);
  }

  /**
   * Means in row 0 and deviations in row 1 for standardize, a deviation of 0 for a feature that is
   * ignored; otherwise empty.
   */
  public Matrix parameters() {
    return moments;
  }

  /** Positions of features that are left out because they were constant, ascending. */
  public int[] ignored() {
    return IntStream.range(0, moments.cols()).filter(j -> moments.get(1, j) == 0).toArray();
  }

  /** n_0: how many inputs the network has where rows have so many features. */
  public int inputs(int features) {
    return features - ignored().length;
  }

  /** The same scaler for rows that do not have the ignored features any more. */
  public FeatureScaler narrowed() {
    int[] kept = kept(moments);
    Matrix narrow = Matrix.zeros(moments.rows(), kept.length);
    for (int k = 0; k < kept.length; k++) {
      narrow.set(0, k, moments.get(0, kept[k]));
      narrow.set(1, k, moments.get(1, kept[k]));
    }
    return new FeatureScaler(scaling, narrow);
  }

  /** What a user should know of the features that are ignored, of so many rows of training. */
  public List<String> warnings(List<String> names, long rows) {
    List<String> ignored = Arrays.stream(ignored()).mapToObj(names::get).toList();
    return ignored.isEmpty()
        ? List.of()
        : List.of(ConstantColumns.are(ignored, rows) + " and left out");
  }

  /** Whether a row of finite numbers can be scaled: one of zeros cannot be, onto a sphere. */
  public boolean scales(double[] row) {
    return scaling != FeatureScaling.UNIT_SPHERE || Arrays.stream(row).anyMatch(x -> x != 0);
  }

  /** The scaled copy of a rows × features matrix, rows × inputs. */
  public Matrix forward(Matrix rows) {
    Matrix scaled = Matrix.zeros(rows.rows(), inputs(rows.cols()));
    for (int i = 0; i < rows.rows(); i++) {
      double[] row = forward(rows.row(i));
      System.arraycopy(row, 0, scaled.data(), i * row.length, row.length);
    }
    return scaled;
  }

  /**
   * The scaled copy of one row, without the features that are ignored.
   *
   * @throws DataException for a row of zeros that should be on a sphere
   */
  public double[] forward(double[] row) {
    return switch (scaling) {
      case NONE -> row.clone();
      case STANDARDIZE -> standardized(row);
      case UNIT_SPHERE -> onSphere(row);
    };
  }

  private double[] standardized(double[] row) {
    double[] scaled = new double[row.length];
    int inputs = 0;
    for (int j = 0; j < row.length; j++) {
      double deviation = moments.get(1, j);
      if (deviation != 0) {
        scaled[inputs++] = (row[j] - moments.get(0, j)) / deviation;
      }
    }
    return inputs == scaled.length ? scaled : Arrays.copyOf(scaled, inputs);
  }

  private static double[] onSphere(double[] row) {
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

  /**
   * This scaler with its results multiplied by a factor for each input.
   *
   * @param factors positive, one for each input
   * @throws IllegalArgumentException for a scaler onto a sphere, which its factors would leave
   */
  public FeatureScaler times(double[] factors) {
    if (scaling == FeatureScaling.UNIT_SPHERE) {
      throw new IllegalArgumentException(scaling() + " has no factors");
    }
    Matrix spread = spread(factors.length).copy();
    int[] kept = kept(spread);
    for (int k = 0; k < factors.length; k++) {
      spread.set(1, kept[k], spread.get(1, kept[k]) / factors[k]);
    }
    return new FeatureScaler(FeatureScaling.STANDARDIZE, spread);
  }

  /**
   * Rows that this scaler has made, as another one would have made them.
   *
   * @param other this one, or this one with factors
   */
  public Matrix convert(Matrix scaled, FeatureScaler other) {
    Matrix mine = spread(scaled.cols());
    Matrix its = other.spread(scaled.cols());
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
  private Matrix spread(int features) {
    if (scaling == FeatureScaling.STANDARDIZE) {
      return moments;
    }
    Matrix parameters = Matrix.zeros(2, features);
    Arrays.fill(parameters.data(), features, 2 * features, 1);
    return parameters;
  }
}
