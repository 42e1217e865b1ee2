package finitewidth.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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
    TensorTable.write(ModelTensors.of(content), spark, path + "/" + SavedFiles.DATA);
    try {
      Map<String, String> digests = directory(spark, path).digests();
      ObjectNode json =
          (ObjectNode) JSON.readTree(DefaultParamsWriter.getMetadataToSave(stage, spark));
      json.set(ModelMetadata.KEY, JSON.valueToTree(ModelContent.metadata(content, digests)));
      spark
          .createDataset(List.of(JSON.writeValueAsString(json)), Encoders.STRING())
          .coalesce(1)
          .write()
          .text(path + "/" + SavedFiles.METADATA);
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
    return ModelReading.read(directory(spark, path), path);
  }

  /**
   * How large a model is; its tensors are not read.
   *
   * @throws ModelException as above
   */
  static ModelShape shape(SparkSession spark, String path) {
    return ModelReading.shape(directory(spark, path), path);
  }

  private static ModelDirectory directory(SparkSession spark, String path) {
    return new ModelDirectory(spark.sparkContext().hadoopConfiguration(), path);
  }
}
