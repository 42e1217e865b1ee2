package finitewidth.ml;

import org.apache.spark.ml.param.Param;

/** The Param that only regressors have. */
public interface RegressorParams extends SharedParams {

  default Param<String> targetScaling() {
    return paramSet().targetScaling;
  }

  default String getTargetScaling() {
    return ParamSets.value(this, targetScaling());
  }
}
