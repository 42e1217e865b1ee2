package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole jobs on executors in JVMs of their own, of which some are killed, and of which the driver
 * is: the results are the bytes of an undisturbed job on two threads.
 */
@Tag("slow")
class ClusterIT {
  private static final String TRAINING = "training-contraction-*/pieces-*";
  private static final String ROWS = "test-rows-*/rows-*";

  @TempDir private static Path directory;
  private static LocalCluster cluster;
  private static String undisturbed;
  private static int jobs;

  private Path out;
  private Path checkpoint;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(Files.createDirectories(directory.resolve("cluster")));
    Path out = directory.resolve("undisturbed");
    try (RunningJob job =
        RunningJob.start(
            directory,
            Map.of(),
            "fit",
            "conf/digits.conf",
            arguments(out, List.of("--", "--master", "local[2]")))) {
      Submission done = job.end();
      assertThat(done.exitCode()).as(done.err()).isZero();
    }
    undisturbed = result(out);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    jobs++;
    out = directory.resolve("out-" + jobs);
    checkpoint = directory.resolve("checkpoint-" + jobs);
    cluster.fill();
  }

  /** The digits, fewer of them than in conf/digits.conf. */
  private static List<String> arguments(Path out, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "data.train-rows=120",
                "data.test-rows=100",
                "output.format=json",
                "output.path=" + out));
    arguments.addAll(more);
    return arguments;
  }

  /** On the cluster, with a checkpoint that is written often. */
  private RunningJob onCluster(String... options) throws IOException {
    List<String> more =
        new ArrayList<>(
            List.of(
                "checkpoint.path=" + checkpoint,
                "checkpoint.interval=0.1",
                "--",
                "--master",
                cluster.master(),
                "--executor-memory",
                "1g"));
    more.addAll(List.of(options));
    return RunningJob.start(directory, Map.of(), "fit", "conf/digits.conf", arguments(out, more));
  }

  /** All that a result says but for times, as text. */
  private static String result(Path out) throws IOException {
    StringBuilder all = new StringBuilder();
    JsonNode summary = Results.summary(out);
    for (String part : List.of("nngp", "delta_log_evidence", "corrected", "widths")) {
      all.append(summary.get(part)).append('\n');
    }
    for (String part : List.of("predictions", "model/data")) {
      for (Path file : Results.parts(out.resolve(part))) {
        all.append(part.equals("predictions") ? Files.readString(file) : body(file)).append('\n');
      }
    }
    return all.toString();
  }

  /** Of a Parquet file without its footer, in which sets stand in an order of the moment. */
  private static String body(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int footer =
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt(bytes.length - 2 * Integer.BYTES);
    int end = bytes.length - 2 * Integer.BYTES - footer;
    return end + " " + Arrays.hashCode(Arrays.copyOf(bytes, end));
  }

  private JsonNode assertUndisturbed(RunningJob job) throws Exception {
    Submission done = job.end();
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(result(out)).isEqualTo(undisturbed);
    assertNothingIsLeft();
    return Results.summary(out).get("checkpoint");
  }

  /** Neither a half-written result nor a lock, and no checkpoint. */
  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("." + out.getFileName()));
    }
    if (Files.exists(checkpoint)) {
      assertThat(checkpoint).isEmptyDirectory();
    }
  }

  @Test
  void executorsThatAreKilledOneAfterTheOther() throws Exception {
    try (RunningJob job = onCluster()) {
      job.await(checkpoint, TRAINING);
      cluster.killExecutor(0);
      job.await(checkpoint, ROWS);
      cluster.killExecutor(1);
      assertThat(job.isAlive()).isTrue();
      assertThat(assertUndisturbed(job).get("resumed_share").asDouble()).isZero();
    }
  }

  /** And Kryo in place of Java's serializer, which changes nothing. */
  @Test
  void aWorkerThatIsStopped() throws Exception {
    try (RunningJob job =
        onCluster(
            "--conf",
            "spark.serializer=org.apache.spark.serializer.KryoSerializer",
            "--conf",
            "spark.kryo.registrationRequired=true")) {
      job.await(checkpoint, TRAINING);
      cluster.stopWorker(1);
      assertUndisturbed(job);
    }
  }

  /** A task that hangs is done by another executor too, and its result counts once. */
  @Test
  void aStragglerWithSpeculation() throws Exception {
    Path events = Files.createDirectories(directory.resolve("events"));
    try (RunningJob job =
        onCluster(
            "--conf",
            "spark.speculation=true",
            "--conf",
            "spark.speculation.interval=20ms",
            "--conf",
            "spark.speculation.quantile=0.1",
            "--conf",
            "spark.speculation.multiplier=1.1",
            "--conf",
            "spark.eventLog.enabled=true",
            "--conf",
            "spark.eventLog.rolling.enabled=false",
            "--conf",
            "spark.eventLog.compress=false",
            "--conf",
            "spark.eventLog.dir=" + events.toUri())) {
      job.await(checkpoint, TRAINING);
      cluster.signalExecutor(0, "STOP");
      // Its task can only be done by the other executor, once that has no other task left.
      for (int wait = 0; wait < 150 && !RunningJob.sees(checkpoint, "test-rows-*"); wait++) {
        Thread.sleep(100);
      }
      cluster.signalExecutor(0, "CONT");
      assertUndisturbed(job);
    }
    try (Stream<Path> logs = Files.list(events)) {
      String log = Files.readString(logs.findFirst().orElseThrow());
      assertThat(log).contains("\"Speculative\":true");
    }
  }

  /** In the training contraction, in the test rows, and while results are written. */
  @Test
  void aDriverThatIsKilledThreeTimes() throws Exception {
    try (RunningJob job = onCluster()) {
      job.await(checkpoint, TRAINING);
      job.kill();
    }
    assertThat(out).doesNotExist();
    try (RunningJob job = onCluster()) {
      job.await(checkpoint, ROWS);
      job.kill();
    }
    assertThat(out).doesNotExist();
    try (RunningJob job = onCluster()) {
      job.await(directory, "." + out.getFileName() + ".incomplete-*/predictions");
      job.kill();
      assertThat(job.end().err())
          .contains("checkpoint: found 100 % of the training contraction", "of 100 test rows");
    }
    assertThat(out).doesNotExist();
    try (RunningJob job = onCluster()) {
      JsonNode saved = assertUndisturbed(job);
      assertThat(saved.get("resumed_share").asDouble()).isEqualTo(1);
      assertThat(job.end().err())
          .contains("checkpoint: found 100 % of the training contraction")
          .contains("checkpoint: found 100 of 100 test rows");
    }
  }
}
