package finitewidth.model;

import finitewidth.Library;
import finitewidth.data.scale.FeatureScaler;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.scale.TargetScaler;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Inference;
import finitewidth.inference.State;
import finitewidth.inference.auto.Engines;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A model in memory from {@link ModelMetadata} and {@link Tensors}, and its metadata; {@link
 * ModelTensors} has the way from the model to tensors.
 */
final class ModelContent {
  private ModelContent() {}

  /**
   * All of a model that is not a tensor.
   *
   * @param digests of the files of tensors
   */
  static ModelMetadata metadata(FiniteWidthModel model, Map<String, String> digests) {
    ContractionProblem problem = model.posterior().problem();
    Architecture network = problem.flow().architecture();
    int layers = network.hiddenLayers() + 1;
    return new ModelMetadata(
        ModelMetadata.FORMAT,
        Library.version(),
        network.activation().name(),
        network.activation().parameters(),
        numbers(layers - 1, model.widths()::width),
        numbers(layers, network::biasVariance),
        numbers(layers, network::weightVariance),
        model.noiseVariance(),
        problem.size(),
        problem.tolerance(),
        problem.variance(),
        model.posterior().engine(),
        model.posterior().state().numbers(),
        ModelEvidence.widths(model.posterior().logEvidence()),
        model.preprocessing().features().scaling(),
        model.columns().features(),
        model.columns().targets(),
        model.featureNames(),
        model.outputNames(),
        model.classNames(),
        model.inducing(),
        model.preprocessing().features().ignored().length,
        digests);
  }

  private static List<Double> numbers(int count, IntToDoubleFunction number) {
    return IntStream.range(0, count).mapToDouble(number).boxed().toList();
  }

  /** How large a model is. */
  static ModelShape shape(ModelMetadata metadata) {
    return new ModelShape(
        new ConditioningShape(
            network(metadata),
            metadata.trainingRows(),
            metadata.featureNames().size() - metadata.ignoredFeatures(),
            metadata.outputNames().size(),
            metadata.variance()),
        new State(engine(metadata).name(), metadata.sortedNumbers(), new TreeMap<>()));
  }

  private static Architecture network(ModelMetadata metadata) {
    return Architecture.of(
        activation(metadata), array(metadata.biasVariances()), array(metadata.weightVariances()));
  }

  /**
   * The model that was written.
   *
   * @param tensors of the shapes that the metadata imply
   * @throws ModelException if they make no model
   */
  static FiniteWidthModel of(ModelMetadata metadata, Tensors tensors) {
    Architecture network = network(metadata);
    for (int k = 0; k < metadata.trainingRows(); k++) {
      if (!(tensors.get(ModelTensors.CHOLESKY).get(k, k) > 0)) {
        throw new ModelException("tensor " + ModelTensors.CHOLESKY + " is no Cholesky factor");
      }
    }
    FeatureScaler features =
        FeatureScaler.restore(metadata.featureScaling(), tensors.get(ModelTensors.FEATURES));
    if (features.ignored().length != metadata.ignoredFeatures()) {
      throw new ModelException("tensor " + ModelTensors.FEATURES + " ignores other features");
    }
    NngpPosterior nngp =
        NngpPosterior.of(
            Cholesky.restore(tensors.get(ModelTensors.CHOLESKY)),
            tensors.get(ModelTensors.PHI),
            tensors.get(ModelTensors.DATA_FIT).get(0, 0),
            tensors.get(ModelEvidence.NNGP).get(0, 0));
    SampleFlow flow = SampleFlow.of(network, tensors.get(ModelTensors.INPUTS));
    Matrix phi = tensors.get(ModelTensors.PHI);
    ContractionProblem problem =
        engine(metadata).contracts()
            ? new ContractionProblem(
                flow,
                phi,
                tensors.get(ModelTensors.INVERSE),
                metadata.variance(),
                metadata.tolerance())
            : ContractionProblem.uncontracted(flow, phi, metadata.variance(), metadata.tolerance());
    LogEvidence evidence = ModelEvidence.of(metadata.evidenceWidths(), tensors);
    return new FiniteWidthModel(
        engine(metadata).restore(nngp, problem, evidence, state(metadata, tensors)),
        new Preprocessing(features, TargetScaler.restore(tensors.get(ModelTensors.TARGETS))),
        Widths.of(array(metadata.hiddenWidths())),
        metadata.noiseVariance(),
        new FiniteWidthModel.SourceColumns(metadata.featureColumns(), metadata.targetColumns()),
        metadata.featureNames(),
        metadata.outputNames(),
        metadata.classes(),
        metadata.inducing());
  }

  private static Activation activation(ModelMetadata metadata) {
    Map<String, Double> parameters = metadata.activationParameters();
    return Activations.of(metadata.activation(), parameters)
        .orElseThrow(
            () ->
                new ModelException(
                    "activation "
                        + metadata.activation()
                        + (parameters.isEmpty() ? "" : " with " + parameters)
                        + " is unknown"));
  }

  /** The engine that has made the model. */
  static Inference engine(ModelMetadata metadata) {
    return Engines.saved(metadata.engine())
        .orElseThrow(() -> new ModelException("engine " + metadata.engine() + " is unknown"));
  }

  private static State state(ModelMetadata metadata, Tensors tensors) {
    SortedMap<String, Matrix> own = new TreeMap<>();
    engine(metadata)
        .expect(
            ModelTensors.sizes(metadata),
            (name, rows, columns) -> own.put(name, tensors.get(name)));
    return new State(metadata.engine(), metadata.sortedNumbers(), own);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
