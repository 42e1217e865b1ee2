package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deep linear networks and kernel renormalisation as methods of a job. */
class ScalesMethodTest {
  private static final String QUANTILES = "predict.quantiles = [0.1, 0.9]";

  @TempDir private static Path directory;
  private static MethodJobs jobs;
  private static Path config;

  @BeforeAll
  static void write() throws IOException {
    jobs = MethodJobs.in(directory);
    config =
        jobs.config(
            """
            data.features = [a, b, c]
            network { activation = linear, hidden-widths = [24, 12], bias-variance = [0.1, 0, 0.2] }
            noise-variance = 0.3
            posterior.method = linear
            widths = [4.5, 72]
            predict.quantiles = [0.1, 0.9]
            """,
            12,
            6,
            4,
            "a,b,c,target,other",
            ScalesMethodTest::line);
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  private static String line(Matrix x, int i) {
    double target = 20 + 4 * x.get(i, 0) - x.get(i, 1) + 0.3 * x.get(i, 3);
    double other = 5 + x.get(i, 2);
    return "%s,%s,%s,%s,%s".formatted(x.get(i, 0), x.get(i, 1), x.get(i, 2), target, other);
  }

  @Test
  void deepLinearNetworksAreFittedAndPredictedFromTheirModel() throws IOException {
    MainRun.of("fit", config).succeeds();
    JsonNode summary = jobs.summary("out");
    assertThat(summary.get("method").asText()).isEqualTo("linear");
    assertThat(summary.get("contraction").get("engine").asText()).isEqualTo("linear");
    assertThat(summary.get("contraction").hasNonNull("moments")).isFalse();
    assertThat(summary.get("widths")).hasSize(2);
    String page = jobs.page("out");
    assertThat(page).contains("by its exact posterior");
    jobs.predicted("out", "predicted", QUANTILES, "mean", "variance", "quantile_0.1", "converged");
    assertThat(jobs.predictions("out").get("r0").get("converged").asBoolean()).isTrue();
  }

  /** Two targets and two layers, by draws, and the width that evidence favours. */
  @Test
  void severalTargetsHaveErrorsAndTheWidthIsChosen() throws IOException {
    String to = "output.path=" + directory.resolve("two");
    MainRun.of(
            "fit",
            config,
            "data.target=[target, other]",
            "network.hidden-widths=auto",
            "network.bias-variance=[0.1, 0, 0.2]",
            "widths=[4, 16]",
            "ensemble.draws=4000",
            to)
        .succeeds();
    JsonNode summary = jobs.summary("two");
    assertThat(summary.get("contraction").get("effective_draws").asDouble()).isGreaterThan(300);
    assertThat(summary.get("network").get("hidden_widths").get(0).asInt()).isIn(4, 16);
    jobs.predicted(
        "two", "predicted-two", QUANTILES, "mean", "variance", "standard_error", "converged");
  }

  @Test
  void kernelRenormalisationIsAMethod() throws IOException {
    MainRun.of(
            "fit",
            config,
            "posterior.method=proportional",
            "network.activation=tanh",
            "network.bias-variance=0.1",
            "output.path=" + directory.resolve("proportional"))
        .succeeds();
    JsonNode summary = jobs.summary("proportional");
    assertThat(summary.get("method").asText()).isEqualTo("proportional");
    String page = jobs.page("proportional");
    assertThat(page).contains("by kernel renormalisation");
    jobs.predicted(
        "proportional", "predicted-proportional", QUANTILES, "mean", "variance", "quantile_0.9");
  }

  @Test
  void whatTheyCannotDoIsRefusedInASentence() {
    assertThat(MainRun.of("fit", config, "network.activation=relu").err())
        .contains("relu is not linear");
    assertThat(MainRun.of("fit", config, "network.bias-variance=0.1").err())
        .contains("no biases in hidden layers beyond the first");
    assertThat(MainRun.of("fit", config, "data.target=[target, other]", "widths=[0.5]").err())
        .contains("narrower than the 2 outputs");
    assertThat(
            MainRun.of(
                    "fit", config, "data.target=[target, other]", "posterior.method=proportional")
                .err())
        .contains("proportional is for one output");
  }
}
