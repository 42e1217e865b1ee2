package finitewidth.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.job.cli.ExitCode;
import finitewidth.job.config.ConfigException;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.console.RunId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {
  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();

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
    Path target = result("result", "old");
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
    Path draft = result(".result.incomplete-01234567", "half");
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
    Path retired = result(".result.replaced-89abcdef", "old");
    Path target = directory.resolve("result");
    assertThatThrownBy(() -> reserve(target, false)).isInstanceOf(ConfigException.class);
    assertThat(target.resolve("summary.json")).hasContent("old");
    result(retired.getFileName().toString(), "older");
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
          new LockHolder("", "01234567", 1, "b/b", 0).text());
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
                    RunId.fresh(),
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
                    RunId.fresh(),
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
                    RunId.fresh(),
                    line -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("train.csv");
  }

  /** Linux has a device that is a full disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsOneSentence() throws IOException {
    for (String name : List.of("summary.json", "report.html")) {
      Path target = directory.resolve("result");
      try (ResultDirectory result = reserve(target, false)) {
        Path file = Path.of(java.net.URI.create(result.path(name)));
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        assertThatThrownBy(
                () -> {
                  result.write(name, "x".repeat(100_000));
                  result.complete();
                })
            .isInstanceOf(StorageException.class)
            .hasMessage(
                "output.path = "
                    + target
                    + ": "
                    + name
                    + " cannot be written: No space left on device");
      }
      assertThat(directory).isEmptyDirectory();
    }
  }

  /** What Spark writes, wrapped as Spark wraps it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskUnderATaskIsOneSentence() throws IOException {
    try (ResultDirectory result = reserve(directory.resolve("result"), false)) {
      assertThatThrownBy(
              () ->
                  result.part(
                      "predictions",
                      path -> {
                        throw new IllegalStateException("task failed", full());
                      }))
          .isInstanceOf(StorageException.class)
          .hasMessageEndingWith(": predictions cannot be written: No space left on device");
      assertThatThrownBy(
              () ->
                  result.part(
                      "predictions",
                      path -> {
                        throw new IllegalStateException("another mistake");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(ExitCode.explained(new IllegalStateException(full())))
        .contains(
            new ExitCode.Failure(
                ExitCode.STORAGE, "Spark could not read or write a file: No space left on device"));
  }

  /** A real one. */
  private static FSError full() {
    try (OutputStream out =
        FileSystem.getLocal(new Configuration())
            .getRaw()
            .create(new org.apache.hadoop.fs.Path("file:///dev/full"), true)) {
      out.write(new byte[100_000]);
    } catch (FSError e) {
      return e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("it fits");
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

  /** What a job has written. */
  private Path result(String name, String summary) {
    Path target = directory.resolve(name);
    Path away = directory.resolve("away");
    try (ResultDirectory result = reserve(away, false)) {
      result.write("summary.json", summary);
      result.complete();
    }
    assertThat(away.toFile().renameTo(target.toFile())).isTrue();
    return target;
  }

  private ResultDirectory reserve(Path target, boolean overwrite) {
    return ResultDirectory.reserve(
        new Configuration(),
        new OutputConfig(target.toString(), OutputConfig.Format.JSON, overwrite, Optional.empty()),
        List.of(),
        RunId.fresh(),
        said::add);
  }
}
