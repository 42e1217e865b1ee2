package finitewidth.ml;

import finitewidth.ml.param.RegressorParams;
import finitewidth.model.FiniteWidthModel;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * A model for regression: the posterior of a network of finite width, in the units of the label.
 */
public final class FiniteWidthRegressionModel
    extends FiniteWidthPredictionModel<FiniteWidthRegressionModel>
    implements RegressorParams<FiniteWidthRegressionModel> {
  private static final long serialVersionUID = 1L;

  /** A model of nothing, by which a server of Spark Connect knows the class. */
  public FiniteWidthRegressionModel() {
    super("", null, null);
  }

  /** A model of what was fitted. */
  public FiniteWidthRegressionModel(FiniteWidthModel content) {
    this(Identifiable.randomUID("finiteWidthRegression"), content);
  }

  FiniteWidthRegressionModel(String uid, FiniteWidthModel content) {
    this(uid, content, new SharedPosterior(content.posterior()));
  }

  private FiniteWidthRegressionModel(String uid, FiniteWidthModel content, SharedPosterior shared) {
    super(uid, content, shared);
  }

  @Override
  FiniteWidthRegressionModel like(String uid, FiniteWidthModel content, SharedPosterior shared) {
    return new FiniteWidthRegressionModel(uid, content, shared);
  }

  @Override
  boolean classifies() {
    return false;
  }

  /** Reads what {@code write()} or the job's {@code fit} has written. */
  public static MLReader<FiniteWidthRegressionModel> read() {
    return new ModelReader<>(FiniteWidthRegressionModel.class, FiniteWidthRegressionModel::new);
  }

  /**
   * Loads a model.
   *
   * @throws finitewidth.model.ModelException if there is none, or it is newer than this version,
   *     incomplete or damaged
   */
  public static FiniteWidthRegressionModel load(String path) {
    return read().load(path);
  }
}
