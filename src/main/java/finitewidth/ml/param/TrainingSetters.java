package finitewidth.ml.param;

/**
 * Sets what a fit depends on. What each Param means is said by {@code explainParams()}.
 *
 * @param <S> the estimator itself
 */
public interface TrainingSetters<S> extends PredictionSetters<S> {

  default S setLabelCol(String value) {
    return ParamSets.set(this, paramSet().labelCol, value);
  }

  default S setActivation(String value) {
    return ParamSets.set(this, paramSet().activation, value);
  }

  default S setNegativeSlope(double value) {
    return ParamSets.set(this, paramSet().negativeSlope, value);
  }

  default S setBiasVariance(double... value) {
    return ParamSets.set(this, paramSet().biasVariance, value);
  }

  default S setWeightVariance(double... value) {
    return ParamSets.set(this, paramSet().weightVariance, value);
  }

  default S setNoiseVariance(double value) {
    return ParamSets.set(this, paramSet().noiseVariance, value);
  }

  default S setHyperparameters(String value) {
    return ParamSets.set(this, paramSet().hyperparameters, value);
  }

  default S setInputScales(String value) {
    return ParamSets.set(this, paramSet().inputScales, value);
  }

  default S setWidths(double... value) {
    return ParamSets.set(this, paramSet().widths, value);
  }

  default S setMethod(String value) {
    return ParamSets.set(this, paramSet().method, value);
  }

  default S setPasses(int value) {
    return ParamSets.set(this, paramSet().passes, value);
  }

  default S setGuards(String value) {
    return ParamSets.set(this, paramSet().guards, value);
  }

  default S setChains(int value) {
    return ParamSets.set(this, paramSet().chains, value);
  }

  default S setMaxIterations(int value) {
    return ParamSets.set(this, paramSet().maxIterations, value);
  }

  default S setMaxSeconds(double value) {
    return ParamSets.set(this, paramSet().maxSeconds, value);
  }

  default S setKeptStates(int value) {
    return ParamSets.set(this, paramSet().keptStates, value);
  }

  default S setMaxAnnealing(int value) {
    return ParamSets.set(this, paramSet().maxAnnealing, value);
  }

  default S setEnsembleDraws(long value) {
    return ParamSets.set(this, paramSet().ensembleDraws, value);
  }

  default S setEngine(String value) {
    return ParamSets.set(this, paramSet().engine, value);
  }

  default S setTolerance(double value) {
    return ParamSets.set(this, paramSet().tolerance, value);
  }

  default S setMaxDraws(long value) {
    return ParamSets.set(this, paramSet().maxDraws, value);
  }

  default S setSeed(long value) {
    return ParamSets.set(this, paramSet().seed, value);
  }

  default S setQuantities(String value) {
    return ParamSets.set(this, paramSet().quantities, value);
  }

  default S setFeatureScaling(String value) {
    return ParamSets.set(this, paramSet().featureScaling, value);
  }

  default S setStrict(boolean value) {
    return ParamSets.set(this, paramSet().strict, value);
  }

  default S setInducingPoints(int value) {
    return ParamSets.set(this, paramSet().inducingPoints, value);
  }

  default S setInducingMethod(String value) {
    return ParamSets.set(this, paramSet().inducingMethod, value);
  }

  default S setInducingSampleRows(int value) {
    return ParamSets.set(this, paramSet().inducingSampleRows, value);
  }

  default S setInducingApproximation(String value) {
    return ParamSets.set(this, paramSet().inducingApproximation, value);
  }
}
