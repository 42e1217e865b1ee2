package finitewidth.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finitewidth.contraction.ContractionProblem;
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
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.DrawnPosterior;
import finitewidth.posterior.FittedPosterior;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.SampledPosterior;
import finitewidth.sampled.SampledContraction;
import finitewidth.sampled.SampledProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Writes and reads the directory of a spark.ml model: {@code metadata/} is one line of JSON as
 * spark.ml writes it, with {@link ModelMetadata} beside the Params, and {@code data/} a Parquet
 * table of {@link Tensors}. What is read back predicts the same bits.
 */
final class ModelFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "/metadata";
  private static final String DATA = "/data";
  private static final int LONGEST_REASON = 300;

  private ModelFiles() {}

  /**
   * What was read.
   *
   * @param className of the spark.ml model
   * @param json all metadata
   */
  record Loaded(String className, String json, FiniteWidthModel content) {}

  /**
   * Writes a model into a directory that does not exist yet.
   *
   * @param stage whose class, uid and Params are kept
   */
  static void write(SparkSession spark, FiniteWidthModel content, Params stage, String path) {
    try {
      ObjectNode json =
          (ObjectNode) JSON.readTree(DefaultParamsWriter.getMetadataToSave(stage, spark));
      json.set(ModelMetadata.KEY, JSON.valueToTree(metadata(content)));
      spark
          .createDataset(List.of(JSON.writeValueAsString(json)), Encoders.STRING())
          .coalesce(1)
          .write()
          .text(path + METADATA);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    ModelTensors.of(content).write(spark, path + DATA);
  }

  private static ModelMetadata metadata(FiniteWidthModel model) {
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
        sampling(model.posterior()),
        model.preprocessing().features().scaling(),
        model.columns().features(),
        model.columns().targets(),
        model.featureNames(),
        model.outputNames(),
        model.classNames(),
        model.inducing());
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

  /**
   * Reads a model.
   *
   * @throws ModelException if there is none, or it is newer than this version, incomplete or
   *     damaged
   */
  static Loaded read(SparkSession spark, String path) {
    ModelDirectory directory = new ModelDirectory(spark.sparkContext().hadoopConfiguration(), path);
    String json = text(directory, path);
    JsonNode all = parsed(path, json);
    String className = all.path("class").asText("");
    JsonNode own = own(path, all, className);
    return explained(
        path,
        () -> {
          ModelMetadata metadata = metadata(own);
          Tensors tensors = Tensors.read(directory, ModelTensors.shapes(metadata));
          return new Loaded(className, json, content(metadata, tensors));
        });
  }

  /** Our part of the metadata, of a format that this version reads. */
  private static JsonNode own(String path, JsonNode all, String className) {
    if (!all.has(ModelMetadata.KEY)) {
      throw new ModelException(path + " is no model of finite-width" + instead(className, path));
    }
    JsonNode own = all.path(ModelMetadata.KEY);
    int format = own.path("format").asInt(0);
    if (format < ModelMetadata.OLDEST || format > ModelMetadata.FORMAT) {
      throw new ModelException(
          path
              + " has model format "
              + format
              + "; this version reads "
              + ModelMetadata.OLDEST
              + " to "
              + ModelMetadata.FORMAT
              + (format > ModelMetadata.FORMAT ? ", so a newer finite-width is needed" : ""));
    }
    return own;
  }

  /**
   * How large a model is; its tensors are not read.
   *
   * @throws ModelException as above
   */
  static ModelShape shape(SparkSession spark, String path) {
    JsonNode all =
        parsed(
            path, text(new ModelDirectory(spark.sparkContext().hadoopConfiguration(), path), path));
    JsonNode own = own(path, all, all.path("class").asText(""));
    return explained(
        path,
        () -> {
          ModelMetadata metadata = metadata(own);
          return new ModelShape(
              metadata.trainingRows(),
              metadata.featureNames().size(),
              metadata.outputNames().size(),
              metadata.hiddenWidths().size(),
              activation(metadata),
              metadata.variance(),
              metadata.sampling().stream()
                  .mapToDouble(
                      s ->
                          (double) s.drawsPerBatch()
                              * s.batches().stream().mapToInt(b -> b).average().orElse(0))
                  .findFirst());
        });
  }

  private static ModelMetadata metadata(JsonNode own) throws JsonProcessingException {
    ModelMetadata metadata = JSON.treeToValue(own, ModelMetadata.class);
    metadata.check();
    return metadata;
  }

  /** The exception that reading may end with. */
  private static <T> T explained(String path, Callable<T> reading) {
    try {
      return reading.call();
    } catch (JsonProcessingException e) {
      throw new ModelException(path + " has damaged metadata: " + e.getOriginalMessage());
    } catch (ActivationClassException e) {
      throw new ModelException(path + " has an activation of its own: " + e.getMessage());
    } catch (ModelException e) {
      throw new ModelException(path + " is damaged: " + e.getMessage());
    } catch (Exception e) { // whatever Callable may throw
      throw new ModelException(path + " is damaged: " + firstLine(e));
    }
  }

  private static String text(ModelDirectory directory, String path) {
    try {
      return directory.metadata();
    } catch (IOException | RuntimeException e) {
      throw new ModelException(path + " is no saved model: " + firstLine(e));
    }
  }

  private static JsonNode parsed(String path, String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ModelException(path + " has damaged metadata: " + e.getOriginalMessage());
    }
  }

  private static String instead(String className, String path) {
    String name = className.substring(className.lastIndexOf('.') + 1);
    return name.startsWith("Pipeline")
        ? " but a " + name + "; name the stage within it, a directory in " + path + "/stages"
        : className.isEmpty() ? "" : " but a " + name;
  }

  private static String firstLine(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }

  private static FiniteWidthModel content(ModelMetadata metadata, Tensors tensors) {
    Architecture network =
        Architecture.of(
            activation(metadata),
            array(metadata.biasVariances()),
            array(metadata.weightVariances()));
    for (int k = 0; k < metadata.trainingRows(); k++) {
      if (!(tensors.get(ModelTensors.CHOLESKY).get(k, k) > 0)) {
        throw new ModelException("tensor " + ModelTensors.CHOLESKY + " is no Cholesky factor");
      }
    }
    NngpPosterior nngp =
        NngpPosterior.of(
            Cholesky.restore(tensors.get(ModelTensors.CHOLESKY)),
            tensors.get(ModelTensors.PHI),
            tensors.get(ModelTensors.DATA_FIT).get(0, 0),
            tensors.get(ModelTensors.EVIDENCE).get(0, 0));
    ContractionProblem problem =
        new ContractionProblem(
            SampleFlow.of(network, tensors.get(ModelTensors.INPUTS)),
            tensors.get(ModelTensors.PHI),
            tensors.get(ModelTensors.INVERSE),
            metadata.variance(),
            metadata.tolerance());
    LogEvidence evidence =
        new LogEvidence(
            tensors.get(ModelTensors.EVIDENCE).get(0, 0),
            tensors.get(ModelTensors.COEFFICIENTS).data(),
            tensors.get(ModelTensors.ERRORS).data());
    return new FiniteWidthModel(
        metadata.sampling().isEmpty()
            ? corrected(tensors, nngp, problem, evidence)
            : drawn(metadata.sampling().get(0), nngp, problem, evidence),
        new Preprocessing(
            FeatureScaler.restore(metadata.featureScaling(), tensors.get(ModelTensors.FEATURES)),
            TargetScaler.restore(tensors.get(ModelTensors.TARGETS))),
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

  private static CorrectedPosterior corrected(
      Tensors tensors, NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence) {
    List<CorrectedPosterior.Source> sources = new ArrayList<>();
    for (int s = 0; s < problem.sources(); s++) {
      sources.add(ModelTensors.source(tensors, problem, s));
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

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
