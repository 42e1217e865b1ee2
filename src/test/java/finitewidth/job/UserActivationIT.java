package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's own activation, compiled here and brought with --jars, through submit.sh; jobs without
 * jars run in this process.
 */
@Tag("slow")
class UserActivationIT {
  @TempDir private static Path directory;
  private static Path jar;

  @BeforeAll
  static void compile() throws IOException {
    jar = directory.resolve("own.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      write(out, "Bent", "Math.max(z, 0)");
      write(out, "Broken", "Math.sqrt(z)");
      write(out, "Steep", "Math.exp(z * z)");
    }
  }

  private static void write(JarOutputStream out, String name, String value) throws IOException {
    Path source = directory.resolve(name + ".java");
    Files.writeString(
        source,
        String.join(
            "\n",
            "package own;",
            "public final class " + name,
            "    implements finitewidth.gaussian.ActivationFunction {",
            "  @Override public double value(double z) { return " + value + "; }",
            "}"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                source.toString());
    assertThat(code).isZero();
    out.putNextEntry(new JarEntry("own/" + name + ".class"));
    Files.copy(directory.resolve("own/" + name + ".class"), out);
  }

  private static Submission job(String verb, Optional<Path> out, boolean jars, String... overrides)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "data.train-rows=30",
                "contraction.engine=auto",
                "output.format=json",
                "output.path=" + out.orElse(directory.resolve("never"))));
    arguments.addAll(Arrays.asList(overrides));
    Path config = Path.of("conf/diabetes.conf");
    Submission job;
    if (jars) {
      arguments.addAll(List.of("--", "--jars", jar.toString()));
      job = Submission.of(directory, verb, config, arguments.toArray(String[]::new));
    } else {
      MainRun run = MainRun.on("local[2]", verb, config, arguments.toArray(String[]::new));
      job = new Submission(run.exitCode(), run.out(), run.err());
    }
    if (out.isEmpty()) {
      assertThat(job.out()).isEmpty();
      assertThat(job.err()).doesNotContain("\tat ");
      assertThat(directory.resolve("never")).doesNotExist();
    }
    return job;
  }

  private static String last(Submission job) {
    return job.err().lines().reduce("", (first, second) -> second);
  }

  /** max(z, 0) by its values is the ReLU: the same draws, the same predictions. */
  @Test
  void aReluOfOnesOwn() throws Exception {
    List<List<JsonNode>> predictions = new ArrayList<>();
    for (String activation : List.of("own.Bent", "relu")) {
      Path out = directory.resolve("fit-" + activation);
      Submission job =
          job(
              "fit",
              Optional.of(out),
              activation.startsWith("own."),
              "network.activation=" + activation,
              "data.test-rows=5",
              "contraction.engine=" + (activation.equals("relu") ? "sampled" : "auto"),
              "contraction.tolerance=0.2");
      assertThat(job.exitCode()).as(job.err()).isZero();
      if (activation.equals("own.Bent")) {
        assertThat(job.err())
            .contains("contraction.engine = auto: sampled, as own.Bent has no four-point moments")
            .doesNotContain("expectations of");
      }
      predictions.add(Results.rows(out.resolve("predictions")));
    }
    for (int x = 0; x < 5; x++) {
      JsonNode own = predictions.get(0).get(x);
      JsonNode relu = predictions.get(1).get(x);
      for (String column : List.of("nngp_mean", "nngp_variance", "mean", "variance")) {
        double expected = relu.get(column).asDouble();
        assertThat(own.get(column).asDouble())
            .as(column)
            .isCloseTo(expected, within(1e-7 * Math.abs(expected)));
      }
    }
  }

  @Test
  void flowOfTanh() throws Exception {
    Path out = directory.resolve("flow");
    Submission job = job("flow", Optional.of(out), false, "network.activation=tanh");
    assertThat(job.exitCode()).as(job.err()).isZero();
    assertThat(Results.rows(out.resolve("flow")))
        .allMatch(row -> row.get("vertex").asDouble() >= 0);
  }

  @Test
  void refusedBeforeSparkStarts() throws Exception {
    Submission unknown = job("fit", Optional.empty(), true, "network.activation=own.Nobody");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(last(unknown))
        .contains("network.activation = \"own.Nobody\"", "there is no class own.Nobody", "--jars");
    Submission exact =
        job("fit", Optional.empty(), false, "network.activation=tanh", "contraction.engine=exact");
    assertThat(exact.exitCode()).isEqualTo(2);
    assertThat(last(exact))
        .contains("contraction.engine = \"exact\"", "tanh has no four-point moments", "sampled");
  }

  @Test
  void numbersThatAreNone() throws Exception {
    Submission broken = job("fit", Optional.empty(), true, "network.activation=own.Broken");
    assertThat(broken.exitCode()).as(broken.err()).isEqualTo(4);
    assertThat(last(broken)).contains("own.Broken gives NaN at z = -");
    Submission steep = job("fit", Optional.empty(), true, "network.activation=own.Steep");
    assertThat(steep.exitCode()).as(steep.err()).isEqualTo(4);
    assertThat(last(steep)).contains("own.Steep grows too fast for fields of variance");
  }
}
