package finitewidth.ml.param;

/**
 * Sets what a model may change after the fit, which an estimator hands on to its models. What each
 * Param means is said by {@code explainParams()}.
 *
 * @param <S> the stage itself
 */
public interface PredictionSetters<S> extends SharedParams {

  default S setFeaturesCol(String value) {
    return ParamSets.set(this, paramSet().featuresCol, value);
  }

  default S setPredictionCol(String value) {
    return ParamSets.set(this, paramSet().predictionCol, value);
  }

  default S setVarianceCol(String value) {
    return ParamSets.set(this, paramSet().varianceCol, value);
  }

  default S setDeltaMeanCol(String value) {
    return ParamSets.set(this, paramSet().deltaMeanCol, value);
  }

  default S setNngpPredictionCol(String value) {
    return ParamSets.set(this, paramSet().nngpPredictionCol, value);
  }

  default S setStandardErrorCol(String value) {
    return ParamSets.set(this, paramSet().standardErrorCol, value);
  }

  default S setWithinExpansionCol(String value) {
    return ParamSets.set(this, paramSet().withinExpansionCol, value);
  }

  default S setHandleInvalid(String value) {
    return ParamSets.set(this, paramSet().handleInvalid, value);
  }

  default S setOrder(int value) {
    return ParamSets.set(this, paramSet().order, value);
  }

  default S setHiddenWidths(int... value) {
    return ParamSets.set(this, paramSet().hiddenWidths, value);
  }
}
