package finitewidth.ml.param;

import org.apache.spark.ml.param.Param;

/**
 * The Params that only classifiers have.
 *
 * @param <S> the stage itself
 */
public interface ClassifierParams<S> extends SharedParams {

  default Param<String> rawPredictionCol() {
    return paramSet().rawPredictionCol;
  }

  default String getRawPredictionCol() {
    return ParamSets.value(this, rawPredictionCol());
  }

  default S setRawPredictionCol(String value) {
    return ParamSets.set(this, paramSet().rawPredictionCol, value);
  }

  default Param<String> probabilityCol() {
    return paramSet().probabilityCol;
  }

  default String getProbabilityCol() {
    return ParamSets.value(this, probabilityCol());
  }

  default S setProbabilityCol(String value) {
    return ParamSets.set(this, paramSet().probabilityCol, value);
  }
}
