package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whole jobs make of labels, ids, row indices, missing values and constant columns. */
class ColumnsJobTest {
  private static final int ROWS = 16;

  @TempDir private static Path directory;
  private static LocalSpark settings;
  private static Path config;

  @BeforeAll
  static void start() throws IOException {
    settings = LocalSpark.set();
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data.train = "%s"
            network { activation = erf, hidden-widths = [500] }
            noise-variance = 0.05
            output { format = json, overwrite = true }
            """
                .formatted(csv("plain.csv", "a,b,target", i -> "")));
  }

  @AfterAll
  static void stop() {
    settings.close();
  }

  /** Columns of normal deviates after what is said of each row. */
  private static String csv(String name, String header, IntFunction<String> before)
      throws IOException {
    Matrix x = Problems.gaussian(ROWS, 2, 3);
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < ROWS; i++) {
      text.append(before.apply(i)).append(x.get(i, 0)).append(',').append(x.get(i, 1));
      text.append(header.contains("target") ? "," + Math.sin(x.get(i, 0)) : "").append('\n');
    }
    return Files.writeString(directory.resolve(name), text.toString()).toString();
  }

  private static MainRun run(String verb, String out, String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("output.path=" + directory.resolve(out));
    return MainRun.of(verb, config, all.toArray(String[]::new));
  }

  private static List<String> predictions(String out) throws IOException {
    return Results.lines(directory.resolve(out).resolve("predictions"));
  }

  private static String model(String out) {
    return "model.path=" + directory.resolve(out).resolve("model");
  }

  private static List<String> warnings(String out) throws IOException {
    List<String> warnings = new ArrayList<>();
    Results.summary(directory.resolve(out)).path("warnings").forEach(w -> warnings.add(w.asText()));
    return warnings;
  }

  /** What differs in a letter is another class, and comes back from the model as it was. */
  @Test
  void labelsComeBackToTheLetter() throws IOException {
    List<String> texts = List.of("1", "01", "1.0", " 1", "e\u0301", "é", "\u0001", "a,b");
    IntFunction<String> cells = i -> "\"" + texts.get(i % texts.size()) + "\"," + i % 8 + ",";
    String path = csv("labels.csv", "kind,z,a,b", cells);
    run("fit", "labels", "data.train=" + path, "data.label=kind", "data.test=" + path).succeeds();
    assertThat(warnings("labels")).anyMatch(text -> text.contains("different texts and so"));
    run("predict", "again", model("labels"), "data.test=" + path, "data.id=kind").succeeds();
    List<JsonNode> rows = Results.rows(directory.resolve("again").resolve("predictions"));
    for (int i = 0; i < ROWS; i++) {
      String text = texts.get(i % texts.size());
      assertThat(rows.get(i).path("id").asText()).isEqualTo(text);
      assertThat(rows.get(i).path("label").asText()).isEqualTo(text);
      assertThat(texts).contains(rows.get(i).path("prediction").asText());
    }
    assertThat(rows.stream().map(row -> row.path("prediction").asText()).distinct())
        .hasSizeGreaterThan(4);
  }

  /** A class that no training row has is a text too, and does not stop the job at its end. */
  @Test
  void unknownLabelsAreWritten() throws IOException {
    String train = csv("whole.csv", "kind,a,b", i -> i % 2 + ",");
    String test = csv("broken.csv", "kind,a,b", i -> i % 2 + ".0,");
    run("fit", "kinds", "data.train=" + train, "data.test=" + test, "data.label=kind").succeeds();
    assertThat(warnings("kinds")).anyMatch(w -> w.startsWith("16 test rows are of a class"));
    JsonNode row = Results.rows(directory.resolve("kinds").resolve("predictions")).get(0);
    assertThat(row.path("label").asText()).isEqualTo("0.0");
    assertThat(row.path("prediction").asText()).isIn("0", "1");
  }

  @Test
  void idsComeBackToTheLetterInCsv() throws IOException {
    List<String> ids = List.of("01", "1", " x", "x ", "a,b", "\"q\"", "1.50", "+1");
    IntFunction<String> cells = i -> "\"" + ids.get(i % ids.size()).replace("\"", "\"\"") + "\",";
    String path = csv("ids.csv", "id,a,b,target", cells);
    run("fit", "ids", "data.train=" + path, "data.test=" + path, "data.id=id", "output.format=csv")
        .succeeds();
    List<String> lines = predictions("ids");
    for (int i = 0; i < ROWS; i++) {
      String id = ids.get(i % ids.size());
      String quoted = id.matches(".*[,\"].*") ? "\"" + id.replace("\"", "\"\"") + "\"" : id;
      assertThat(lines.get(1 + i)).startsWith(quoted + ",");
    }
  }

  /** The same predictions, to the bit, as without the columns that say nothing. */
  @Test
  void columnsThatSayNothingChangeNothing() throws IOException {
    String sums = "0.30000000000000004";
    IntFunction<String> cells = i -> i + ",0.1," + (i % 3 == 0 ? "0.3" : sums) + ",";
    String path = csv("const.csv", ",k,s,a,b,target", cells);
    run("fit", "const", "data.train=" + path).succeeds();
    run("fit", "but", "data.train=" + path, "data.features.all-but=[k,s]").succeeds();
    assertThat(predictions("const")).isEqualTo(predictions("but"));
    assertThat(warnings("const"))
        .anyMatch(w -> w.contains("column \"\" (it has no name) looks like a row index"))
        .anyMatch(w -> w.contains("k, s are constant over the 13") && w.contains("data.constant"));
    assertThat(Results.summary(directory.resolve("const")).at("/data/features").asInt())
        .isEqualTo(2);
    // They may be there or not when rows are predicted, and anything may stand in them.
    run("predict", "all", model("const"), "data.test=" + path, "predict.columns=*").succeeds();
    run("predict", "some", model("const"), "data.test=" + directory.resolve("plain.csv"))
        .succeeds();
    assertThat(means("all")).isEqualTo(means("some")).hasSize(ROWS);
    MainRun refused = run("fit", "no", "data.train=" + path, "data.constant-columns=refuse");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("feature columns k, s are constant", "all-but");
    run("flow", "flow", "data.train=" + path, "data.constant-columns=drop").succeeds();
    assertThat(warnings("flow")).hasSize(2);
  }

  /** The columns of a libsvm file have no names to leave out, so the model has to know. */
  @Test
  void vectorsKeepTheirLength() throws IOException {
    Matrix x = Problems.gaussian(ROWS, 2, 3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      text.append("%s 1:%s 2:7 3:%s\n".formatted(Math.sin(x.get(i, 0)), x.get(i, 0), x.get(i, 1)));
    }
    String path = Files.writeString(directory.resolve("v.libsvm"), text.toString()).toString();
    run("fit", "v", "data.train=" + path, "data.test=" + path).succeeds();
    run("predict", "v2", model("v"), "data.test=" + path).succeeds();
    assertThat(means("v2")).isEqualTo(means("v")).hasSize(ROWS);
    assertThat(warnings("v")).anyMatch(w -> w.startsWith("feature column features[1] is constant"));
  }

  private static List<String> means(String out) throws IOException {
    return Results.rows(directory.resolve(out).resolve("predictions")).stream()
        .map(row -> row.path("mean").asText() + " " + row.path("variance").asText())
        .toList();
  }

  @Test
  void mistakesInTheConfiguration() {
    assertRefused("data.options.encoding=latn1", "did you mean latin1");
    assertRefused("data.handle-invalid=keep", "accepted is error, skip");
    assertRefused("data.constant-columns=keep", "accepted is drop, refuse");
    assertRefused("data.null-values=[[NA]]", "accepted is a list of texts");
    MainRun both = run("fit", "no", "\"data.features\"=a", "data.features.all-but=b");
    assertThat(both.exitCode()).as(both.err()).isEqualTo(2);
  }

  private static void assertRefused(String override, String part) {
    MainRun run = run("fit", "no", override);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(part);
  }
}
