package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that end after their rows were predicted, and go on with other numbers of cores. */
class KeptRowsJobTest {
  private static final int TESTS = 12;

  @TempDir private Path directory;
  private Path config;

  private Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 2, seed);
    StringBuilder text = new StringBuilder("a,b,target\n");
    for (int i = 0; i < rows; i++) {
      text.append("%s,%s,%s%n".formatted(x.get(i, 0), x.get(i, 1), Math.sin(x.get(i, 0))));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private MainRun run(String verb, int threads, String out, String... more) {
    List<String> all = new ArrayList<>(List.of("output.path=" + directory.resolve(out)));
    all.addAll(List.of(more));
    try (LocalSpark spark = LocalSpark.set(Map.of("spark.master", "local[" + threads + "]"))) {
      return MainRun.of(verb, config, all.toArray(String[]::new));
    }
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("checkpoint"))) {
      return all.filter(file -> file.getFileName().toString().startsWith("rows-")).toList();
    }
  }

  /** With {@code strict} a job ends when all is predicted, and its checkpoint stays. */
  private void assertGoesOn(String verb, String... more) throws IOException {
    List<String> given = new ArrayList<>(List.of(more));
    run(verb, 2, verb + "-plain", given.toArray(String[]::new)).succeeds();
    given.add("checkpoint.path=" + directory.resolve("checkpoint"));
    given.add("strict=true");
    MainRun ended = run(verb, 3, verb, given.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(kept()).isNotEmpty();
    given.set(given.size() - 1, "strict=false");
    MainRun done = run(verb, 1, verb, given.toArray(String[]::new)).succeeds();
    assertThat(done.err()).contains("checkpoint: found " + TESTS + " of " + TESTS + " test rows");
    Path out = directory.resolve(verb);
    assertThat(Results.summary(out).at("/checkpoint/resumed_share").asDouble()).isEqualTo(1);
    assertThat(Results.lines(out.resolve("predictions")))
        .isNotEmpty()
        .isEqualTo(Results.lines(directory.resolve(verb + "-plain/predictions")));
    assertThat(directory.resolve("checkpoint")).isEmptyDirectory();
  }

  @Test
  void fitAndPredict() throws IOException {
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s" }
            network { activation = relu, hidden-widths = [6, 6] }
            noise-variance = 0.01
            contraction.engine = exact
            output.format = json
            """
                .formatted(csv("train.csv", 20, 1), csv("test.csv", TESTS, 2)));
    assertGoesOn("fit");
    assertGoesOn("predict", "model.path=" + directory.resolve("fit/model"));
  }
}
