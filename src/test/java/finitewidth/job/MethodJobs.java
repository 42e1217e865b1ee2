package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Jobs in this process on rows that were made for them: fits by a method, and their models'
 * predictions.
 *
 * @param directory of all that they read and write
 */
record MethodJobs(Path directory, LocalSpark spark) implements AutoCloseable {

  /** What a line of a table has after the row's name: columns of normal deviates and targets. */
  @FunctionalInterface
  interface Line {
    String of(Matrix x, int i);
  }

  static MethodJobs in(Path directory) {
    return new MethodJobs(directory, LocalSpark.set());
  }

  /** A table of rows named r0, r1 and so on, as csv. */
  Path csv(String name, String columns, Matrix x, Line line) throws IOException {
    StringBuilder text = new StringBuilder("name," + columns + "\n");
    for (int i = 0; i < x.rows(); i++) {
      text.append("r%d,%s%n".formatted(i, line.of(x, i)));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  /**
   * A configuration of a fit whose result is {@code out}.
   *
   * @param text what it has beside data and output
   * @param features deviates of each row
   */
  Path config(String text, int training, int tests, int features, String columns, Line line)
      throws IOException {
    return Files.writeString(
        directory.resolve("job.conf"),
        """
        data { train = "%s", test = "%s", id = name, target = target }
        output { path = "%s", format = json }
        %s
        """
            .formatted(
                csv("train.csv", columns, Problems.gaussian(training, features, 1), line),
                csv("test.csv", columns, Problems.gaussian(tests, features, 2), line),
                directory.resolve("out"),
                text));
  }

  JsonNode summary(String result) throws IOException {
    return Results.summary(directory.resolve(result));
  }

  String page(String result) throws IOException {
    return Files.readString(directory.resolve(result).resolve("report.html"));
  }

  /** Rows of a result by their names. */
  Map<String, JsonNode> predictions(String result) throws IOException {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Results.rows(directory.resolve(result).resolve("predictions"))) {
      rows.put(row.get("id").asText(), row);
    }
    return rows;
  }

  /** A configuration that has the model of a result predict its test rows. */
  Path predict(String from, String to, String settings) throws IOException {
    return Files.writeString(
        directory.resolve(to + ".conf"),
        """
        model.path = "%s"
        data { test = "%s", id = name }
        %s
        output { path = "%s", format = json }
        """
            .formatted(
                directory.resolve(from).resolve("model"),
                directory.resolve("test.csv"),
                settings,
                directory.resolve(to)));
  }

  /**
   * Has the model of a result predict its test rows, and sees that columns are the same, to the
   * last bit.
   *
   * @return the predictions
   */
  Map<String, JsonNode> predicted(String from, String to, String settings, String... columns)
      throws IOException {
    MainRun.of("predict", predict(from, to, settings)).succeeds();
    Map<String, JsonNode> before = predictions(from);
    Map<String, JsonNode> after = predictions(to);
    assertThat(after.keySet()).isEqualTo(before.keySet()).isNotEmpty();
    after.forEach(
        (id, row) -> {
          for (String column : columns) {
            assertThat(row.get(column)).as(id + " " + column).isEqualTo(before.get(id).get(column));
            assertThat(row.get(column).isNull()).as(column).isFalse();
          }
        });
    return after;
  }

  @Override
  public void close() {
    spark.close();
  }
}
