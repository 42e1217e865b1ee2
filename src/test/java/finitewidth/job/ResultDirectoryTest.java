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
                    List.of(new org.apache.hadoop.fs.Path(input.toUri())),
                    line -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("train.csv");
    assertThatThrownBy(() -> reserve(Path.of("").toAbsolutePath(), true))
        .isInstanceOf(ConfigException.class);
  }

  /** The directory above holds the working directory, whatever way it is named. */
  @Test
  void dotsDoNotHideWhatIsReplaced() throws IOException {
    Path inner = Files.createDirectories(directory.resolve("above/inner"));
    Path input = Files.writeString(directory.resolve("above/train.csv"), "x\n");
    Path dots = inner.resolve("..");
    assertThatThrownBy(
            () ->
                ResultDirectory.reserve(
                    new Configuration(),
                    new OutputConfig(
                        dots.toString(), OutputConfig.Format.JSON, true, Optional.empty()),
                    List.of(new org.apache.hadoop.fs.Path(input.toUri())),
                    line -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("train.csv");
    try (ResultDirectory result = reserve(inner.resolve("../beside"), false)) {
      result.write("summary.json", "{}");
      result.complete();
    }
    assertThat(directory.resolve("above/beside/summary.json")).hasContent("{}");
    assertThat(inner).isEmptyDirectory();
    assertThatThrownBy(() -> reserve(Path.of("/../.."), true)).isInstanceOf(ConfigException.class);
  }

  @Test
  void linksDoNotHideWhatIsReplaced() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path input = Files.writeString(data.resolve("train.csv"), "x\n");
    Path link = Files.createSymbolicLink(directory.resolve("link"), data);
    assertThatThrownBy(
            () ->
                ResultDirectory.reserve(
                    new Configuration(),
                    new OutputConfig(
                        link.toString(), OutputConfig.Format.JSON, true, Optional.empty()),
                    List.of(new org.apache.hadoop.fs.Path(input.toUri())),
                    line -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("train.csv");
  }

  /** What links in an old result lead to is not part of it. */
  @Test
  void whatLinksLeadToIsKept() throws IOException {
    Path kept = Files.createDirectory(directory.resolve("kept"));
    Files.writeString(kept.resolve("precious"), "x");
    Path old = Files.createDirectory(directory.resolve("old"));
    Files.createSymbolicLink(old.resolve("link"), kept);
    Path linked = Files.createSymbolicLink(directory.resolve("linked"), kept);
    for (Path target : List.of(old, linked)) {
      try (ResultDirectory result = reserve(target, true)) {
        result.write("summary.json", "new");
        result.complete();
      }
      assertThat(target.resolve("summary.json")).hasContent("new");
      assertThat(kept.resolve("precious")).hasContent("x");
    }
    assertThat(kept).isDirectoryNotContaining("glob:**/summary.json");
  }

  @Test
  void partsStayWithin() throws IOException {
    try (ResultDirectory result = reserve(directory.resolve("result"), false)) {
      for (String name : List.of("../escaped", "a/../../escaped", "..", ".", "", "a/..")) {
        assertThatThrownBy(() -> result.path(name)).isInstanceOf(IllegalArgumentException.class);
      }
      result.write("/etc/passwd", "inside");
      result.complete();
    }
    assertThat(directory.resolve("result/etc/passwd")).hasContent("inside");
    assertThat(directory.resolve("escaped")).doesNotExist();
  }

  private static ResultDirectory reserve(Path target, boolean overwrite) {
    return ResultDirectory.reserve(
        new Configuration(),
        new OutputConfig(target.toString(), OutputConfig.Format.JSON, overwrite, Optional.empty()),
        List.of(),
        line -> {});
  }
}
