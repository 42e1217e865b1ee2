package finitewidth.job.fit;

import finitewidth.data.TrainingSchema;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.Posterior;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.Words;
import finitewidth.job.output.ResultDirectory;
import finitewidth.job.train.Trained;
import finitewidth.ml.FiniteWidthClassificationModel;
import finitewidth.ml.FiniteWidthPredictionModel;
import finitewidth.ml.FiniteWidthRegressionModel;
import finitewidth.ml.param.ParamSet;
import finitewidth.model.FiniteWidthModel;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** What a fit leaves behind, as a model of spark.ml. */
final class SavedModel {
  private SavedModel() {}

  /** A model whose Params say how it was fitted. */
  static FiniteWidthPredictionModel<?> of(JobConfig config, Trained trained, Posterior posterior) {
    Preprocessing preprocessing = trained.preprocessing();
    TrainingSchema training = trained.schema();
    if (training.hasNamedFeatures()) {
      // Columns that were left out need not be there any more when rows are predicted.
      training = training.without(preprocessing.features().ignored());
      preprocessing =
          new Preprocessing(preprocessing.features().narrowed(), preprocessing.targets());
    }
    Widths widths = Networks.widths(config.network());
    FiniteWidthModel content =
        new FiniteWidthModel(
            posterior,
            preprocessing,
            widths,
            config.noiseVariance(),
            new FiniteWidthModel.SourceColumns(
                training.columns(),
                config.data().columns().label().map(List::of).orElse(training.outputNames())),
            training,
            trained.inducing().stream()
                .map(
                    i ->
                        new FiniteWidthModel.Inducing(
                            i.rows(), i.method(), i.approximation(), i.variationalBound()))
                .toList());
    return content.isClassification()
        ? describe(new FiniteWidthClassificationModel(content), config)
        : describe(new FiniteWidthRegressionModel(content), config);
  }

  /** Writes it as a part of a result. */
  static void write(
      SparkSession session, ResultDirectory result, FiniteWidthPredictionModel<?> model) {
    result.part(
        "model",
        path -> {
          try {
            model.write().session(session).save(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static <M extends FiniteWidthPredictionModel<M>> M describe(M model, JobConfig config) {
    NetworkConfig network = config.network();
    // Params are ints; wider layers are kept by the model itself.
    if (network.hiddenWidths().stream().allMatch(width -> width <= Integer.MAX_VALUE)) {
      model.setHiddenWidths(network.hiddenWidths().stream().mapToInt(Long::intValue).toArray());
    }
    model.set(model.activation(), network.activation());
    network.negativeSlope().ifPresent(slope -> model.set(model.negativeSlope(), slope));
    model.set(model.biasVariance(), array(network.biasVariances()));
    model.set(model.weightVariance(), array(network.weightVariances()));
    model.set(model.noiseVariance(), config.noiseVariance());
    // Evidence has found numbers that are fixed from here on.
    boolean sampled = config.sampled().isPresent();
    model.set(model.hyperparameters(), sampled ? ParamSet.SAMPLED : ParamSet.FIXED);
    model.set(
        model.inputScales(),
        sampled && config.sampled().orElseThrow().perFeature() ? ParamSet.PER_FEATURE : "none");
    model.set(model.widths(), array(config.widths()));
    model.set(model.method(), Words.of(config.posterior().method()));
    model.set(model.passes(), config.posterior().passes());
    model.set(model.guards(), Words.of(config.posterior().guards()));
    model.set(model.chains(), config.posterior().chains().chains());
    model.set(model.maxIterations(), config.posterior().chains().iterations());
    model.set(model.maxSeconds(), config.posterior().chains().seconds().orElse(0.0));
    model.set(model.keptStates(), config.posterior().chains().states());
    model.set(model.maxAnnealing(), config.posterior().chains().annealing());
    model.set(model.ensembleDraws(), config.posterior().draws());
    model.set(model.engine(), Words.of(config.contraction().engine()));
    model.set(model.maxDraws(), config.contraction().maxDraws());
    model.set(model.seed(), config.contraction().seed());
    model.set(model.quantities(), Words.of(config.contraction().quantities()));
    model.set(model.featureScaling(), Words.of(config.preprocess().features()));
    if (model instanceof FiniteWidthRegressionModel regression) {
      model.set(regression.targetScaling(), Words.of(config.preprocess().target()));
    }
    model.set(model.strict(), config.strict());
    config
        .inducing()
        .ifPresent(
            inducing -> {
              model.set(model.inducingPoints(), inducing.points());
              model.set(model.inducingMethod(), Words.of(inducing.method()));
              model.set(model.inducingSampleRows(), inducing.sampleRows());
              model.set(model.inducingApproximation(), Words.of(inducing.approximation()));
            });
    return model;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
