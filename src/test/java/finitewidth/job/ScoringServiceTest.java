package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.Documents;
import finitewidth.LibraryClassPath;
import finitewidth.model.LocalModel;
import finitewidth.model.LocalPrediction;
import finitewidth.oracle.Problems;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved models say without Spark what the job says, to the last bit, to any number of threads. */
class ScoringServiceTest {
  private static final int ROWS = 40;

  @TempDir private static Path directory;
  private static LocalSpark settings;
  private static double[][] tests;
  private static double[][] classTests;

  @BeforeAll
  static void fit() throws IOException {
    settings = LocalSpark.set();
    tests = rows(ROWS, 2);
    classTests = rows(ROWS, 4);
    Path config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s" }
            network { activation = relu, hidden-widths = [100] }
            noise-variance = 0.05
            output { format = json, overwrite = true }
            """
                .formatted(csv("train.csv", rows(20, 1)), csv("test.csv", tests)));
    MainRun.of("fit", config, "output.path=" + directory.resolve("exact")).succeeds();
    MainRun.of(
            "fit",
            config,
            "data.train=" + classes("classes.csv", rows(20, 3)),
            "data.test=" + classes("class-tests.csv", classTests),
            "data.label=kind",
            "contraction.engine=sampled",
            "contraction.max-draws=20000",
            "output.path=" + directory.resolve("classes"))
        .succeeds();
  }

  @AfterAll
  static void clear() {
    settings.close();
  }

  private static double[][] rows(int count, long seed) {
    var matrix = Problems.gaussian(count, 3, seed);
    return IntStream.range(0, count).mapToObj(matrix::row).toArray(double[][]::new);
  }

  private static Path csv(String name, double[][] rows) throws IOException {
    return written(name, "target", rows, x -> Double.toString(20 + 4 * Math.sin(x[0]) + x[1]));
  }

  private static Path classes(String name, double[][] rows) throws IOException {
    return written(name, "kind", rows, x -> x[0] > 0 ? "oak" : x[1] > 0 ? "elm" : "ash");
  }

  private static Path written(
      String name, String last, double[][] rows, Function<double[], String> of) throws IOException {
    StringBuilder text = new StringBuilder("a,b,c," + last + "\n");
    for (double[] x : rows) {
      text.append("%s,%s,%s,%s\n".formatted(x[0], x[1], x[2], of.apply(x)));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private static List<JsonNode> predictions(String of) throws IOException {
    return Results.rows(directory.resolve(of).resolve("predictions"));
  }

  private static LocalModel load(String of) {
    return LocalModel.load(directory.resolve(of).resolve("model"));
  }

  @Test
  void everyColumnOfTheJob() throws IOException {
    List<LocalPrediction> found = load("exact").predict(tests);
    List<JsonNode> expected = predictions("exact");
    assertThat(found).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      LocalPrediction row = found.get(i);
      JsonNode columns = expected.get(i);
      assertThat(row.nngpMean()).containsExactly(columns.get("nngp_mean").asDouble());
      assertThat(row.nngpVariance()).containsExactly(columns.get("nngp_variance").asDouble());
      assertThat(row.deltaMean()).containsExactly(columns.get("delta_mean").asDouble());
      assertThat(row.deltaVariance()).containsExactly(columns.get("delta_variance").asDouble());
      assertThat(row.mean()).containsExactly(columns.get("mean").asDouble());
      assertThat(row.variance()).containsExactly(columns.get("variance").asDouble());
      assertThat(row.meanError()).containsExactly(columns.get("standard_error").asDouble());
      assertThat(row.isTrusted()).isEqualTo(columns.get("within_expansion").asBoolean());
      assertThat(row.predictedClass()).isEmpty();
    }
  }

  /** A sampled classification: its draws are made anew. */
  @Test
  void classesByDraws() throws IOException {
    List<LocalPrediction> found = load("classes").predict(classTests);
    List<JsonNode> expected = predictions("classes");
    for (int i = 0; i < ROWS; i++) {
      LocalPrediction row = found.get(i);
      JsonNode columns = expected.get(i);
      assertThat(row.predictedClass()).contains(columns.get("prediction").asText());
      for (int k = 0; k < 3; k++) {
        assertThat(row.mean()[k]).isEqualTo(columns.get("mean").get(k).asDouble());
        assertThat(row.variance()[k]).isEqualTo(columns.get("variance").get(k).asDouble());
        assertThat(row.varianceError()[k])
            .isEqualTo(columns.get("variance_standard_error").get(k).asDouble());
      }
      assertThat(Arrays.stream(row.probabilities()).sum()).isBetween(1 - 1e-9, 1 + 1e-9);
    }
  }

  /** docs/library.md's service, in a JVM that has no Spark, asked by several at once. */
  @Test
  void theServiceWithoutSpark() throws Exception {
    String classPath = LibraryClassPath.ofModels();
    Path source =
        Files.writeString(
            directory.resolve("ScoringService.java"),
            Documents.example("docs/library.md", "service", 30));
    Documents.compile(source, classPath);
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    // The same bits take the same BLAS.
    Stream.of("blas", "lapack")
        .map(part -> "dev.ludovic.netlib." + part + ".nativeLib")
        .filter(key -> System.getProperty(key) != null)
        .forEach(key -> command.add("-D" + key + "=" + System.getProperty(key)));
    command.addAll(
        List.of(
            "-Xmx256m",
            "-cp",
            classPath + File.pathSeparator + directory,
            "ScoringService",
            directory.resolve("exact/model").toString(),
            "0"));
    File messages = directory.resolve("messages").toFile();
    Process service = new ProcessBuilder(command).redirectError(messages).start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
      String url = lines.readLine();
      assertThat(url).as(Files.readString(messages.toPath())).startsWith("http://localhost:");
      HttpClient client = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        answers.add(
            client.sendAsync(
                post(url, Arrays.deepToString(new double[][] {tests[i]})),
                HttpResponse.BodyHandlers.ofString()));
      }
      List<JsonNode> expected = predictions("exact");
      for (int i = 0; i < ROWS; i++) {
        JsonNode row = Results.json(answers.get(i).join().body()).get(0);
        assertThat(row.at("/mean/0").asDouble()).isEqualTo(expected.get(i).get("mean").asDouble());
        assertThat(row.at("/variance/0").asDouble())
            .isEqualTo(expected.get(i).get("variance").asDouble());
      }
      HttpResponse<String> refused =
          client.send(post(url, "[[1, 2]]"), HttpResponse.BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("row 0 has 2 features, not 3");
    } finally {
      service.destroy();
    }
  }

  private static HttpRequest post(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
