package finitewidth.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finitewidth.gaussian.ActivationClassException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Writes and reads the directory of a spark.ml model: {@code metadata/} is one line of JSON as
 * spark.ml writes it, with {@link ModelMetadata} beside the Params, and {@code data/} a Parquet
 * table of {@link Tensors}. What is read back predicts the same bits. The metadata have the digest
 * of every file of the table, so that a damaged one is refused before it is read.
 */
public final class ModelFiles {
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
  public record Loaded(String className, String json, FiniteWidthModel content) {}

  /**
   * Writes a model into a directory that does not exist yet.
   *
   * @param stage whose class, uid and Params are kept
   */
  public static void write(
      SparkSession spark, FiniteWidthModel content, Params stage, String path) {
    ModelTensors.of(content).write(spark, path + DATA);
    try {
      Map<String, String> digests =
          new ModelDirectory(spark.sparkContext().hadoopConfiguration(), path).digests();
      ObjectNode json =
          (ObjectNode) JSON.readTree(DefaultParamsWriter.getMetadataToSave(stage, spark));
      json.set(ModelMetadata.KEY, JSON.valueToTree(ModelContent.metadata(content, digests)));
      spark
          .createDataset(List.of(JSON.writeValueAsString(json)), Encoders.STRING())
          .coalesce(1)
          .write()
          .text(path + METADATA);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a model.
   *
   * @throws ModelException if there is none, or it is newer than this version, incomplete or
   *     damaged
   */
  public static Loaded read(SparkSession spark, String path) {
    ModelDirectory directory = new ModelDirectory(spark.sparkContext().hadoopConfiguration(), path);
    String json = text(directory, path);
    JsonNode all = parsed(path, json);
    String className = all.path("class").asText("");
    JsonNode own = own(path, all, className);
    return explained(
        path,
        () -> {
          ModelMetadata metadata = metadata(own);
          if (metadata.isDigested()) {
            directory.requireData(metadata.digests());
          }
          Tensors tensors = Tensors.read(directory, ModelTensors.shapes(metadata));
          return new Loaded(className, json, ModelContent.of(metadata, tensors));
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
    return explained(path, () -> ModelContent.shape(metadata(own)));
  }

  private static ModelMetadata metadata(JsonNode own) throws JsonProcessingException {
    ModelMetadata metadata = JSON.treeToValue(ModelMetadata.renewed(own), ModelMetadata.class);
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
}
