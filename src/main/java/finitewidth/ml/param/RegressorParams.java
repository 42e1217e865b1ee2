package finitewidth.ml.param;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;

/**
 * The Params that only regressors have. Those of quantiles have the names of Spark's own
 * AFTSurvivalRegression.
 *
 * @param <S> the stage itself
 */
public interface RegressorParams<S> extends SharedParams {

  default Param<String> targetScaling() {
    return paramSet().targetScaling;
  }

  default String getTargetScaling() {
    return ParamSets.value(this, targetScaling());
  }

  default DoubleArrayParam quantileProbabilities() {
    return paramSet().quantileProbabilities;
  }

  default double[] getQuantileProbabilities() {
    return ParamSets.value(this, quantileProbabilities());
  }

  default S setQuantileProbabilities(double... value) {
    return ParamSets.set(this, quantileProbabilities(), value);
  }

  default Param<String> quantilesCol() {
    return paramSet().quantilesCol;
  }

  default String getQuantilesCol() {
    return ParamSets.value(this, quantilesCol());
  }

  default S setQuantilesCol(String value) {
    return ParamSets.set(this, quantilesCol(), value);
  }

  default Param<String> densityPositiveCol() {
    return paramSet().densityPositiveCol;
  }

  default String getDensityPositiveCol() {
    return ParamSets.value(this, densityPositiveCol());
  }

  default S setDensityPositiveCol(String value) {
    return ParamSets.set(this, densityPositiveCol(), value);
  }
}
