package finitewidth.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.gaussian.ActivationClassException;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Reads saved models without trust, with Spark or without. */
final class ModelReading {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_REASON = 300;

  private ModelReading() {}

  /**
   * Reads a model.
   *
   * @throws ModelException if there is none, or it is newer than this version, incomplete or
   *     damaged
   */
  static ModelFiles.Loaded read(SavedFiles directory, String path) {
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
          Tensors tensors = directory.tensors(ModelTensors.shapes(metadata));
          return new ModelFiles.Loaded(className, json, ModelContent.of(metadata, tensors));
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
  static ModelShape shape(SavedFiles directory, String path) {
    JsonNode all = parsed(path, text(directory, path));
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

  private static String text(SavedFiles directory, String path) {
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
