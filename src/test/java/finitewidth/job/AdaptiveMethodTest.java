package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that adapts as the method of a job: results, model, what is refused. */
class AdaptiveMethodTest {
  @TempDir private static Path directory;
  private static MethodJobs jobs;
  private static Path config;
  private static JsonNode summary;

  @BeforeAll
  static void fit() throws IOException {
    jobs = MethodJobs.in(directory);
    config =
        jobs.config(
            """
            network { activation = relu, hidden-widths = [6], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.1
            posterior.method = adaptive
            widths = [4.5, 72]
            predict.quantiles = [0.1, 0.9]
            """,
            14,
            6,
            3,
            "a,b,c,target",
            AdaptiveMethodTest::line);
    MainRun.of("fit", config).succeeds();
    summary = jobs.summary("out");
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  private static String line(Matrix x, int i) {
    double target = 20 + 4 * Math.abs(x.get(i, 1)) + 0.1 * x.get(i, 0);
    return "%s,%s,%s,%s".formatted(x.get(i, 0), x.get(i, 1), x.get(i, 2), target);
  }

  @Test
  void theSummaryAndThePageHaveWhatTheKernelHasLearnt() throws IOException {
    assertThat(summary.get("method").asText()).isEqualTo("adaptive");
    assertThat(summary.get("contraction").get("engine").asText()).isEqualTo("adaptive");
    assertThat(summary.get("rho").asDouble()).isPositive();
    assertThat(summary.get("scales")).hasSize(3);
    JsonNode own = summary.get("metrics").get(0);
    assertThat(own.get("widths").get(0).asDouble()).isEqualTo(6);
    assertThat(own.get("settled").asBoolean()).isTrue();
    double relevant = 0;
    for (JsonNode feature : own.get("features")) {
      if (feature.get("feature").asText().equals("b")) {
        relevant = feature.get("relevance").asDouble();
      }
    }
    for (JsonNode feature : own.get("features")) {
      assertThat(feature.get("relevance").asDouble()).isLessThanOrEqualTo(relevant);
    }
    String page = jobs.page("out");
    assertThat(page)
        .contains("by a kernel that adapts to the data")
        .contains("What the kernel has learnt")
        .contains("Relevance of features");
  }

  @Test
  void theModelPredictsTheSame() throws IOException {
    jobs.predicted(
            "out",
            "predicted",
            "predict.quantiles = [0.1, 0.9]",
            "mean",
            "variance",
            "quantile_0.1",
            "kernel_holds")
        .forEach(
            (id, row) -> {
              assertThat(row.get("quantile_0.1").asDouble()).isLessThan(row.get("mean").asDouble());
              assertThat(row.get("quantile_0.9").asDouble())
                  .isGreaterThan(row.get("mean").asDouble());
            });
  }

  @Test
  void whatItCannotDoIsRefusedWithTheReason() {
    Map<String, String> refused =
        Map.of(
            "inducing-points=5", "needs the training rows themselves",
            "contraction.quantities=mean", "has variances always",
            "output.hidden-kernels=true", "has no kernels of hidden layers",
            "network.activation=linear", "would count twice");
    refused.forEach(
        (setting, why) -> {
          MainRun run = MainRun.of("fit", config, setting);
          assertThat(run.exitCode()).as(setting).isEqualTo(2);
          assertThat(run.err()).contains(why);
        });
  }
}
