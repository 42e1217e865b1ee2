package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark, its metrics sinks and summary.json know of a run. */
class ObservabilityTest {
  @TempDir private Path directory;
  private Path metrics;
  private LocalSpark settings;

  /** Spark makes it by name. */
  public static final class Listener extends SparkListener {
    private static final ConcurrentLinkedQueue<String> APPLICATIONS = new ConcurrentLinkedQueue<>();
    private static final ConcurrentLinkedQueue<String> STAGES = new ConcurrentLinkedQueue<>();
    private static final ConcurrentLinkedQueue<Properties> JOBS = new ConcurrentLinkedQueue<>();

    @Override
    public void onApplicationStart(SparkListenerApplicationStart start) {
      APPLICATIONS.add(start.appName());
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      JOBS.add(start.properties());
      CollectionConverters.asJava(start.stageInfos()).forEach(stage -> STAGES.add(stage.name()));
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    Listener.APPLICATIONS.clear();
    Listener.STAGES.clear();
    Listener.JOBS.clear();
    metrics = Files.createDirectory(directory.resolve("metrics"));
    settings =
        LocalSpark.set(
            Map.of(
                "spark.extraListeners",
                Listener.class.getName(),
                "spark.metrics.conf.driver.sink.csv.class",
                "org.apache.spark.metrics.sink.CsvSink",
                "spark.metrics.conf.driver.sink.csv.directory",
                metrics.toString(),
                "spark.metrics.conf.driver.sink.csv.period",
                "10",
                "spark.metrics.conf.driver.sink.csv.unit",
                "minutes"));
  }

  @AfterEach
  void clear() {
    settings.close();
  }

  @Test
  void anExactFit() throws IOException {
    JsonNode summary = run("contraction.engine=exact", "network.activation=relu");
    assertThat(metric("momentsDone")).isEqualTo(summary.at("/contraction/moments").asLong());
    assertThat(metric("rowsScored")).isEqualTo(summary.at("/data/test_rows").asLong());
    assertThat(metric("phaseDone")).isEqualTo(1);
    assertThat(metric("phaseSecondsLeft")).isZero();
    assertThat(Listener.STAGES)
        .anyMatch(stage -> stage.startsWith("training contraction, layers 1 to 2, "))
        .anyMatch(stage -> stage.equals("contraction and prediction, layers 1 to 2, 6 test rows"))
        .contains("reading and preprocessing rows", "writing predictions", "writing the model");
  }

  @Test
  void aSampledFit() throws IOException {
    JsonNode summary =
        run("contraction.engine=sampled", "contraction.max-draws=40000", "strict=false");
    long drawn = summary.at("/contraction/draws").asLong();
    assertThat(metric("drawsDone")).isEqualTo(drawn);
    assertThat(Listener.STAGES)
        .anyMatch(stage -> stage.startsWith("sampled contraction, layer 1 batches 1 to "))
        .contains("kernels of 1 block of test rows");
  }

  private JsonNode run(String... overrides) throws IOException {
    Path out = directory.resolve("out");
    Path config =
        Files.writeString(
            directory.resolve("job.conf"),
            "data { train = \"%s\", test-rows = 6 }\noutput { format = json, path = \"%s\" }\n"
                .formatted(csv(), out));
    MainRun run = MainRun.of("fit", config, overrides).succeeds();
    JsonNode summary = Results.summary(out);
    String id = run.id();
    assertThat(run.err().lines())
        .isNotEmpty()
        .allMatch(l -> l.startsWith("finite-width: [" + id + "]"));
    assertTraced(summary, id);
    assertNamed(id);
    return summary;
  }

  private static void assertTraced(JsonNode summary, String id) {
    JsonNode run = summary.get("run");
    assertThat(run.get("id").asText()).isEqualTo(id).matches("[0-9a-f]{8}");
    assertThat(run.get("started").asText()).matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(run.get("application_id").asText()).startsWith("local-");
    assertThat(run.get("master").asText()).isEqualTo("local[2]");
    assertThat(run.at("/versions/java").asText()).startsWith("" + Runtime.version().feature());
    assertThat(run.at("/versions/scala").asText()).startsWith("2.13");
    assertThat(run.at("/versions/spark").asText()).startsWith("4.");
    assertThat(run.at("/versions/commit").asText()).matches("[0-9a-f]{7,40}(-dirty)?|unknown");
    assertThat(run.get("config_sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(run.at("/config/data.test-rows").asText()).isEqualTo("6");
    assertThat(run.at("/inputs/sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(run.at("/inputs/files").asInt()).isEqualTo(1);
  }

  /** No job and no stage goes by a line of source code. */
  private static void assertNamed(String id) {
    assertThat(Listener.APPLICATIONS).containsExactly("finite-width fit " + id);
    assertThat(Listener.JOBS).isNotEmpty();
    for (Properties job : Listener.JOBS) {
      assertThat(job.getProperty("spark.jobGroup.id")).isEqualTo(id);
      assertThat(job.getProperty("spark.job.description")).startsWith("finite-width: ");
      assertThat(job.getProperty("mdc.run")).isEqualTo(id);
    }
    assertThat(Listener.STAGES).isNotEmpty().noneMatch(stage -> stage.contains(".java:"));
    assertThat(Listener.STAGES).noneMatch(stage -> stage.contains(".scala:"));
  }

  /** The last value that the sink has written of a metric of the driver. */
  private double metric(String name) throws IOException {
    try (Stream<Path> files = Files.list(metrics)) {
      Path file =
          files
              .filter(
                  f -> f.getFileName().toString().endsWith(".driver.finiteWidth." + name + ".csv"))
              .findFirst()
              .orElseThrow();
      List<String> lines = Files.readAllLines(file);
      return Double.parseDouble(lines.get(lines.size() - 1).split(",")[1]);
    }
  }

  private Path csv() throws IOException {
    Matrix x = Problems.gaussian(30, 3, 1);
    StringBuilder text = new StringBuilder("a,b,c,target\n");
    for (int i = 0; i < x.rows(); i++) {
      double target = 20 + 4 * Math.sin(x.get(i, 0)) + x.get(i, 1);
      text.append("%s,%s,%s,%s%n".formatted(x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    return Files.writeString(directory.resolve("train.csv"), text.toString());
  }
}
