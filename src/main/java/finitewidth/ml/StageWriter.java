package finitewidth.ml;

import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;

/**
 * Saves a stage as spark.ml does, except that {@code overwrite()}, which there removes whatever is
 * in the way, removes saved stages alone.
 */
final class StageWriter extends MLWriter {
  private final BiConsumer<SparkSession, String> content;

  /**
   * @param content writes the stage into a directory that does not exist yet
   */
  StageWriter(BiConsumer<SparkSession, String> content) {
    this.content = content;
  }

  @Override
  public void save(String path) throws IOException {
    super.save(
        shouldOverwrite()
            ? SavedStage.replaceable(sparkSession().sparkContext().hadoopConfiguration(), path)
            : path);
  }

  /**
   * Saves to this machine whatever file system paths are on otherwise: where a server of Spark
   * Connect puts models that it has no memory for.
   */
  // Spark 4.0 has no such method to override.
  @SuppressWarnings("MissingOverride")
  public void saveToLocal(String path) throws IOException {
    save(LocalPath.of(path));
  }

  @Override
  public void saveImpl(String path) {
    content.accept(sparkSession(), path);
  }
}
