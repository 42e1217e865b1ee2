package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** submit.sh with a Spark distribution, whose executors are JVMs of their own. */
@Tag("slow")
class DistributionIT {
  private static final Path CONFIG = Path.of("conf/diabetes.conf");

  @TempDir private Path directory;
  private Map<String, String> distribution;

  @BeforeEach
  void distribution() throws IOException {
    // Not in the temporary directory: its links would be told one by one as it is removed.
    distribution =
        SparkDistribution.in(Path.of("target", "spark-distribution").toAbsolutePath())
            .environment();
  }

  private static List<String> arguments(Path out) {
    return List.of(
        "data.train-rows=40",
        "data.test-rows=9",
        "contraction.engine=sampled",
        "contraction.tolerance=0.5",
        "output.format=json",
        "output.path=" + out);
  }

  private Submission fit(Map<String, String> environment, Path out, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(arguments(out));
    arguments.add("--");
    arguments.addAll(List.of(options));
    return Submission.of(environment, directory, "fit", CONFIG, arguments.toArray(String[]::new));
  }

  private static List<String> predictions(Path out) throws IOException {
    return Results.lines(out.resolve("predictions"));
  }

  /**
   * Executors have the native library from the archive alone, and give the driver's bits; without a
   * locale, too, whatever the letters of paths.
   */
  @Test
  void executorsGetTheNativeLibraryAndGiveTheSameBytes() throws Exception {
    Path here = directory.resolve("here");
    String[] arguments = arguments(here).toArray(String[]::new);
    MainRun.on("local[2]", "fit", CONFIG, arguments).succeeds();
    Path there = directory.resolve("dört 漢");
    Map<String, String> nowhere = new HashMap<>(distribution);
    nowhere.put("LC_ALL", "C");
    Submission cluster =
        fit(
            nowhere,
            there,
            "--master",
            "local-cluster[2,1,1024]",
            // They would inherit the driver's.
            "--conf",
            "spark.executorEnv.LD_LIBRARY_PATH=/nowhere");
    assertThat(cluster.exitCode()).as(cluster.err()).isZero();
    assertThat(cluster.err())
        .contains("] BLAS of 2 executors: native (libopenblas.so.0)")
        .contains("] estimate: ")
        .doesNotContain("\tat ");
    assertThat(predictions(there)).isNotEmpty().isEqualTo(predictions(here));
    assertThat(Results.summary(there).get("warnings").toString()).doesNotContain("BLAS");
  }

  @Test
  void executorsWithoutANativeLibraryAreReported() throws Exception {
    Path out = directory.resolve("out");
    Submission job =
        fit(
            distribution,
            out,
            "--master",
            "local-cluster[1,1,1024]",
            "--conf",
            "spark.executor.extraJavaOptions=-Ddev.ludovic.netlib.blas.nativeLib=libnone.so");
    assertThat(job.exitCode()).as(job.err()).isZero();
    assertThat(job.err()).contains("BLAS of 1 executor: pure Java");
    assertThat(job.err()).contains("warning: 1 executor of 1 has no native BLAS");
    assertThat(Results.summary(out).get("warnings").toString()).contains("docs/cluster.md");
  }

  /** Sentence and code are the job's own, through all that stands between. */
  @Test
  void theExitCodeComesThrough() throws Exception {
    Submission job =
        fit(
            distribution,
            directory.resolve("out"),
            "--master",
            "local[1]",
            "--driver-memory",
            "300m");
    assertThat(job.exitCode()).isEqualTo(5);
    assertThat(job.err().lines().toList())
        .filteredOn(line -> line.startsWith("finite-width: "))
        .singleElement()
        .asString()
        .contains("Spark does not start below 450 MB");
    assertThat(job.err()).doesNotContain("\tat ");
  }
}
