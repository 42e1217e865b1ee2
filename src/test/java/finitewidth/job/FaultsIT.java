package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls jobs on one machine: signals, full disks, another job on the same output. */
@Tag("slow")
class FaultsIT {
  private static final List<String> DIGITS =
      List.of("data.train-rows=120", "data.test-rows=100", "output.format=json");
  private static final List<String> DRAWS =
      List.of(
          "data.train-rows=150",
          "data.test-rows=50",
          "contraction.engine=sampled",
          "contraction.tolerance=1e-6",
          "contraction.max-draws=150000",
          "output.format=json");

  /** Progress is shown at once, and not twice a minute. */
  private static final Map<String, String> TERMINAL = Map.of("FINITE_WIDTH_TERMINAL", "120");

  @TempDir private Path directory;
  private Path out;
  private Path checkpoint;

  @BeforeEach
  void prepare() {
    out = directory.resolve("out");
    checkpoint = directory.resolve("checkpoint");
  }

  private RunningJob start(String verb, String config, List<String> some, String... more)
      throws IOException {
    return start(Map.of(), verb, config, some, more);
  }

  private RunningJob start(
      Map<String, String> environment,
      String verb,
      String config,
      List<String> some,
      String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(some);
    arguments.addAll(
        List.of("output.path=" + out, "checkpoint.path=" + checkpoint, "checkpoint.interval=0.1"));
    arguments.addAll(List.of(more));
    return RunningJob.start(directory, environment, verb, config, arguments);
  }

  private JsonNode summary() throws IOException {
    return Results.summary(out);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.contains("out") && !name.startsWith("stdout"))
          .toList();
    }
  }

  @Test
  void aJobThatIsToldToStopKeepsItsWork() throws Exception {
    try (RunningJob job =
        start(TERMINAL, "fit", "conf/digits.conf", DIGITS, "checkpoint.interval=3600")) {
      // Some rows are done, and their tasks have kept them.
      job.await("progress", () -> job.err().contains("finite-width: test rows "));
      job.terminate();
      Submission stopped = job.end();
      assertThat(stopped.exitCode()).isEqualTo(5);
      assertThat(stopped.err()).contains(" stopped before it was done");
      assertThat(stopped.err()).doesNotContain("\tat ");
      assertThat(stopped.out()).isEmpty();
    }
    assertThat(left()).isEmpty();
    try (RunningJob job = start("fit", "conf/digits.conf", DIGITS)) {
      Submission done = job.end();
      assertThat(done.exitCode()).as(done.err()).isZero();
      assertThat(done.err())
          .contains("checkpoint: found 100 % of the training contraction")
          .containsPattern("checkpoint: found [1-9][0-9]* of 100 test rows");
      assertThat(summary().get("checkpoint").get("resumed_share").asDouble()).isBetween(0.05, 1.0);
    }
    assertThat(left()).containsExactly("out");
    assertThat(checkpoint).isEmptyDirectory();
  }

  @Test
  void theSecondJobOnAnOutputIsRefused() throws Exception {
    try (RunningJob first = start("fit", "conf/digits.conf", DIGITS)) {
      first.await(directory, ".out.lock");
      try (RunningJob second = start("fit", "conf/digits.conf", DIGITS, "output.overwrite=true")) {
        Submission refused = second.end();
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err())
            .contains("output.path = " + out, "another job is writing it", "choose another path");
        assertThat(refused.err().lines()).hasSize(1);
      }
      Submission done = first.end();
      assertThat(done.exitCode()).as(done.err()).isZero();
    }
    assertThat(left()).containsExactly("out");
  }

  /** A limit on the size of files does what a full disk does. */
  @Test
  void aFullDiskIsOneSentence() throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c"));
    // Room for the job's jar, of which Spark makes a copy, but not for the matrices of each layer.
    command.add("ulimit -f " + (kilobytesOfJar() + 256) + " && exec ./submit.sh \"$@\"");
    command.addAll(List.of("submit", "fit", "--config", "conf/digits.conf"));
    command.addAll(List.of("data.train-rows=170", "data.test-rows=5", "output.path=" + out));
    try (RunningJob job =
        RunningJob.start(directory, Map.of("FINITE_WIDTH_ARCHIVE", "no"), command)) {
      Submission full = job.end();
      assertThat(full.exitCode()).as(full.err()).isEqualTo(5);
      // What comes before is Spark's own log.
      assertThat(full.err().strip()).matches("(?s).*\nfinite-width: [^\n]*File too large[^\n]*");
    }
    assertThat(left()).isEmpty();
  }

  /** Without its checkpoint a job goes on, without room for its result it cannot. */
  @Test
  void fullDisksOfCheckpointAndOutput() throws Exception {
    List<String> mount = List.of("unshare", "--map-root-user", "--mount", "bash", "-c");
    assumeThat(runs(with(mount, "mount -t tmpfs tmpfs /mnt"))).isTrue();
    Files.createDirectory(checkpoint);
    Path disk = Files.createDirectory(directory.resolve("disk"));
    List<String> command =
        with(
            mount,
            "mount -t tmpfs -o size=4k tmpfs \"$1\" && mount -t tmpfs -o size=64k tmpfs \"$2\" && {"
                + " ./submit.sh \"${@:3}\"; code=$?; find \"$1\" -type f; find \"$2\" -mindepth 1;"
                + " exit $code; }");
    command.addAll(List.of("bash", checkpoint.toString(), disk.toString()));
    command.addAll(List.of("fit", "--config", "conf/diabetes.conf", "data.train-rows=40"));
    command.addAll(List.of("data.test-rows=20", "output.path=" + disk + "/a/result"));
    command.addAll(List.of("checkpoint.path=" + checkpoint, "checkpoint.interval=0.1"));
    try (RunningJob job =
        RunningJob.start(directory, Map.of("FINITE_WIDTH_ARCHIVE", "no"), command)) {
      Submission full = job.end();
      assertThat(full.exitCode()).as(full.err()).isEqualTo(5);
      assertThat(full.err())
          .containsOnlyOnce("(No space left on device); the job goes on")
          .containsPattern(
              "output.path = " + disk + "/a/result: [^\n]* cannot be written: No space left on")
          .doesNotContain("\tat ");
      assertThat(full.out()).as("what is left").isEmpty();
    }
  }

  private static List<String> with(List<String> command, String last) {
    List<String> all = new ArrayList<>(command);
    all.add(last);
    return all;
  }

  private static boolean runs(List<String> command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      // No such command on this system.
      return false;
    }
  }

  private static long kilobytesOfJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      Path jar =
          files.filter(file -> file.toString().endsWith("-job.jar")).findFirst().orElseThrow();
      return Files.size(jar) / 1024;
    }
  }

  @Test
  void placesThatCannotBeWrittenAreNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (String key : List.of("output.path", "checkpoint.path")) {
      MainRun refused = fit(key + "=" + file + "/x");
      assertThat(refused.exitCode()).isEqualTo(5);
      assertThat(refused.err()).contains(key + " = " + file + "/x cannot be");
      assertThat(refused.err().lines()).hasSize(1);
    }
    MainRun refused = fit("checkpoint.path=" + out + "/checkpoint");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("lies within output.path");
    assertThat(left()).isEmpty();
  }

  /** In this process. */
  private MainRun fit(String override) {
    return MainRun.on(
        "local[2]",
        "fit",
        Path.of("conf/diabetes.conf"),
        "output.path=" + out,
        "checkpoint.path=" + checkpoint,
        override);
  }

  /** Other draws are none of these; and those of the same seed are what they would have been. */
  @Test
  void drawsSurviveAKilledDriver() throws Exception {
    List<String> results = new ArrayList<>();
    for (String seed : List.of("7", "8", "8")) {
      boolean kill = results.size() < 2;
      if (kill) {
        Set<Path> before = pieces();
        try (RunningJob job =
            start("fit", "conf/concrete.conf", DRAWS, "contraction.seed=" + seed)) {
          job.await("new draws", () -> !before.containsAll(pieces()));
          job.kill();
          results.add(job.end().err());
        }
      } else {
        try (RunningJob job =
            start("fit", "conf/concrete.conf", DRAWS, "contraction.seed=" + seed)) {
          Submission done = job.end();
          assertThat(done.exitCode()).as(done.err()).isZero();
          results.add(done.err());
        }
      }
    }
    assertThat(results.get(1)).contains("what is kept of the draws is of other data, another");
    assertThat(results.get(2)).containsPattern("found [1-9][0-9]* runs of batches of draws");
    assertThat(summary().get("checkpoint").get("resumed_share").asDouble()).isBetween(0.001, 1.0);
    Path plain = directory.resolve("plain");
    List<String> arguments = new ArrayList<>(DRAWS);
    arguments.addAll(List.of("contraction.seed=8", "output.path=" + plain));
    MainRun.on("local[2]", "fit", Path.of("conf/concrete.conf"), arguments.toArray(String[]::new))
        .succeeds();
    assertThat(predictions(out)).isEqualTo(predictions(plain));
  }

  private Set<Path> pieces() throws IOException {
    if (!Files.exists(checkpoint)) {
      return Set.of();
    }
    try (Stream<Path> all = Files.walk(checkpoint)) {
      return all.filter(path -> path.getFileName().toString().startsWith("pieces-"))
          .collect(Collectors.toSet());
    } catch (UncheckedIOException e) {
      // A file went while it was looked at.
      return Set.of();
    }
  }

  private static List<String> predictions(Path out) throws IOException {
    List<String> all = Results.lines(out.resolve("predictions"));
    assertThat(all).isNotEmpty();
    return all;
  }
}
