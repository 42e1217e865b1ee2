package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
  void clearsWhatAKilledJobHasLeft() throws IOException {
    Path draft = Files.createDirectory(directory.resolve(".result.incomplete-01234567"));
    Files.writeString(draft.resolve("summary.json"), "half");
    Path other = Files.createDirectory(directory.resolve(".result.incomplete-by-somebody"));
    Path target = directory.resolve("result");
    try (ResultDirectory result = reserve(target, false)) {
      assertThat(draft).doesNotExist();
      result.write("summary.json", "whole");
      result.complete();
    }
    assertThat(target.resolve("summary.json")).hasContent("whole");
    assertThat(other).isDirectory();
  }

  /** Killed between the two renames that replace an old result. */
  @Test
  void anOldResultIsNotLost() throws IOException {
    Path retired = Files.createDirectory(directory.resolve(".result.replaced-89abcdef"));
    Files.writeString(retired.resolve("summary.json"), "old");
    Path target = directory.resolve("result");
    assertThatThrownBy(() -> reserve(target, false)).isInstanceOf(ConfigException.class);
    assertThat(target.resolve("summary.json")).hasContent("old");
    Files.createDirectory(retired);
    try (ResultDirectory result = reserve(target, true)) {
      assertThat(retired).as("the result is there, and newer").doesNotExist();
      assertThat(target.resolve("summary.json")).hasContent("old");
      assertThat(result.holds(new org.apache.hadoop.fs.Path(target.resolve("x/y").toUri())))
          .isTrue();
    }
  }

  @Test
  void theSecondOfTwoJobsIsRefused() throws IOException {
    Path target = directory.resolve("a/result");
    try (ResultDirectory first = reserve(target, true)) {
      first.writtenBy("app-7");
      assertThatThrownBy(() -> reserve(target, true))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another job is writing it (application app-7");
      first.write("summary.json", "first");
      first.complete();
    }
    try (ResultDirectory second = reserve(target, true)) {
      second.write("summary.json", "second");
      Files.write(
          target.resolveSibling(".result.lock"),
          new LockHolder("b", "b", "b", 1, "", "", "", 0).text());
      assertThatThrownBy(second::complete)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another job");
    }
    assertThat(target.resolve("summary.json")).hasContent("first");
  }

  @Test
  void doesNotOverwriteWhatTheJobStandsOn() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path input = Files.writeString(data.resolve("train.csv"), "x\n");
    assertThatThrownBy(
            () ->
                ResultDirectory.reserve(
                    new Configuration(),
                    new OutputConfig(
                        data.toString(), OutputConfig.Format.JSON, true, Optional.empty()),
                    List.of(new org.apache.hadoop.fs.Path(input.toUri()))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("train.csv");
    assertThatThrownBy(() -> reserve(Path.of("").toAbsolutePath(), true))
        .isInstanceOf(ConfigException.class);
  }

  private static ResultDirectory reserve(Path target, boolean overwrite) {
    return ResultDirectory.reserve(
        new Configuration(),
        new OutputConfig(target.toString(), OutputConfig.Format.JSON, overwrite, Optional.empty()),
        List.of());
  }
}
