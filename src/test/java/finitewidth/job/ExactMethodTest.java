package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact posterior as the method of a fit: results, model, predictions of the model. */
class ExactMethodTest {
  @TempDir private static Path directory;
  private static MethodJobs jobs;
  private static Path config;
  private static JsonNode summary;
  private static String warnings;

  @BeforeAll
  static void fit() throws IOException {
    jobs = MethodJobs.in(directory);
    config =
        jobs.config(
            """
            network { activation = relu, hidden-widths = [30], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.3
            posterior.method = ensemble
            ensemble.draws = 20000
            widths = [8, 100]
            """,
            10,
            6,
            3,
            "a,b,c,target",
            ExactMethodTest::line);
    warnings = MainRun.of("fit", config).succeeds().err();
    summary = jobs.summary("out");
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  private static String line(Matrix x, int i) {
    double target = 20 + 4 * Math.sin(x.get(i, 0)) + x.get(i, 1);
    return "%s,%s,%s,%s".formatted(x.get(i, 0), x.get(i, 1), x.get(i, 2), target);
  }

  /** Importance draws of the validate verb are an outside truth of another way through the job. */
  @Test
  void theExactPosteriorOfValidate() throws IOException {
    MainRun.of(
            "validate",
            config,
            "posterior.method=first-order",
            "validate.train-rows=10",
            "validate.test-rows=6",
            "validate.widths=[30]",
            "validate.draws=20000",
            "output.path=" + directory.resolve("validated"))
        .succeeds();
    JsonNode validated =
        Results.json(directory.resolve("validated/validate.json")).get("widths").get(0);
    Map<String, JsonNode> rows = jobs.predictions("out");
    assertThat(rows).hasSize(6);
    for (JsonNode point : validated.get("points")) {
      JsonNode row = rows.get(point.get("id").asText());
      assertThat(row.get("mean").asDouble())
          .isCloseTo(point.get("exact_mean").get(0).asDouble(), within(1e-9));
      assertThat(row.get("variance").asDouble())
          .isCloseTo(point.get("exact_variance").get(0).asDouble(), within(1e-9));
      assertThat(row.get("converged").asBoolean()).isTrue();
      assertThat(row.get("standard_error").asDouble()).isPositive();
    }
    assertThat(summary.get("corrected").get("log_evidence").asDouble())
        .isCloseTo(validated.get("log_evidence").get("exact").asDouble(), within(1e-9));
  }

  @Test
  void theSummarySaysHow() throws IOException {
    assertThat(summary.get("method").asText()).isEqualTo("ensemble");
    assertThat(summary.get("contraction").get("engine").asText()).isEqualTo("ensemble");
    assertThat(summary.get("contraction").get("effective_draws").asDouble()).isBetween(100., 2e4);
    assertThat(summary.get("widths")).hasSize(2);
    assertThat(warnings).doesNotContain("expansion");
    String page = jobs.page("out");
    assertThat(page).contains("by its exact posterior").doesNotContain("first order in 1/width");
  }

  @Test
  void theModelPredictsTheSame() throws IOException {
    MainRun.of("predict", jobs.predict("out", "predicted", "")).succeeds();
    Map<String, JsonNode> before = jobs.predictions("out");
    // Draws of a row alone are others than those of all rows together.
    jobs.predictions("predicted")
        .forEach(
            (id, row) -> {
              double error = before.get(id).get("standard_error").asDouble();
              assertThat(row.get("mean").asDouble())
                  .isCloseTo(before.get(id).get("mean").asDouble(), within(6 * error));
              assertThat(row.get("nngp_mean")).isEqualTo(before.get(id).get("nngp_mean"));
            });
    MainRun other =
        MainRun.of("predict", jobs.predict("out", "none", ""), "predict.hidden-widths=[31]");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("is known at the widths [[30], [8], [100]] only; leave the key out");
  }

  /** Chains and weighted draws are two ways to one posterior. */
  @Test
  void chainsAgreeWithDraws() throws IOException {
    MainRun run =
        MainRun.of(
                "fit",
                config,
                "posterior.method=networks",
                "networks.max-iterations=400",
                "predict.quantiles=[0.1,0.9]",
                "widths=[]",
                "output.path=" + directory.resolve("chains"))
            .succeeds();
    JsonNode found = jobs.summary("chains");
    JsonNode chains = found.get("chains").get(0);
    assertThat(chains.get("chains").asInt()).isEqualTo(8);
    assertThat(chains.get("log_likelihood_rhat").asDouble()).isBetween(0.99, 1.05);
    double error =
        Math.hypot(
            chains.get("log_evidence_standard_error").asDouble(),
            summary.get("contraction").get("delta_log_evidence_standard_error").asDouble());
    assertThat(found.get("corrected").get("log_evidence").asDouble())
        .isCloseTo(summary.get("corrected").get("log_evidence").asDouble(), within(5 * error));
    Map<String, JsonNode> draws = jobs.predictions("out");
    jobs.predictions("chains")
        .forEach(
            (id, row) -> {
              double apart = Math.abs(row.get("mean").asDouble() - draw(draws, id, "mean"));
              // Five standard errors of 6 rows: one false alarm in 10⁵ or so.
              assertThat(apart)
                  .isLessThan(
                      5
                          * Math.hypot(
                              row.get("standard_error").asDouble(),
                              draw(draws, id, "standard_error")));
              double deviation = Math.sqrt(row.get("variance").asDouble());
              double low = row.get("quantile_0.1").asDouble();
              double high = row.get("quantile_0.9").asDouble();
              assertThat((high - low) / deviation).isBetween(2.2, 2.75);
              assertThat(row.get("third_cumulant").isNumber()).isTrue();
            });
    String page = jobs.page("chains");
    assertThat(page).contains("Effective draws");
    assertThat(run.err()).contains("chains, R-hat");
    jobs.predicted(
        "chains",
        "predicted-chains",
        "predict.quantiles = [0.1, 0.9]",
        "mean",
        "variance",
        "quantile_0.9",
        "converged");
  }

  private static double draw(Map<String, JsonNode> draws, String id, String column) {
    return draws.get(id).get(column).asDouble();
  }

  @Test
  void aWidthByEvidence() throws IOException {
    MainRun run =
        MainRun.of(
                "fit",
                config,
                "network.hidden-widths=auto",
                "widths=[4,16,64]",
                "output.path=" + directory.resolve("auto"))
            .succeeds();
    JsonNode chosen = jobs.summary("auto").get("hyperparameters").get("width");
    JsonNode auto = jobs.summary("auto");
    double best = Double.NEGATIVE_INFINITY;
    double width = 0;
    for (JsonNode at : auto.get("widths")) {
      if (at.get("log_evidence").asDouble() > best) {
        best = at.get("log_evidence").asDouble();
        width = at.get("width").asDouble();
      }
    }
    assertThat(chosen.get("by_evidence").asDouble()).isEqualTo(width);
    assertThat(run.out()).contains("width by evidence");
  }

  /** A draw has all of the weight: no model is written that nobody could read. */
  @Test
  void errorsThatAreNotKnownAreOneSentence() {
    MainRun run =
        MainRun.of(
            "fit",
            config,
            "noise-variance=1e-5",
            "ensemble.draws=64",
            "network.hidden-widths=[4]",
            "widths=[]",
            "output.path=" + directory.resolve("few"));
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .containsPattern("of 64 networks of widths \\[4] that were drawn only 1\\.\\d count")
        .contains("raise ensemble.draws, use fewer training rows, or posterior.method = networks")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("few")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "widths=[8.5] | networks of these widths are to be drawn",
        "inducing-points=5 | ensemble needs the training rows themselves",
        "networks.states=3 | a whole number from the number of chains",
        "networks.chains=1 | a whole number from 2 to 1024",
        "predict.quantiles=[0.5] | ensemble knows means and variances alone",
        "output.hidden-kernels=true | ensemble has no kernels of hidden layers",
        "ensemble.draws=3 | a whole number from 64",
        "posterior.method=exact | accepted is first-order, renormalised, linear, proportional,"
            + " adaptive,",
      })
  void whatCannotBeIsOneSentence(String override, String sentence) {
    MainRun run =
        MainRun.of("fit", config, override, "output.path=" + directory.resolve("refused"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(directory.resolve("refused")).doesNotExist();
  }
}
