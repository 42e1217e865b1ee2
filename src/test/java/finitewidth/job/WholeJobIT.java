package finitewidth.job;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.oracle.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs, some through submit.sh as a user runs them, and some in this process. */
@Tag("slow")
class WholeJobIT {
  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void emptyConfig() throws IOException {
    config = Files.writeString(directory.resolve("job.conf"), "output.format = json\n");
  }

  /** Different numbers of cores and so of partitions, of tasks and of parts. */
  @Test
  void theNumberOfCoresDoesNotChangeAByte() throws Exception {
    List<String> outputs = new ArrayList<>();
    for (String master : List.of("local[1]", "local[2]", "local[7]")) {
      Path out = directory.resolve("out-" + outputs.size());
      MainRun job =
          MainRun.on(
              master,
              "fit",
              Path.of("conf/diabetes.conf"),
              "data.train-rows=40",
              "data.test-rows=9",
              "output.format=json",
              "output.path=" + out);
      assertThat(job.exitCode()).as(job.err()).isZero();
      assertThat(job.out().lines()).hasSize(5);
      JsonNode summary = Results.summary(out);
      outputs.add(
          String.join("\n", Results.lines(out.resolve("predictions")))
              + summary.get("delta_log_evidence")
              + summary.get("nngp")
              + summary.get("widths"));
    }
    assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
    assertThat(outputs.get(2)).isEqualTo(outputs.get(0));
  }

  /** Too few draws are told; with strict=true they end the job. */
  @Test
  void aToleranceThatCannotBeMet() throws Exception {
    Path out = directory.resolve("out");
    String[] arguments = {
      "data.train-rows=30",
      "data.test-rows=5",
      "contraction.engine=sampled",
      "contraction.tolerance=1e-6",
      "contraction.max-draws=2000",
      "output.format=json",
      "output.path=" + out
    };
    MainRun job = MainRun.on("local[2]", "fit", Path.of("conf/diabetes.conf"), arguments);
    assertThat(job.exitCode()).as(job.err()).isZero();
    assertThat(job.err()).contains("warning: contraction.max-draws = 2000 was reached");
    JsonNode contraction = Results.summary(out).get("contraction");
    assertThat(contraction.get("stopped_by").asText()).isEqualTo("max-draws");
    assertThat(contraction.get("draws_by_layer").get(1).asLong()).isBetween(1900L, 2000L);
    assertThat(contraction.get("standard_error").asDouble()).isGreaterThan(1e-6);
    for (String line : Results.lines(out.resolve("predictions"))) {
      assertThat(Results.json(line).get("standard_error").asDouble()).isPositive();
    }
    String[] strict = Arrays.copyOf(arguments, arguments.length + 1);
    strict[arguments.length] = "strict=true";
    MainRun refused = MainRun.on("local[2]", "fit", Path.of("conf/diabetes.conf"), strict);
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err()).contains("contraction.tolerance = 1.0E-6 is not met");
  }

  @Test
  void goldenPosteriorOfThreeOutputs() throws Exception {
    JsonNode golden =
        Golden.cases("posterior.json").stream()
            .filter(
                c -> Golden.name(c).equals("erf [64,32]") && c.get("Y_train").get(0).size() == 3)
            .findFirst()
            .orElseThrow();
    csv("train.csv", "a,b,c,x,y,z", golden.get("X_train"), golden.get("Y_train"));
    csv("test.csv", "a,b,c", golden.get("X_test"), null);
    Path out = directory.resolve("out");
    Submission job =
        Submission.of(
            directory,
            "fit",
            config,
            "data.train=" + directory.resolve("train.csv"),
            "data.test=" + directory.resolve("test.csv"),
            "data.target=[x,y,z]",
            "preprocess.features=none",
            "preprocess.target=none",
            "network.activation=erf",
            "network.hidden-widths=" + golden.get("hidden_widths"),
            "network.bias-variance=" + golden.get("bias_variance"),
            "network.weight-variance=" + golden.get("weight_variance"),
            "noise-variance=" + golden.get("noise_variance"),
            "output.path=" + out);
    assertThat(job.exitCode()).as(job.err()).isZero();
    List<String> predictions = Results.lines(out.resolve("predictions"));
    assertThat(predictions).hasSize(2);
    for (int x = 0; x < 2; x++) {
      JsonNode row = Results.json(predictions.get(x));
      assertThat(row.get("id").asInt()).isEqualTo(x);
      assertThat(row.get("target").isNull()).isTrue();
      assertClose(
          "delta mean",
          Golden.vector(row.get("delta_mean")),
          Golden.vector(golden.get("delta_mean").get(x)),
          1e-8);
      for (int i = 0; i < 3; i++) {
        assertClose(
            "delta variance",
            row.get("delta_variance").get(i).asDouble(),
            golden.get("delta_cov").get(x).get(x).get(i).get(i).asDouble(),
            1e-8);
      }
    }
    JsonNode summary = Results.summary(out);
    assertClose(
        "delta log evidence",
        summary.get("delta_log_evidence").asDouble(),
        golden.get("delta_log_evidence").asDouble(),
        1e-8);
    assertThat(summary.get("nngp").get("rmse").isNull()).isTrue();
    assertThat(out.resolve("model/metadata")).isDirectory();
  }

  @Test
  void goldenFlow() throws Exception {
    JsonNode golden =
        Golden.cases("flow.json").stream()
            .filter(c -> Golden.name(c).equals("sin [40,60,80]"))
            .findFirst()
            .orElseThrow();
    csv("x.csv", "a,b,c", golden.get("X"), null);
    Path out = directory.resolve("out");
    Submission job =
        Submission.of(
            directory,
            "flow",
            config,
            "data.train=" + directory.resolve("x.csv"),
            "preprocess.features=none",
            "network.activation=sin",
            "network.hidden-widths=" + golden.get("hidden_widths"),
            "network.bias-variance=" + golden.get("bias_variance"),
            "network.weight-variance=" + golden.get("weight_variance"),
            "flow.tensors=true",
            "output.path=" + out);
    assertThat(job.exitCode()).as(job.err()).isZero();
    JsonNode layers =
        Results.json(out.resolve("flow/tensors.json")).get("cases").get(0).get("layers");
    assertThat(layers).hasSize(4);
    for (int l = 0; l < 4; l++) {
      JsonNode expected = golden.get("layers").get(l);
      for (String tensor : List.of("K", "S", "V")) {
        assertClose(
            tensor + " of layer " + l,
            Golden.flat(layers.get(l).get(tensor)),
            Golden.flat(expected.get(tensor)),
            1e-9);
      }
    }
    List<String> table = Results.lines(out.resolve("flow"));
    assertThat(table).hasSize(4 * golden.get("X").size());
    JsonNode last = Results.json(table.get(3));
    assertThat(last.get("layer").asInt()).isEqualTo(4);
    assertClose(
        "vertex",
        last.get("vertex").asDouble(),
        golden.get("layers").get(3).get("V").get(0).get(0).get(0).get(0).asDouble(),
        1e-9);
  }

  /** And neither the number of cores nor the verb changes a byte of what a saved model says. */
  @Test
  void predictions() throws Exception {
    Path predict = Path.of("conf/predict-diabetes.conf");
    Path fitted = directory.resolve("fitted");
    MainRun fit =
        MainRun.on(
            "local[2]",
            "fit",
            Path.of("conf/diabetes.conf"),
            "data.train-rows=30",
            "data.test=examples/diabetes.csv",
            "data.test-rows=20",
            "output.format=json",
            "output.path=" + fitted);
    assertThat(fit.exitCode()).as(fit.err()).isZero();
    for (String master : List.of("local[1]", "local[2]", "local[7]")) {
      Path out = directory.resolve(master);
      String[] arguments = {
        "model.path=" + fitted.resolve("model"),
        "data.test-rows=20",
        "predict.columns=none",
        "output.format=json",
        "output.path=" + out
      };
      String said;
      if (master.equals("local[7]")) {
        String[] submitted = Arrays.copyOf(arguments, arguments.length + 3);
        System.arraycopy(
            new String[] {"--", "--master", master}, 0, submitted, arguments.length, 3);
        Submission job = Submission.of(directory, "predict", predict, submitted);
        assertThat(job.exitCode()).as(job.err()).isZero();
        said = job.out();
      } else {
        said = MainRun.on(master, "predict", predict, arguments).succeeds().out();
      }
      assertThat(said.lines()).hasSize(3);
      assertThat(Results.lines(out.resolve("predictions")))
          .isEqualTo(Results.lines(fitted.resolve("predictions")));
    }
  }

  @Test
  void classes() throws Exception {
    Path out = directory.resolve("out");
    MainRun job =
        MainRun.on(
            "local[2]",
            "fit",
            Path.of("conf/digits.conf"),
            "data.train-rows=30",
            "data.test-rows=20",
            "output.format=json",
            "output.path=" + out);
    assertThat(job.exitCode()).as(job.err()).isZero();
    List<String> predictions = Results.lines(out.resolve("predictions"));
    assertThat(predictions).hasSize(20);
    int hits = 0;
    for (String line : predictions) {
      JsonNode row = Results.json(line);
      assertThat(row.get("mean")).hasSize(10);
      hits += row.get("prediction").asInt() == row.get("label").asInt() ? 1 : 0;
    }
    JsonNode summary = Results.summary(out);
    assertThat(summary.get("corrected").get("accuracy").asDouble()).isEqualTo(hits / 20.0);
    assertThat(hits).isGreaterThan(10);
  }

  private void csv(String name, String header, JsonNode left, JsonNode right) throws IOException {
    StringJoiner text = new StringJoiner("\n", header + "\n", "\n");
    for (int i = 0; i < left.size(); i++) {
      StringJoiner row = new StringJoiner(",");
      left.get(i).forEach(cell -> row.add(cell.asText()));
      if (right != null) {
        right.get(i).forEach(cell -> row.add(cell.asText()));
      }
      text.add(row.toString());
    }
    Files.writeString(directory.resolve(name), text.toString());
  }
}
