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

/** Renormalised first order as the method of a job: results, model, what is refused. */
class RenormalisedMethodTest {
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
            network { activation = relu, hidden-widths = [24, 12], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.3
            posterior.method = renormalised
            widths = [4.5, 72]
            predict.quantiles = [0.1, 0.9]
            """,
            12,
            6,
            3,
            "a,b,c,target",
            RenormalisedMethodTest::line);
    MainRun.of("fit", config).succeeds();
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

  @Test
  void theSummaryHasTheRestAndFirstOrderBesideIt() throws IOException {
    assertThat(summary.get("method").asText()).isEqualTo("renormalised");
    assertThat(summary.get("contraction").get("engine").asText()).isEqualTo("exact");
    assertThat(summary.get("scales")).hasSize(3);
    double narrow = summary.get("scales").get(1).get("rho").asDouble();
    double wide = summary.get("scales").get(2).get("rho").asDouble();
    // The rest falls as 1/width.
    assertThat(narrow).isCloseTo(16 * wide, within(1e-9 * narrow));
    JsonNode first = summary.get("first_order");
    assertThat(first).hasSize(3);
    double order0 = summary.get("nngp").get("log_evidence").asDouble();
    double at4 = first.get(1).get("log_evidence").asDouble() - order0;
    double at64 = first.get(2).get("log_evidence").asDouble() - order0;
    assertThat(at4).isCloseTo(16 * at64, within(1e-9 * Math.abs(at4)));
    assertThat(summary.get("widths").get(0).get("log_evidence").asDouble())
        .isNotCloseTo(first.get(1).get("log_evidence").asDouble(), within(1e-3));
    String page = jobs.page("out");
    assertThat(page).contains("by renormalised first order").contains("Scale of the output");
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
            "rest_is_small")
        .forEach(
            (id, row) -> {
              assertThat(row.get("quantile_0.1").asDouble()).isLessThan(row.get("mean").asDouble());
              assertThat(row.get("quantile_0.9").asDouble())
                  .isGreaterThan(row.get("mean").asDouble());
            });
    MainRun other =
        MainRun.of("predict", jobs.predict("out", "none", ""), "predict.hidden-widths=[31, 31]");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("[24, 12]").contains("leave the key out");
  }

  /**
   * Two targets share a matrix of scales; four are refused, and so are layers that are narrower.
   */
  @Test
  void severalTargetsShareAMatrix() throws IOException {
    MainRun.of("fit", config, "data.target=[a, target]", "output.path=" + directory.resolve("two"))
        .succeeds();
    Map<String, JsonNode> rows = jobs.predictions("two");
    assertThat(rows).hasSize(6);
    rows.forEach(
        (id, row) -> {
          for (int i = 0; i < 2; i++) {
            double mean = row.get("mean").get(i).asDouble();
            assertThat(row.get("quantile_0.1").get(i).asDouble()).as(id).isLessThan(mean);
            assertThat(row.get("quantile_0.9").get(i).asDouble()).as(id).isGreaterThan(mean);
          }
        });
  }

  @Test
  void whatItCannotDoIsRefusedWithTheReason() {
    MainRun narrow =
        MainRun.of(
            "fit",
            config,
            "data.target=[a, target]",
            "widths=[1]",
            "output.path=" + directory.resolve("narrow"));
    assertThat(narrow.exitCode()).isEqualTo(3);
    assertThat(narrow.err()).contains("at least as wide as there are outputs, 2, and not [1, 1]");
    assertThat(MainRun.of("fit", config, "contraction.quantities=mean").err())
        .contains("needs the corrections of variances");
  }
}
