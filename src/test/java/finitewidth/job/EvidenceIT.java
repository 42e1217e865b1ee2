package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs whose hyperparameters and widths are to be found. */
@Tag("slow")
class EvidenceIT {
  @TempDir private Path directory;

  @Test
  void theFittedPriorIsWhatIsUsed() throws Exception {
    Path out = directory.resolve("out");
    MainRun job =
        fit(
            out,
            "hyperparameters=evidence",
            "network.hidden-widths=auto",
            "widths=[]",
            "evidence.depths=[1,2]",
            "evidence.input-scales=per-feature",
            "contraction.engine=exact");
    assertThat(job.exitCode()).as(job.err()).isZero();
    JsonNode summary = Results.summary(out);
    JsonNode hyperparameters = summary.get("hyperparameters");
    assertThat(hyperparameters.get("mode").asText()).isEqualTo("evidence");
    JsonNode search = hyperparameters.get("evidence");
    double fitted = search.get("log_evidence").asDouble();
    assertThat(fitted).isGreaterThan(search.get("log_evidence_start").asDouble());
    assertThat(search.get("rows").asInt()).isEqualTo(40);
    assertThat(search.get("candidates")).hasSize(2);
    assertThat(search.get("optima")).hasSize(3);
    assertThat(search.get("input_scales")).hasSize(10);
    // The posterior is the fitted prior's, and its targets are on the prior's scale.
    JsonNode nngp = summary.get("nngp");
    assertThat(nngp.get("log_evidence").asDouble()).isCloseTo(fitted, Offset.offset(1e-8));
    assertThat(nngp.get("data_fit").asDouble()).isCloseTo(40, Offset.offset(0.05));
    // The width is one of the grid, and predictions are at it.
    double width = hyperparameters.get("width").get("by_evidence").asDouble();
    JsonNode network = summary.get("network");
    assertThat(network.get("hidden_widths").get(0).asDouble()).isEqualTo(width);
    assertThat(network.get("bias_variance")).hasSize(network.get("hidden_widths").size() + 1);
    for (JsonNode at : summary.get("widths")) {
      if (at.get("width").asDouble() == width) {
        assertThat(at.get("rmse")).isEqualTo(summary.get("corrected").get("rmse"));
        assertThat(at.get("outside_expansion"))
            .isEqualTo(summary.get("corrected").get("outside_expansion"));
      }
    }
    assertThat(job.out())
        .contains("evidence relu")
        .contains("width by evidence " + (long) width)
        .contains("width by nlpd of the test rows");
  }

  /** A prior far too wide: the job says by how much, and that factor mends it. */
  @Test
  void theOutputScaleIsTold() throws Exception {
    String[] wide = {"network.weight-variance=[2,2,2000]", "network.bias-variance=[0.1,0.1,100]"};
    MainRun job = fit(directory.resolve("a"), wide[0], wide[1], "noise-variance=0.01", "widths=[]");
    assertThat(job.exitCode()).as(job.err()).isZero();
    String warning =
        job.err().lines().filter(line -> line.contains("prior's scale")).findFirst().orElseThrow();
    String factor =
        warning.replaceFirst(".*network.weight-variance by ([0-9.e-]+), or set.*", "$1");
    double mended = Double.parseDouble(factor);
    Path out = directory.resolve("b");
    job =
        fit(
            out,
            "network.weight-variance=[2,2," + 2000 * mended + "]",
            "network.bias-variance=[0.1,0.1," + 100 * mended + "]",
            "noise-variance=0.01",
            "widths=[]");
    assertThat(job.err()).doesNotContain("prior's scale");
    JsonNode summary = Results.summary(out);
    assertThat(summary.get("nngp").get("data_fit").asDouble()).isCloseTo(40, Offset.offset(1.0));
    assertThat(summary.get("hyperparameters").get("mode").asText()).isEqualTo("fixed");
    assertThat(summary.get("hyperparameters").get("evidence").isNull()).isTrue();
  }

  private static MainRun fit(Path out, String... overrides) {
    String[] all = new String[overrides.length + 3];
    System.arraycopy(overrides, 0, all, 0, overrides.length);
    all[overrides.length] = "data.train-rows=40";
    all[overrides.length + 1] = "data.test-rows=20";
    all[overrides.length + 2] = "output.path=" + out;
    return MainRun.on("local[2]", "fit", Path.of("conf/diabetes.conf"), all);
  }
}
