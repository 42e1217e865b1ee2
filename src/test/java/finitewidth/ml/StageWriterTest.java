package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What overwrite() removes is a saved stage. */
class StageWriterTest {
  private static SparkSession spark;
  private static final FiniteWidthRegressor STAGE = new FiniteWidthRegressor().setNoiseVariance(7);
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static void save(Path path) throws IOException {
    STAGE.write().overwrite().save(path.toString());
    assertThat(FiniteWidthRegressor.load(path.toString()).getNoiseVariance()).isEqualTo(7);
  }

  private static void assertRefused(Path path, String why) {
    assertThatThrownBy(() -> STAGE.write().overwrite().save(path.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(path + " " + why)
        .hasMessageContaining("overwrite() replaces only a saved stage of spark.ml");
  }

  @Test
  void savedStagesAreReplaced() throws IOException {
    Path path = Files.createDirectory(directory.resolve("stage"));
    save(path);
    // Another kind of stage, with stages of its own, for ours and the other way round.
    new Pipeline()
        .setStages(new PipelineStage[] {new VectorAssembler()})
        .write()
        .overwrite()
        .save(path.toString());
    save(path);
    assertThatThrownBy(() -> STAGE.write().save(path.toString()))
        .hasMessageContaining("already exists");
  }

  @Test
  void nothingElseIs() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "precious");
    assertRefused(file, "is a file");
    assertThat(file).hasContent("precious");
    assertRefused(Path.of("/dev/null"), "is a device, a pipe or a socket");
    Path table = Files.createDirectories(directory.resolve("table/data"));
    Files.writeString(table.resolve("part-00000.csv"), "precious");
    assertRefused(table.getParent(), "holds data and is no saved stage");
    Path metadata = Files.createDirectories(directory.resolve("table/metadata"));
    for (String text : List.of("", "precious", "{}", "{\"class\": \"x\", \"uid\": \"y\"}")) {
      Files.writeString(metadata.resolve("part-00000"), text);
      assertRefused(table.getParent(), "holds data and is no saved stage");
    }
    assertThat(table.resolve("part-00000.csv")).hasContent("precious");
    Path stage = directory.resolve("stage");
    save(stage);
    Path notes = Files.writeString(stage.resolve("notes.txt"), "precious");
    assertRefused(stage, "holds notes.txt, which is not of the stage that was saved there");
    assertThat(notes).hasContent("precious");
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path there = directory.resolve("there");
    Path link = Files.createSymbolicLink(directory.resolve("link"), there);
    assertThatThrownBy(() -> save(link)).hasMessageContaining("which leads nowhere");
    save(there);
    save(link);
    assertThat(link).isSymbolicLink();
    assertThat(there.resolve("metadata")).isDirectory();
  }
}
