package finitewidth.job;

import static finitewidth.job.Results.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import finitewidth.prior.density.ExactDensity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prior densities, hidden kernels and quantiles of whole jobs. */
@Tag("slow")
class DensitiesIT {
  @TempDir private Path directory;

  /** Everything is set on the command line. */
  private Path empty() throws IOException {
    return Files.writeString(directory.resolve("empty.conf"), "");
  }

  @Test
  void priorDensities() throws Exception {
    Path data = Files.writeString(directory.resolve("x.csv"), "x\n1.0\n0.0\n2.0\n");
    List<List<JsonNode>> results = new ArrayList<>();
    for (String master : List.of("local[1]", "local[3]")) {
      Path out = directory.resolve("out-" + results.size());
      MainRun job =
          MainRun.on(
              master,
              "flow",
              empty(),
              "data.train=" + data,
              "preprocess.features=none",
              "network.hidden-widths=[10]",
              "network.bias-variance=0.0",
              "network.weight-variance=[1.0,2.0]",
              "flow.densities=2",
              "flow.density-draws=25000",
              "output.format=json",
              "output.path=" + out);
      assertThat(job.exitCode()).as(job.err()).isZero();
      results.add(rows(out.resolve("density")));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    // The second input is zero and its output has no density.
    assertThat(results.get(0)).hasSize(120);
    ExactDensity exact =
        ExactDensity.of(
            Architecture.of(
                Activations.byName("relu").orElseThrow(), new double[] {0, 0}, new double[] {1, 2}),
            Widths.of(10),
            1);
    double outside = 0;
    for (JsonNode row : results.get(0)) {
      double value = row.get("value").asDouble();
      assertThat(row.get("exact").asDouble()).isEqualTo(exact.at(value));
      double noise = row.get("drawn_standard_error").asDouble();
      if (noise > 0 && Math.abs(row.get("drawn").asDouble() - exact.at(value)) > 3 * noise) {
        outside++;
      }
    }
    assertThat(outside).isLessThan(4);
    JsonNode summary = Results.summary(directory.resolve("out-0")).get("densities");
    assertThat(summary).hasSize(1);
    assertThat(summary.get(0).get("atom").asDouble()).isCloseTo(1.0 / 1024, within(1e-15));
    assertThat(summary.get(0).get("variance").asDouble()).isCloseTo(1, within(1e-14));
    assertThat(summary.get(0).get("vertex").asDouble()).isCloseTo(0.5, within(1e-13));
    assertThat(summary.get(0).get("draws").asLong()).isEqualTo(25000);
  }

  /** Deep linear, against the closed form; and quantiles, in the fit and from the saved model. */
  @Test
  void hiddenKernelsAndQuantiles() throws Exception {
    int p = 6;
    Matrix inputs = Problems.gaussian(p, 4, 3);
    Matrix targets = Problems.gaussian(p, 1, 4);
    Path data = write(inputs, targets);
    Path out = directory.resolve("fitted");
    MainRun fit = fit("local[2]", data, out, "linear");
    assertThat(fit.exitCode()).as(fit.err()).isZero();
    List<JsonNode> kernels = rows(out.resolve("hidden_kernels"));
    assertThat(kernels).hasSize(2 * p * (p + 1) / 2);
    double[][] closed = closedForm(inputs, targets, 0.4);
    for (JsonNode row : kernels) {
      double factor = row.get("layer").asInt() == 1 ? 1.0 / 20 : 1.0 / 20 + 1.0 / 30;
      double expected = factor * closed[row.get("i").asInt() - 1][row.get("j").asInt() - 1];
      assertThat(row.get("posterior_shift").asDouble()).isCloseTo(expected, within(1e-11));
    }
    JsonNode summary = Results.summary(out);
    assertThat(summary.get("hidden_kernels")).hasSize(2);
    JsonNode alignment = summary.get("hidden_kernels").get(1).get("alignment");
    assertThat(alignment.get("posterior").asDouble())
        .isNotCloseTo(alignment.get("nngp").asDouble(), within(1e-6));

    List<JsonNode> predictions = rows(out.resolve("predictions"));
    for (JsonNode row : predictions) {
      double variance = row.get("variance").asDouble();
      assertThat(row.get("fourth_cumulant").asDouble()).isPositive();
      assertThat(row.get("density_positive").isBoolean()).isTrue();
      assertThat(row.get("quantile_0.05").asDouble())
          .isLessThan(row.get("quantile_0.5").asDouble());
      // The median is off the mean by the skewness alone.
      assertThat(row.get("quantile_0.5").asDouble())
          .isCloseTo(
              row.get("mean").asDouble() - row.get("third_cumulant").asDouble() / (6 * variance),
              within(1e-12));
    }
    Path again = directory.resolve("predicted");
    MainRun predict = predict(data, out, again, "local[5]");
    assertThat(predict.exitCode()).as(predict.err()).isZero();
    assertThat(rows(again.resolve("predictions"))).isEqualTo(predictions);
  }

  /** An activation that has no exact engine: the same bits on any cores, and from the model. */
  @Test
  void hiddenKernelsAndQuantilesFromDraws() throws Exception {
    int p = 8;
    Matrix inputs = Problems.gaussian(p, 4, 3);
    Matrix targets = Problems.gaussian(p, 1, 4);
    Path data = write(inputs, targets);
    List<Path> outs = new ArrayList<>();
    for (String master : List.of("local[1]", "local[3]")) {
      Path out = directory.resolve("drawn-" + outs.size());
      MainRun fit = fit(master, data, out, "tanh");
      assertThat(fit.exitCode()).as(fit.err()).isZero();
      assertThat(fit.err()).contains("cumulants of 8 rows from draws by layer");
      outs.add(out);
    }
    List<JsonNode> kernels = rows(outs.get(0).resolve("hidden_kernels"));
    assertThat(kernels).hasSize(2 * p * (p + 1) / 2);
    assertThat(rows(outs.get(1).resolve("hidden_kernels"))).isEqualTo(kernels);
    for (JsonNode row : kernels) {
      double error = row.get("posterior_shift_standard_error").asDouble();
      assertThat(error).isPositive().isLessThan(0.01 * row.get("nngp").asDouble() + 0.01);
    }
    JsonNode summary = Results.summary(outs.get(0));
    for (JsonNode layer : summary.get("hidden_kernels")) {
      assertThat(layer.get("posterior_shift_standard_error").asDouble())
          .isPositive()
          .isLessThan(0.2 * layer.get("posterior_shift").asDouble());
    }
    List<JsonNode> predictions = rows(outs.get(0).resolve("predictions"));
    assertThat(rows(outs.get(1).resolve("predictions"))).isEqualTo(predictions);
    for (JsonNode row : predictions) {
      double fourth = row.get("fourth_cumulant").asDouble();
      assertThat(fourth).isPositive();
      assertThat(row.get("fourth_cumulant_standard_error").asDouble())
          .isPositive()
          .isLessThan(0.1 * fourth);
      assertThat(row.get("third_cumulant_standard_error").asDouble()).isPositive();
    }
    assertThat(Files.readString(outs.get(0).resolve("report.html")))
        .contains("Hidden layer 1: what the targets add");
    Path again = directory.resolve("predicted-from-draws");
    MainRun predict = predict(data, outs.get(0), again, "local[2]");
    assertThat(predict.exitCode()).as(predict.err()).isZero();
    assertThat(rows(again.resolve("predictions"))).isEqualTo(predictions);
  }

  private Path write(Matrix inputs, Matrix targets) throws IOException {
    StringBuilder text = new StringBuilder("a,b,c,d,target\n");
    for (int i = 0; i < inputs.rows(); i++) {
      for (double value : inputs.row(i)) {
        text.append(value).append(',');
      }
      text.append(targets.get(i, 0)).append('\n');
    }
    return Files.writeString(directory.resolve("data.csv"), text.toString());
  }

  /** From the saved model, other cores than the fit's. */
  private static MainRun predict(Path data, Path fitted, Path out, String master) {
    return MainRun.on(
        master,
        "predict",
        Path.of("conf/predict-diabetes.conf"),
        "model.path=" + fitted.resolve("model"),
        "data.test=" + data,
        "predict.columns=none",
        "predict.quantiles=[0.05,0.5]",
        "output.format=json",
        "output.path=" + out);
  }

  private MainRun fit(String master, Path data, Path out, String activation) throws IOException {
    return MainRun.on(
        master,
        "fit",
        empty(),
        "data.train=" + data,
        "data.test=" + data,
        "preprocess.features=none",
        "preprocess.target=none",
        "network.activation=" + activation,
        "network.hidden-widths=[20,30]",
        "network.bias-variance=0.0",
        "network.weight-variance=1.0",
        "noise-variance=0.4",
        "predict.quantiles=[0.05,0.5]",
        "output.hidden-kernels=true",
        "output.format=json",
        "output.path=" + out);
  }

  /** K Γ⁻¹(YYᵀ − Γ)Γ⁻¹K with Γ = K + s². */
  private static double[][] closedForm(Matrix inputs, Matrix targets, double noise) {
    int p = inputs.rows();
    Matrix kernel = Products.timesTranspose(inputs, inputs);
    for (int k = 0; k < kernel.data().length; k++) {
      kernel.data()[k] /= inputs.cols();
    }
    Matrix gamma = kernel.copy();
    for (int a = 0; a < p; a++) {
      gamma.add(a, a, noise);
    }
    Matrix middle = Products.timesTranspose(targets, targets);
    for (int k = 0; k < middle.data().length; k++) {
      middle.data()[k] -= gamma.data()[k];
    }
    Matrix smoother = Cholesky.of(gamma).solve(kernel);
    Matrix closed = Products.transposeTimes(smoother, Products.times(middle, smoother));
    double[][] rows = new double[p][];
    for (int a = 0; a < p; a++) {
      rows[a] = closed.row(a);
    }
    return rows;
  }

  @Test
  void whatIsNotKnownIsRefused() throws Exception {
    Path out = directory.resolve("out");
    for (String[] given :
        new String[][] {
          {"inducing-points=10", "output.hidden-kernels=true"},
          {"contraction.quantities=mean", "predict.quantiles=[0.5]"}
        }) {
      MainRun job =
          MainRun.on(
              "local[2]",
              "fit",
              Path.of("conf/concrete.conf"),
              given[0],
              given[1],
              "output.path=" + out);
      assertThat(job.exitCode()).as(given[0]).isEqualTo(2);
      assertThat(job.err().lines().filter(line -> line.contains(given[1].split("=")[0])))
          .as(job.err())
          .hasSize(1);
    }
    assertThat(Optional.of(out).filter(Files::exists)).isEmpty();
  }
}
