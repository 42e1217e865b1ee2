package finitewidth.ml;

import finitewidth.ml.param.ParamSets;
import finitewidth.ml.param.RegressorParams;
import finitewidth.model.FiniteWidthModel;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * Bayesian regression with a network of finite width, without training it: mean, variance and log
 * evidence to first order in 1/width, for a label of numbers, or of vectors for several outputs.
 *
 * <p>{@code explainParams()} says what each Param means; they have the job's names and defaults.
 */
public final class FiniteWidthRegressor
    extends FiniteWidthEstimator<FiniteWidthRegressor, FiniteWidthRegressionModel>
    implements RegressorParams<FiniteWidthRegressor> {
  private static final long serialVersionUID = 1L;

  public FiniteWidthRegressor() {
    this(Identifiable.randomUID("finiteWidthRegressor"));
  }

  public FiniteWidthRegressor(String uid) {
    super(uid);
  }

  public FiniteWidthRegressor setTargetScaling(String value) {
    return ParamSets.set(this, paramSet().targetScaling, value);
  }

  @Override
  boolean classifies() {
    return false;
  }

  @Override
  FiniteWidthRegressionModel model(String uid, FiniteWidthModel content) {
    return new FiniteWidthRegressionModel(uid, content);
  }

  @Override
  FiniteWidthRegressor like(String uid) {
    return new FiniteWidthRegressor(uid);
  }

  /** Reads what {@code write()} has written. */
  public static MLReader<FiniteWidthRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator. */
  public static FiniteWidthRegressor load(String path) {
    return read().load(path);
  }
}
