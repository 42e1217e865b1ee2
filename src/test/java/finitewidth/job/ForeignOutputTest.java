package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.job.config.ConfigException;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.console.RunId;
import finitewidth.job.output.ResultDirectory;
import finitewidth.job.output.ResultMark;
import finitewidth.job.output.StorageException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is at output.path, or beside it, and is not a job's: it stays as it is. */
class ForeignOutputTest {
  /** As a build before there were marks has written it, in short. */
  private static final String SUMMARY =
      """
      {"version": "0.1.0-SNAPSHOT", "spark": "4.1.0",
       "run": {"id": "8a79444b", "versions": {"finite_width": "0.1.0-SNAPSHOT"}}}
      """;

  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();
  private Path out;

  @BeforeEach
  void name() {
    out = directory.resolve("out");
  }

  @Test
  void onlyDirectoriesAreReplaced() throws Exception {
    Files.writeString(out, "precious");
    assertRefused(out, "is a file");
    Files.delete(out);
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(out));
      assertRefused(out, "is a device, a pipe or a socket");
    }
    Files.delete(out);
    assertThat(new ProcessBuilder("mkfifo", out.toString()).start().waitFor()).isZero();
    assertRefused(out, "is a device, a pipe or a socket");
    assertRefused(Path.of("/dev/null"), "is a device, a pipe or a socket");
  }

  @Test
  void foreignDirectoriesAreRefused() throws IOException {
    Files.createDirectory(out);
    Files.writeString(out.resolve("notes.txt"), "precious");
    assertRefused(out, "does not say that a job wrote it, and holds notes.txt");
    for (String summary :
        List.of(
            "",
            "precious",
            "[]",
            "{\"version\": \"1\"}",
            "{\"version\": \"1\", \"run\": \"8a79444b\"}",
            "{\"version\": \"1\", \"run\": {\"id\": \"8a79444b\"}}",
            "{\"version\": 1, \"run\": {\"id\": \"7\", \"versions\": {\"finite_width\": \"1\"}}}",
            "[".repeat(5000))) {
      Files.writeString(out.resolve("summary.json"), summary);
      assertRefused(out, "does not say that a job wrote it");
      Files.writeString(out.resolve(ResultMark.NAME), summary.replace("\"8a79444b\"", "[]"));
      assertRefused(out, "does not say that a job wrote it");
    }
    // Somebody's, with a copy of a summary of ours.
    Files.delete(out.resolve(ResultMark.NAME));
    Files.writeString(out.resolve("summary.json"), SUMMARY);
    assertRefused(out, "holds notes.txt, which no job wrote there");
  }

  @Test
  void anEmptyDirectoryHoldsNothingToLose() throws IOException {
    Files.createDirectory(out);
    complete(out);
    assertThat(out.resolve("summary.json")).hasContent("new");
  }

  @Test
  void whatEarlierBuildsWroteIsReplaced() throws IOException {
    for (String file :
        List.of(
            "summary.json",
            "validate.json",
            "report.html",
            ".report.html.crc",
            "model/metadata/part-00000-x.txt",
            "model/data/_SUCCESS",
            "predictions/part-00000-x.snappy.parquet",
            "predictions/._SUCCESS.crc",
            "hidden_kernels/part-00000-x.json",
            "density/part-00000-x.csv",
            "flow/tensors.json")) {
      Path path = out.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.equals("summary.json") ? SUMMARY : "x");
    }
    assertIntact(
        () -> {
          for (String mine : List.of("notes.txt", "model/notes.txt", "model/metadata/x/part-1")) {
            Path path = out.resolve(mine);
            boolean made = Files.notExists(path.getParent());
            Files.createDirectories(path.getParent());
            Files.writeString(path, "precious");
            assertRefused(out, "holds " + mine.replaceFirst("/part-1", ""));
            Files.delete(path);
            if (made) {
              Files.delete(path.getParent());
            }
          }
        });
    complete(out);
    assertThat(out.resolve("model")).doesNotExist();
  }

  @Test
  void whatPeopleHaveAddedSinceStays() throws IOException {
    complete(out, "predictions/part-00000.json");
    for (String mine : List.of("notes.txt", ".git", "predictions/part-00001.json", ".x.crc")) {
      Path path = Files.writeString(out.resolve(mine), "precious");
      assertRefused(out, "holds " + mine + ", which no job wrote there");
      Files.delete(path);
    }
    for (String mine : List.of("figures", "predictions/older")) {
      Path path = Files.createDirectory(out.resolve(mine));
      assertRefused(out, "holds " + mine + ", which no job wrote there");
      Files.delete(path);
    }
    Path link = Files.createSymbolicLink(out.resolve("link"), directory);
    assertRefused(out, "holds link, which no job wrote there");
    Files.delete(link);
    Path part = out.resolve("predictions/part-00000.json");
    Files.delete(part);
    Files.createSymbolicLink(part, Files.writeString(directory.resolve("precious"), "text"));
    assertRefused(out, "holds predictions/part-00000.json, which no job wrote there");
    Files.delete(part);
    Files.writeString(out.resolve("summary.json"), "new, and my notes");
    assertRefused(out, "holds summary.json, which has been changed since a job wrote it");
    Files.delete(out.resolve("summary.json"));
    // What is missing is missed by nobody.
    complete(out);
    assertThat(directory.resolve("precious")).hasContent("text");
  }

  /** The result of another job within this one is not this one's. */
  @Test
  void aResultWithinAResultStays() throws IOException {
    complete(out);
    complete(out.resolve("predicted"));
    assertRefused(out, "holds predicted, which no job wrote there");
    complete(out.resolve("predicted"));
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    complete(disk.resolve("result"));
    Path link = Files.createSymbolicLink(out, disk.resolve("result"));
    complete(out, "second");
    assertThat(link).isSymbolicLink();
    assertThat(disk.resolve("result/second")).exists();
    assertThat(disk).isDirectoryNotContaining("glob:**/.result*");
    // One lock, whatever the name.
    try (ResultDirectory result = reserve(disk.resolve("result"), true)) {
      assertThatThrownBy(() -> reserve(out, true))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another job is writing it");
      assertThat(result.target()).isEqualTo(disk.resolve("result").toString());
    }
    Files.writeString(disk.resolve("result/notes"), "precious");
    assertRefused(out, "holds notes");
    Path parent = Files.createSymbolicLink(directory.resolve("parent"), disk);
    complete(parent.resolve("a/b"));
    assertThat(disk.resolve("a/b/summary.json")).exists();
    assertRefused(parent, "does not say that a job wrote it, and holds");
  }

  @Test
  void linksThatLeadNowhereAreRefused() throws IOException {
    Files.createSymbolicLink(out, directory.resolve("unmounted/result"));
    Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));
    for (Path path : List.of(out, out.resolve("a/b"), directory.resolve("loop/result"))) {
      assertThatThrownBy(() -> reserve(path, true))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("output.path = " + path + " cannot be followed: ")
          .hasMessageContaining("is a symbolic link to ")
          .hasMessageEndingWith(", which leads nowhere");
    }
    assertThat(directory.resolve("unmounted")).doesNotExist();
  }

  /** What is read as a whole now would be read with the result the next time. */
  @Test
  void nothingIsWrittenIntoInputs() throws IOException {
    Path table = Files.createDirectories(directory.resolve("table.parquet"));
    Files.createSymbolicLink(out, table);
    for (Path path : List.of(table.resolve("a/result"), out.resolve("result"))) {
      assertThatThrownBy(
              () ->
                  ResultDirectory.reserve(
                      new Configuration(),
                      config(path, true),
                      List.of(new org.apache.hadoop.fs.Path(table.toString())),
                      RunId.fresh(),
                      said::add))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("output.path = " + path + " lies within ")
          .hasMessageContaining("table.parquet, which the job reads");
    }
    assertThat(table).isEmptyDirectory();
  }

  /** The job takes hours, and somebody works there meanwhile. */
  @Test
  void whatComesWhileTheJobRunsStays() throws IOException {
    complete(out);
    assertTooLate(true, () -> Files.writeString(out.resolve("notes"), "precious"));
    Files.delete(out.resolve("notes"));
    assertTooLate(
        true,
        () -> {
          Files.move(out, directory.resolve("saved"));
          Files.writeString(out, "precious");
        });
    Files.delete(out);
    Path saved = directory.resolve("saved");
    assertTooLate(false, () -> Files.move(saved, out));
    assertThat(out.resolve("summary.json")).hasContent("new");
  }

  @Test
  void aDraftThatSomebodyRemovedIsNotCompleted() throws IOException {
    try (ResultDirectory result = reserve(out, false)) {
      result.write("model/part", "x");
      Path draft = draft();
      Files.move(draft, directory.resolve("moved"));
      result.write("summary.json", "half");
      assertThatThrownBy(result::complete)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("somebody has removed the incomplete result");
    }
    assertThat(out).doesNotExist();
  }

  /** Only by their names are they a killed job's. */
  @Test
  void foreignLeftoversStay() throws IOException {
    Path precious = Files.createDirectory(directory.resolve("precious"));
    Files.writeString(precious.resolve("summary.json"), "x");
    for (String name :
        List.of(".out.incomplete-01234567", ".out.replaced-89abcdef", ".out.incomplete-00000000")) {
      Path foreign = Files.createDirectory(directory.resolve(name));
      Files.writeString(foreign.resolve("summary.json"), "precious");
    }
    Files.createDirectory(directory.resolve(".out.replaced-00000000"));
    Files.writeString(directory.resolve(".out.incomplete-11111111"), "a file");
    Files.createSymbolicLink(directory.resolve(".out.incomplete-22222222"), precious);
    assertIntact(
        () -> {
          complete(out);
          complete(out);
          assertThat(said)
              .hasSize(8)
              .anyMatch(
                  line ->
                      line.endsWith(
                          "/.out.incomplete-01234567 is left as it is: it does not say that a job"
                              + " wrote it"));
          new org.apache.hadoop.fs.Path(out.toUri())
              .getFileSystem(new Configuration())
              .delete(new org.apache.hadoop.fs.Path(out.toUri()), true);
        });
  }

  private Path draft() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> path.getFileName().toString().contains(".incomplete-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private void assertTooLate(boolean overwrite, Action meanwhile) throws IOException {
    try (ResultDirectory result = reserve(out, overwrite)) {
      result.write("summary.json", "late");
      meanwhile.run();
      assertIntact(
          () ->
              assertThatThrownBy(
                      () -> {
                        try (result) {
                          result.complete();
                        }
                      })
                  .isInstanceOf(StorageException.class)
                  .hasMessageContaining("output.path = " + out + ": it ")
                  .hasMessageEndingWith(", so it stays"));
    }
  }

  private void assertRefused(Path path, String why) throws IOException {
    assertIntact(
        () -> {
          assertThatThrownBy(() -> reserve(path, true))
              .isInstanceOf(ConfigException.class)
              .hasMessageStartingWith("output.path = " + path + " " + why)
              .hasMessageContaining("output.overwrite=true replaces only what a job has written");
          assertThatThrownBy(() -> reserve(path, false))
              .isInstanceOf(ConfigException.class)
              .hasMessageContaining("exists and " + why);
        });
  }

  /** All that is there, what is of the running job aside, is there afterwards, unchanged. */
  private void assertIntact(Action action) throws IOException {
    Map<String, String> before = contents();
    action.run();
    assertThat(contents()).isEqualTo(before);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = directory.relativize(path).toString();
        all.put(
            name,
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? Files.readString(path, StandardCharsets.ISO_8859_1)
                : "");
      }
    }
    all.keySet().removeIf(name -> name.matches("\\.out\\.lock"));
    if (all.containsValue("late")) {
      all.keySet().removeIf(name -> name.matches("\\.out\\.incomplete-[0-9a-f]{8}(/.*)?"));
    }
    return all;
  }

  private void complete(Path path, String... more) {
    try (ResultDirectory result = reserve(path, true)) {
      result.write("summary.json", "new");
      for (String name : more) {
        result.write(name, "text");
      }
      result.complete();
    }
  }

  private ResultDirectory reserve(Path target, boolean overwrite) {
    return ResultDirectory.reserve(
        new Configuration(), config(target, overwrite), List.of(), RunId.fresh(), said::add);
  }

  private static OutputConfig config(Path target, boolean overwrite) {
    return new OutputConfig(
        target.toString(), OutputConfig.Format.JSON, overwrite, Optional.empty());
  }
}
