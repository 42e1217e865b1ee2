package finitewidth.ml.param;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * The Params that estimators and models of both kinds have, and their values. What each means is
 * said by {@code explainParams()}.
 */
public interface SharedParams {

  /** All Params of this stage. */
  ParamSet paramSet();

  default Param<String> featuresCol() {
    return paramSet().featuresCol;
  }

  default String getFeaturesCol() {
    return ParamSets.value(this, featuresCol());
  }

  default Param<String> labelCol() {
    return paramSet().labelCol;
  }

  default String getLabelCol() {
    return ParamSets.value(this, labelCol());
  }

  default Param<String> predictionCol() {
    return paramSet().predictionCol;
  }

  default String getPredictionCol() {
    return ParamSets.value(this, predictionCol());
  }

  default Param<String> varianceCol() {
    return paramSet().varianceCol;
  }

  default String getVarianceCol() {
    return ParamSets.value(this, varianceCol());
  }

  default Param<String> deltaMeanCol() {
    return paramSet().deltaMeanCol;
  }

  default String getDeltaMeanCol() {
    return ParamSets.value(this, deltaMeanCol());
  }

  default Param<String> nngpPredictionCol() {
    return paramSet().nngpPredictionCol;
  }

  default String getNngpPredictionCol() {
    return ParamSets.value(this, nngpPredictionCol());
  }

  default Param<String> standardErrorCol() {
    return paramSet().standardErrorCol;
  }

  default String getStandardErrorCol() {
    return ParamSets.value(this, standardErrorCol());
  }

  default Param<String> withinExpansionCol() {
    return paramSet().withinExpansionCol;
  }

  default String getWithinExpansionCol() {
    return ParamSets.value(this, withinExpansionCol());
  }

  default Param<String> handleInvalid() {
    return paramSet().handleInvalid;
  }

  default String getHandleInvalid() {
    return ParamSets.value(this, handleInvalid());
  }

  default IntParam order() {
    return paramSet().order;
  }

  default int getOrder() {
    return (Integer) ParamSets.value(this, order());
  }

  default IntArrayParam hiddenWidths() {
    return paramSet().hiddenWidths;
  }

  default int[] getHiddenWidths() {
    return ParamSets.value(this, hiddenWidths());
  }

  default Param<String> activation() {
    return paramSet().activation;
  }

  default String getActivation() {
    return ParamSets.value(this, activation());
  }

  default DoubleParam negativeSlope() {
    return paramSet().negativeSlope;
  }

  default double getNegativeSlope() {
    return (Double) ParamSets.value(this, negativeSlope());
  }

  default DoubleArrayParam biasVariance() {
    return paramSet().biasVariance;
  }

  default double[] getBiasVariance() {
    return ParamSets.value(this, biasVariance());
  }

  default DoubleArrayParam weightVariance() {
    return paramSet().weightVariance;
  }

  default double[] getWeightVariance() {
    return ParamSets.value(this, weightVariance());
  }

  default DoubleParam noiseVariance() {
    return paramSet().noiseVariance;
  }

  default double getNoiseVariance() {
    return (Double) ParamSets.value(this, noiseVariance());
  }

  default Param<String> hyperparameters() {
    return paramSet().hyperparameters;
  }

  default String getHyperparameters() {
    return ParamSets.value(this, hyperparameters());
  }

  default Param<String> inputScales() {
    return paramSet().inputScales;
  }

  default String getInputScales() {
    return ParamSets.value(this, inputScales());
  }

  default DoubleArrayParam widths() {
    return paramSet().widths;
  }

  default double[] getWidths() {
    return ParamSets.value(this, widths());
  }

  default Param<String> method() {
    return paramSet().method;
  }

  default String getMethod() {
    return ParamSets.value(this, method());
  }

  default IntParam passes() {
    return paramSet().passes;
  }

  default int getPasses() {
    return (Integer) ParamSets.value(this, passes());
  }

  default Param<String> guards() {
    return paramSet().guards;
  }

  default String getGuards() {
    return ParamSets.value(this, guards());
  }

  default IntParam chains() {
    return paramSet().chains;
  }

  default int getChains() {
    return (Integer) ParamSets.value(this, chains());
  }

  default IntParam maxIterations() {
    return paramSet().maxIterations;
  }

  default int getMaxIterations() {
    return (Integer) ParamSets.value(this, maxIterations());
  }

  default DoubleParam maxSeconds() {
    return paramSet().maxSeconds;
  }

  default double getMaxSeconds() {
    return (Double) ParamSets.value(this, maxSeconds());
  }

  default IntParam keptStates() {
    return paramSet().keptStates;
  }

  default int getKeptStates() {
    return (Integer) ParamSets.value(this, keptStates());
  }

  default IntParam maxAnnealing() {
    return paramSet().maxAnnealing;
  }

  default int getMaxAnnealing() {
    return (Integer) ParamSets.value(this, maxAnnealing());
  }

  default LongParam ensembleDraws() {
    return paramSet().ensembleDraws;
  }

  default long getEnsembleDraws() {
    return (Long) ParamSets.value(this, ensembleDraws());
  }

  default Param<String> engine() {
    return paramSet().engine;
  }

  default String getEngine() {
    return ParamSets.value(this, engine());
  }

  default DoubleParam tolerance() {
    return paramSet().tolerance;
  }

  default double getTolerance() {
    return (Double) ParamSets.value(this, tolerance());
  }

  default LongParam maxDraws() {
    return paramSet().maxDraws;
  }

  default long getMaxDraws() {
    return (Long) ParamSets.value(this, maxDraws());
  }

  default LongParam seed() {
    return paramSet().seed;
  }

  default long getSeed() {
    return (Long) ParamSets.value(this, seed());
  }

  default Param<String> quantities() {
    return paramSet().quantities;
  }

  default String getQuantities() {
    return ParamSets.value(this, quantities());
  }

  default Param<String> featureScaling() {
    return paramSet().featureScaling;
  }

  default String getFeatureScaling() {
    return ParamSets.value(this, featureScaling());
  }

  default BooleanParam strict() {
    return paramSet().strict;
  }

  default boolean getStrict() {
    return (Boolean) ParamSets.value(this, strict());
  }

  default IntParam inducingPoints() {
    return paramSet().inducingPoints;
  }

  default int getInducingPoints() {
    return (Integer) ParamSets.value(this, inducingPoints());
  }

  default Param<String> inducingMethod() {
    return paramSet().inducingMethod;
  }

  default String getInducingMethod() {
    return ParamSets.value(this, inducingMethod());
  }

  default IntParam inducingSampleRows() {
    return paramSet().inducingSampleRows;
  }

  default int getInducingSampleRows() {
    return (Integer) ParamSets.value(this, inducingSampleRows());
  }

  default Param<String> inducingApproximation() {
    return paramSet().inducingApproximation;
  }

  default String getInducingApproximation() {
    return ParamSets.value(this, inducingApproximation());
  }
}
