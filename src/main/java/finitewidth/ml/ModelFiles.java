package finitewidth.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.RowTerms;
import finitewidth.data.Classes;
import finitewidth.data.FeatureScaler;
import finitewidth.data.Preprocessing;
import finitewidth.data.TargetScaler;
import finitewidth.flow.Architecture;
import finitewidth.flow.SampleFlow;
import finitewidth.flow.Widths;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.ActivationClassException;
import finitewidth.gaussian.Activations;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.DrawnPosterior;
import finitewidth.posterior.FittedPosterior;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.SampledPosterior;
import finitewidth.sampled.SampledContraction;
import finitewidth.sampled.SampledProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Writes and reads a {@link FiniteWidthModel}: {@code metadata/} is one line of JSON, {@code
 * tensors/} a Parquet table. What is read back predicts the same bits.
 */
public final class ModelFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFiles() {}

  /**
   * Writes a model into a directory that does not exist yet.
   *
   * @param library version of finite-width
   */
  public static void write(
      SparkSession spark, FiniteWidthModel model, String library, String path) {
    ContractionProblem problem = model.posterior().problem();
    Architecture network = problem.flow().architecture();
    int layers = network.hiddenLayers() + 1;
    ModelMetadata metadata =
        new ModelMetadata(
            ModelMetadata.FORMAT,
            library,
            network.activation().name(),
            network.activation().parameters(),
            numbers(layers - 1, model.widths()::width),
            numbers(layers, network::biasVariance),
            numbers(layers, network::weightVariance),
            model.noiseVariance(),
            problem.tolerance(),
            problem.variance(),
            sampling(model.posterior()),
            model.preprocessing().features().scaling(),
            model.featureNames(),
            model.outputNames(),
            model.classes().map(Classes::names).orElse(List.of()));
    try {
      spark
          .createDataset(List.of(JSON.writeValueAsString(metadata)), Encoders.STRING())
          .coalesce(1)
          .write()
          .text(path + "/metadata");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    tensors(model).write(spark, path + "/tensors");
  }

  private static List<ModelMetadata.Sampling> sampling(FittedPosterior posterior) {
    if (posterior instanceof DrawnPosterior drawn) {
      SampledProblem problem = drawn.sampled().contraction().problem();
      return List.of(
          new ModelMetadata.Sampling(
              problem.seed(),
              problem.drawsPerBatch(),
              Arrays.stream(drawn.batches()).boxed().toList()));
    }
    return List.of();
  }

  private static List<Double> numbers(int count, IntToDoubleFunction number) {
    return IntStream.range(0, count).mapToDouble(number).boxed().toList();
  }

  private static Tensors tensors(FiniteWidthModel model) {
    Tensors tensors = new Tensors();
    FittedPosterior posterior = model.posterior();
    ContractionProblem problem = posterior.problem();
    tensors.put("features/parameters", model.preprocessing().features().parameters());
    tensors.put("targets/parameters", model.preprocessing().targets().parameters());
    tensors.put("inputs", problem.flow().inputs());
    tensors.put("phi", problem.phi());
    tensors.put("inverse", problem.inverse());
    tensors.put("cholesky", posterior.nngp().cholesky().factor());
    tensors.put("data-fit", new double[] {posterior.nngp().dataFit()});
    tensors.put("log-evidence/nngp", new double[] {posterior.logEvidence().nngp()});
    tensors.put("log-evidence/coefficients", posterior.logEvidence().coefficients());
    tensors.put("log-evidence/errors", posterior.logEvidence().errors());
    if (posterior instanceof CorrectedPosterior corrected) {
      putSources(tensors, corrected.sources());
    }
    return tensors;
  }

  private static void putSources(Tensors tensors, List<CorrectedPosterior.Source> sources) {
    for (int s = 0; s < sources.size(); s++) {
      CorrectedPosterior.Source source = sources.get(s);
      RowTerms forRows = source.forRows();
      String at = "source-" + s + "/";
      tensors.put(at + "shift", source.shift());
      putAll(tensors, at + "variance-shift-", source.varianceShift());
      tensors.put(at + "mean", new double[] {forRows.mean()});
      tensors.put(at + "plain-diagonal", forRows.plainDiagonal());
      tensors.put(at + "squares", forRows.squares());
      putAll(tensors, at + "mixed-", forRows.mixed());
      putAll(tensors, at + "corner-", forRows.corner());
    }
  }

  private static void putAll(Tensors tensors, String prefix, List<Matrix> matrices) {
    for (int x = 0; x < matrices.size(); x++) {
      tensors.put(prefix + x, matrices.get(x));
    }
  }

  /**
   * Reads a model.
   *
   * @throws ModelException if it is newer than this version, incomplete or damaged
   */
  public static FiniteWidthModel read(SparkSession spark, String path) {
    ModelMetadata metadata = metadata(spark, path);
    Tensors tensors = Tensors.read(spark, path + "/tensors");
    Activation activation = activation(metadata);
    Architecture network =
        Architecture.of(
            activation, array(metadata.biasVariances()), array(metadata.weightVariances()));
    Matrix inputs = tensors.get("inputs");
    int rows = inputs.rows();
    int outputs = metadata.outputNames().size();
    Matrix phi = tensors.get("phi", rows, outputs);
    NngpPosterior nngp =
        NngpPosterior.restore(
            Cholesky.restore(tensors.get("cholesky", rows, rows)),
            phi,
            tensors.get("data-fit", 1, 1).get(0, 0));
    ContractionProblem problem =
        new ContractionProblem(
            SampleFlow.of(network, inputs),
            phi,
            tensors.get("inverse", rows, rows),
            metadata.variance(),
            metadata.tolerance());
    LogEvidence evidence =
        new LogEvidence(
            tensors.get("log-evidence/nngp", 1, 1).get(0, 0),
            tensors.get("log-evidence/coefficients", 1, problem.sources()).data(),
            tensors.get("log-evidence/errors", 1, problem.sources()).data());
    return new FiniteWidthModel(
        metadata.sampling().isEmpty()
            ? corrected(tensors, nngp, problem, evidence)
            : drawn(metadata.sampling().get(0), nngp, problem, evidence),
        new Preprocessing(
            FeatureScaler.restore(metadata.featureScaling(), tensors.get("features/parameters")),
            TargetScaler.restore(tensors.get("targets/parameters", 2, outputs))),
        Widths.of(array(metadata.hiddenWidths())),
        metadata.noiseVariance(),
        metadata.featureNames(),
        metadata.outputNames(),
        metadata.classes().isEmpty()
            ? Optional.empty()
            : Optional.of(Classes.restore(metadata.classes())));
  }

  private static Activation activation(ModelMetadata metadata) {
    try {
      return Activations.of(metadata.activation(), metadata.activationParameters())
          .orElseThrow(() -> new ModelException(unknownActivation(metadata)));
    } catch (ActivationClassException e) {
      throw new ModelException(
          "the model's activation is " + metadata.activation() + ": " + e.getMessage());
    }
  }

  private static String unknownActivation(ModelMetadata metadata) {
    Map<String, Double> parameters = metadata.activationParameters();
    return "activation "
        + metadata.activation()
        + (parameters.isEmpty() ? "" : " with " + parameters)
        + " is unknown";
  }

  private static CorrectedPosterior corrected(
      Tensors tensors, NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence) {
    List<CorrectedPosterior.Source> sources = new ArrayList<>();
    for (int s = 0; s < problem.sources(); s++) {
      sources.add(source(tensors, problem, s));
    }
    return new CorrectedPosterior(nngp, problem, sources, evidence);
  }

  private static DrawnPosterior drawn(
      ModelMetadata.Sampling sampling,
      NngpPosterior nngp,
      ContractionProblem problem,
      LogEvidence evidence) {
    SampledProblem sampled =
        new SampledProblem(problem, nngp.cholesky(), sampling.seed(), sampling.drawsPerBatch());
    return new DrawnPosterior(
        new SampledPosterior(nngp, SampledContraction.of(sampled)),
        sampling.batches().stream().mapToInt(Integer::intValue).toArray(),
        evidence);
  }

  private static CorrectedPosterior.Source source(
      Tensors tensors, ContractionProblem problem, int s) {
    int n = problem.size();
    String at = "source-" + s + "/";
    int mixed = problem.mixes(s) ? problem.crossWeights() : 0;
    return new CorrectedPosterior.Source(
        tensors.get(at + "shift", n, n),
        all(tensors, at + "variance-shift-", problem.crossWeights() - 1, n),
        new RowTerms(
            tensors.get(at + "mean", 1, 1).get(0, 0),
            tensors.get(at + "plain-diagonal", 1, n).data(),
            tensors.get(at + "squares", n, n),
            all(tensors, at + "mixed-", mixed, n),
            all(tensors, at + "corner-", mixed, n)));
  }

  private static List<Matrix> all(Tensors tensors, String prefix, int count, int n) {
    List<Matrix> matrices = new ArrayList<>();
    for (int x = 0; x < count; x++) {
      matrices.add(tensors.get(prefix + x, n, n));
    }
    return matrices;
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static ModelMetadata metadata(SparkSession spark, String path) {
    String text = spark.read().textFile(path + "/metadata").first();
    try {
      int format = JSON.readTree(text).path("format").asInt(0);
      if (format < 1 || format > ModelMetadata.FORMAT) {
        throw new ModelException(
            path
                + " has model format "
                + format
                + "; this version reads up to "
                + ModelMetadata.FORMAT);
      }
      return JSON.readValue(text, ModelMetadata.class);
    } catch (JsonProcessingException e) {
      throw new ModelException(path + " has damaged metadata: " + e.getOriginalMessage());
    }
  }
}
