package finitewidth.ml;

import finitewidth.model.FiniteWidthModel;
import finitewidth.model.ModelException;
import finitewidth.model.ModelFiles;
import java.util.function.BiFunction;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads a model's directory. */
final class ModelReader<M extends FiniteWidthPredictionModel<M>> extends MLReader<M> {
  private final Class<M> type;
  private final BiFunction<String, FiniteWidthModel, M> maker;

  /**
   * @param maker takes uid and content
   */
  ModelReader(Class<M> type, BiFunction<String, FiniteWidthModel, M> maker) {
    this.type = type;
    this.maker = maker;
  }

  @Override
  public M load(String path) {
    ModelFiles.Loaded loaded = ModelFiles.read(sparkSession(), path);
    if (!loaded.className().equals(type.getName())) {
      throw new ModelException(
          path + " is a " + loaded.className() + ", not a " + type.getSimpleName());
    }
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.parseMetadata(loaded.json(), type.getName());
    M model = maker.apply(metadata.uid(), loaded.content());
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }

  /** What {@link StageWriter#saveToLocal} has written. */
  // Spark 4.0 has no such method to override.
  @SuppressWarnings("MissingOverride")
  public M loadFromLocal(String path) {
    return load(LocalPath.of(path));
  }
}
