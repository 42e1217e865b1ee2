package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hyperparameters = sampled} through fit and predict. */
class SampledHyperparametersJobTest {
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
            network { activation = tanh, hidden-widths = [4] }
            noise-variance = 0.01
            hyperparameters = sampled
            evidence.input-scales = per-feature
            posterior.method = networks
            networks { chains = 4, max-iterations = 300, states = 40, max-annealing = 300 }
            predict { quantiles = [0.05, 0.95], quantiles-of = target }
            widths = [3]
            """,
            60,
            12,
            3,
            "b,c,a,target",
            SampledHyperparametersJobTest::line);
    MainRun.of("fit", config).succeeds();
    summary = jobs.summary("out");
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  /** Noise of deviation 0.5 in targets of deviation 3; c is the same everywhere, b does nothing. */
  private static String line(Matrix x, int i) {
    double target = 20 + 4 * Math.tanh(x.get(i, 0)) + 0.5 * x.get(i, 2);
    return "%s,5,%s,%s".formatted(x.get(i, 1), x.get(i, 0), target);
  }

  @Test
  void theSummaryHasThem() {
    assertThat(summary.get("hyperparameters").get("mode").asText()).isEqualTo("sampled");
    assertThat(summary.get("hyperparameters").get("evidence").isNull()).isTrue();
    assertThat(summary.get("chains")).hasSize(2);
    JsonNode all = summary.get("chains").get(0).get("hyperparameters");
    assertThat(all.findValuesAsText("name"))
        .containsExactly(
            "noise variance",
            "bias variance, hidden layer",
            "bias variance, output layer",
            "weight variance, hidden layer",
            "weight variance, output layer",
            "input scale, feature 1",
            "input scale, feature 2");
    double noise = all.get(0).get("mean").asDouble();
    assertThat(summary.get("hyperparameters").get("noise_variance").asDouble()).isEqualTo(noise);
    // 0.25/9, of 60 rows ± 20 %; given as 0.01.
    assertThat(noise).isBetween(0.014, 0.06);
    assertThat(all.get(0).get("lower").asDouble()).isBetween(0.5 * noise, noise);
    assertThat(all.get(0).get("upper").asDouble()).isBetween(noise, 2 * noise);
    assertThat(all.get(0).get("effective_draws").asDouble()).isPositive();
    assertThat(all.get(5).get("feature").asText()).isEqualTo("b");
    assertThat(all.get(6).get("feature").asText()).isEqualTo("a");
    assertThat(all.get(6).get("mean").asDouble()).isGreaterThan(1.2);
    assertThat(all.get(0).get("feature").isNull()).isTrue();
  }

  @Test
  void thePageShowsThem() throws IOException {
    String page = jobs.page("out");
    assertThat(page)
        .contains("Hyperparameters")
        .contains("weight variance, output layer")
        .contains("Relevance of features")
        .contains("(preprocessed, posterior mean)");
  }

  /** Quantiles of targets are wider than the function's by the noise of the states. */
  @Test
  void theModelPredictsTheSame() throws IOException {
    jobs.predicted(
            "out",
            "predicted",
            "predict { quantiles = [0.05, 0.95], quantiles-of = target }",
            "mean",
            "variance",
            "quantile_0.05",
            "quantile_0.95",
            "converged")
        .forEach(
            (id, row) -> {
              double width =
                  row.get("quantile_0.95").asDouble() - row.get("quantile_0.05").asDouble();
              // The function alone would have 3.29 deviations, and targets have 0.5 as noise.
              assertThat(width / 3.29).isGreaterThan(0.35);
              assertThat(Math.pow(width / 3.29, 2)).isGreaterThan(row.get("variance").asDouble());
            });
    assertThat(jobs.summary("predicted").at("/corrected/nlpd").asDouble())
        .isCloseTo(summary.at("/corrected/nlpd").asDouble(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "posterior.method=first-order | set posterior.method = networks, or hyperparameters ="
            + " fixed",
        "posterior.method=ensemble | set posterior.method = networks, or hyperparameters = fixed",
        "noise-variance=0 | chains of networks need noise",
        "posterior.method=nngp | set posterior.method = networks, or hyperparameters = fixed",
        "preprocess.features=unit-sphere | features scaled one by one leave the sphere",
      })
  void whatCannotBeIsOneSentence(String override, String sentence) {
    MainRun run =
        MainRun.of("fit", config, override, "output.path=" + directory.resolve("refused"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(directory.resolve("refused")).doesNotExist();
  }

  /** It compares posteriors of one prior, and says which. */
  @Test
  void validateHasThoseThatAreGiven() throws IOException {
    List<String> least =
        List.of(
            "validate.train-rows=8",
            "validate.test-rows=3",
            "validate.widths=[4]",
            "validate.draws=64",
            "validate.method=draws",
            "posterior.method=nngp",
            "predict={}");
    MainRun run = validate("given", least, "hyperparameters=sampled");
    validate("fixed", least, "hyperparameters=fixed");
    assertThat(run.err()).contains("hyperparameters = sampled: posteriors of one prior");
    JsonNode given = Results.json(directory.resolve("given/validate.json"));
    assertThat(given.at("/widths/0/points"))
        .isEqualTo(Results.json(directory.resolve("fixed/validate.json")).at("/widths/0/points"));
    assertThat(jobs.summary("given").get("warnings"))
        .anyMatch(warning -> warning.asText().startsWith("hyperparameters = sampled"));
  }

  private static MainRun validate(String name, List<String> least, String mode) {
    List<String> all = new ArrayList<>(least);
    all.add(mode);
    all.add("output.path=" + directory.resolve(name));
    return MainRun.of("validate", config, all.toArray(String[]::new)).succeeds();
  }

  /** The evidence that chooses has the hyperparameters integrated out. */
  @Test
  void depthAndWidthAreChosenByMarginalEvidence() throws IOException {
    MainRun.of(
            "fit",
            config,
            "evidence.depths=[1,2]",
            "network.hidden-widths=auto",
            "widths=[2,3]",
            "networks.max-iterations=50",
            "networks.max-annealing=50",
            "output.path=" + directory.resolve("chosen"))
        .succeeds();
    JsonNode chosen = jobs.summary("chosen");
    JsonNode networks = chosen.get("hyperparameters").get("networks");
    assertThat(networks).hasSize(2);
    List<Double> evidence = new ArrayList<>();
    networks.forEach(one -> evidence.add(one.get("log_evidence").asDouble()));
    int best = evidence.get(0) > evidence.get(1) ? 0 : 1;
    assertThat(networks.get(best).get("chosen").asBoolean()).isTrue();
    assertThat(chosen.get("network").get("hidden_widths")).hasSize(best + 1);
    // The widest where evidence does not tell, so not always the one of the highest.
    int width = chosen.get("network").get("hidden_widths").get(0).asInt();
    assertThat(width).isIn(networks.get(best).get("width").asInt(), 3);
    assertThat(chosen.at("/hyperparameters/width/by_evidence").asInt()).isEqualTo(width);
    for (JsonNode one : chosen.get("chains")) {
      assertThat(one.get("hyperparameters").get(0).get("name").asText())
          .isEqualTo("noise variance");
    }
  }
}
