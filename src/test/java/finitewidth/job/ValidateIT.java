package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finitewidth.job.cli.ExitCode;
import finitewidth.report.summary.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole validate jobs. */
@Tag("slow")
class ValidateIT {
  private static final Path CONFIG = Path.of("conf/concrete-validate.conf");
  @TempDir private Path directory;

  private static MainRun validate(String... overrides) {
    return MainRun.on("local[2]", "validate", CONFIG, overrides);
  }

  /** Nor does it matter to anything else whether hidden kernels are asked for. */
  @Test
  void theNumberOfCoresDoesNotChangeAByte() throws Exception {
    List<String> results = new ArrayList<>();
    for (String master : List.of("local[1]", "local[7]", "local[2]")) {
      Path out = directory.resolve("out-" + results.size());
      boolean kernels = results.size() < 2;
      MainRun job =
          MainRun.on(
              master,
              "validate",
              CONFIG,
              "validate.method=draws",
              "validate.draws=2000",
              "validate.widths=[64,256]",
              "validate.test-rows=3",
              "network.hidden-widths=[64,64]",
              "validate.hidden-kernels=" + kernels,
              "output.path=" + out);
      assertThat(job.exitCode()).as(job.err()).isZero();
      assertThat(job.out().lines().filter(line -> line.startsWith("width "))).hasSize(2);
      assertThat(job.out()).contains("verdict: ", "validate " + out);
      assertThat(job.out().lines().filter(line -> line.startsWith("hidden kernels at width ")))
          .hasSize(kernels ? 2 : 0);
      assertThat(Files.readString(out.resolve("report.html")).contains("id=\"hidden-kernels\""))
          .isEqualTo(kernels);
      results.add(Files.readString(out.resolve("validate.json")));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    JsonNode validation = Results.json(results.get(0));
    assertHiddenKernels(validation);
    assertThat(results.get(2)).isEqualTo(withoutHiddenKernels(results.get(0)));
    assertThat(validation.get("widths")).hasSize(2);
    for (JsonNode width : validation.get("widths")) {
      assertThat(width.get("draws").asLong()).isEqualTo(2048);
      assertThat(width.get("effective_sample_size").asDouble()).isBetween(1.0, 2048.0);
      assertThat(width.get("points")).hasSize(3);
      for (JsonNode point : width.get("points")) {
        double exact = point.get("exact_mean").get(0).asDouble();
        double error = point.get("exact_mean_standard_error").get(0).asDouble();
        double corrected = point.get("corrected_mean").get(0).asDouble();
        double deviation = Math.sqrt(point.get("nngp_variance").get(0).asDouble());
        assertThat(error).isPositive();
        assertThat(Math.abs(exact - corrected)).isLessThan(5 * error + 0.1 * deviation);
      }
      assertThat(width.get("remainder").get("mean").get("nngp").get("value").isNumber()).isTrue();
    }
    JsonNode summary = Results.summary(directory.resolve("out-0"));
    assertThat(summary.get("verdict")).isEqualTo(validation.get("verdict"));
    assertThat(summary.get("contraction").get("engine").asText()).isEqualTo("exact");
  }

  /** Of 20 rows; corrected kernels are within the noise and what is left of the exact ones. */
  private static void assertHiddenKernels(JsonNode validation) {
    assertThat(validation.get("hidden_kernel_rows")).hasSize(20);
    assertThat(validation.get("hidden_kernel_slopes")).hasSize(2);
    for (JsonNode width : validation.get("widths")) {
      assertThat(width.get("hidden_kernels")).hasSize(2);
      for (JsonNode kernel : width.get("hidden_kernels")) {
        double squares = 0;
        for (int i = 0; i < 20; i++) {
          for (String part : List.of("nngp", "corrected", "exact", "exact_standard_error")) {
            assertThat(kernel.get(part).get(i)).hasSize(i + 1);
          }
          for (int j = 0; j <= i; j++) {
            double nngp = kernel.get("nngp").get(i).get(j).asDouble();
            double corrected = kernel.get("corrected").get(i).get(j).asDouble();
            double exact = kernel.get("exact").get(i).get(j).asDouble();
            double error = kernel.get("exact_standard_error").get(i).get(j).asDouble();
            assertThat(error).isPositive();
            assertThat(corrected - nngp)
                .isCloseTo(
                    kernel.get("prior_shift").get(i).get(j).asDouble()
                        + kernel.get("posterior_shift").get(i).get(j).asDouble(),
                    Offset.offset(1e-12));
            squares += (i == j ? 1 : 2) * (exact - corrected) * (exact - corrected) / 400;
            assertThat(Math.abs(exact - corrected))
                .isLessThan(5 * error + 0.5 * Math.abs(exact - nngp) + 0.05);
          }
        }
        assertThat(squares).isPositive();
        if (width.get("width").asInt() == 256) {
          JsonNode remainder = kernel.get("remainder");
          assertThat(remainder.get("nngp").get("resolved").asBoolean()).isTrue();
          assertThat(remainder.get("corrected").get("value").asDouble())
              .isLessThan(0.5 * remainder.get("nngp").get("value").asDouble());
        }
      }
    }
  }

  private static String withoutHiddenKernels(String validation) throws IOException {
    ObjectNode tree = (ObjectNode) Results.json(validation);
    tree.remove(List.of("hidden_kernel_rows", "hidden_kernel_slopes"));
    tree.get("widths").forEach(width -> ((ObjectNode) width).remove("hidden_kernels"));
    return Json.text(tree);
  }

  /** Many rows and few draws: what cannot be said is not said. */
  @Test
  void degenerateWeightsAreTold() throws Exception {
    Path out = directory.resolve("out");
    MainRun job =
        validate(
            "validate.method=draws",
            "validate.draws=640",
            "validate.train-rows=150",
            "validate.widths=[16]",
            "noise-variance=0.01",
            "contraction.engine=exact",
            "output.path=" + out);
    assertThat(job.exitCode()).as(job.err()).isZero();
    assertThat(job.out())
        .contains("too few draws", "the effective sample size", "is too small to say")
        .contains("at none of these widths");
  }

  /** Labels, several outputs, an activation by quadrature, two layers; through submit.sh. */
  @Test
  void classes() throws Exception {
    Path out = directory.resolve("out");
    Submission job =
        Submission.of(
            directory,
            "validate",
            Path.of("conf/digits-tanh.conf"),
            "network.hidden-widths=[64,64]",
            "network.weight-variance=[2.0,2.0,0.5]",
            "validate.method=draws",
            "validate.draws=640",
            "validate.train-rows=12",
            "validate.test-rows=4",
            "validate.widths=[64]",
            "contraction.max-draws=100000",
            "output.path=" + out);
    assertThat(job.exitCode()).as(job.err()).isZero();
    JsonNode point =
        Results.json(out.resolve("validate.json")).get("widths").get(0).get("points").get(0);
    assertThat(point.get("exact_variance")).hasSizeBetween(2, 10);
    assertThat(point.get("corrected_mean_standard_error").get(0).asDouble()).isPositive();
  }

  @Test
  void mistakes() throws Exception {
    Path out = directory.resolve("out");
    MainRun rows = validate("validate.train-rows=5000", "output.path=" + out);
    assertThat(rows.exitCode()).isEqualTo(ExitCode.DATA.code());
    assertThat(rows.err()).contains("validate.train-rows=5000, but");
    MainRun singular =
        validate(
            "noise-variance=0",
            "network.bias-variance=0",
            "validate.widths=[3]",
            "validate.draws=64",
            "output.path=" + out);
    assertThat(singular.exitCode()).as(singular.err()).isEqualTo(ExitCode.NUMERICS.code());
    assertThat(singular.err()).contains("hidden widths [3]").doesNotContain("\tat ");
    MainRun widths = validate("validate.widths=[]", "output.path=" + out);
    assertThat(widths.exitCode()).isEqualTo(ExitCode.CONFIGURATION.code());
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.toList()).isEmpty();
    }
  }
}
