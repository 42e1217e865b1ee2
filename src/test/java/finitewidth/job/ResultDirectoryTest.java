package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {
  @TempDir private Path directory;

  @Test
  void appearsOnlyWhenComplete() throws IOException {
    Path target = directory.resolve("a/b/result");
    try (ResultDirectory result = reserve(target, false)) {
      result.write("flow/x.json", "{}\n");
      assertThat(target).doesNotExist();
      result.complete();
    }
    assertThat(target.resolve("flow/x.json")).hasContent("{}\n");
    assertThat(directory.resolve("a/b")).isDirectoryNotContaining("glob:**/.result*");
  }

  @Test
  void leavesNothingWhenItFails() {
    try (ResultDirectory result = reserve(directory.resolve("a/result"), false)) {
      result.write("summary.json", "half");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesWhatExists() throws IOException {
    Path target = Files.createDirectory(directory.resolve("result"));
    assertThatThrownBy(() -> reserve(target, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("output.overwrite=true");
    assertThat(directory).isDirectoryContaining(target::equals);
  }

  @Test
  void replacesTheOldOneOnlyWhenComplete() throws IOException {
    Path target = Files.createDirectory(directory.resolve("result"));
    Files.writeString(target.resolve("summary.json"), "old");
    try (ResultDirectory result = reserve(target, true)) {
      result.write("summary.json", "half");
    }
    assertThat(target.resolve("summary.json")).hasContent("old");
    try (ResultDirectory result = reserve(target, true)) {
      result.write("summary.json", "new");
      assertThat(target.resolve("summary.json")).hasContent("old");
      result.complete();
    }
    assertThat(target.resolve("summary.json")).hasContent("new");
    assertThat(directory).isDirectoryNotContaining("glob:**/.result*");
  }

  @Test
  void doesNotOverwriteWhatTheJobStandsOn() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path input = Files.writeString(data.resolve("train.csv"), "x\n");
    assertThatThrownBy(
            () ->
                ResultDirectory.reserve(
                    new Configuration(),
                    new OutputConfig(data.toString(), OutputConfig.Format.JSON, true),
                    List.of(new org.apache.hadoop.fs.Path(input.toUri()))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("train.csv");
    assertThatThrownBy(() -> reserve(Path.of("").toAbsolutePath(), true))
        .isInstanceOf(ConfigException.class);
  }

  private static ResultDirectory reserve(Path target, boolean overwrite) {
    return ResultDirectory.reserve(
        new Configuration(),
        new OutputConfig(target.toString(), OutputConfig.Format.JSON, overwrite),
        List.of());
  }
}
