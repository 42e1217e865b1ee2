package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dry-run} says what a job will cost, and leaves nothing behind. */
class DryRunTest {
  @TempDir private static Path directory;
  private static LocalSpark settings;
  private static Path config;

  @BeforeAll
  static void write() throws IOException {
    settings = LocalSpark.set();
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = examples/diabetes.csv, train-rows = 30, test-rows = 10 }
            network { activation = erf, hidden-widths = [64, 64] }
            noise-variance = 0.5
            output.path = "%s"
            """
                .formatted(directory.resolve("out")));
  }

  @AfterAll
  static void clear() {
    settings.close();
  }

  private static MainRun run(String verb, String... more) {
    return MainRun.of(verb, config, more);
  }

  private static void tellsAndLeavesNothing(MainRun run, String... parts) {
    assertThat(run.succeeds().out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("estimate: "))
        .anyMatch(line -> line.startsWith("estimate: heap ") && line.endsWith(": fits"));
    assertThat(run.out()).contains(parts);
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void aFit() {
    tellsAndLeavesNothing(
        run("fit", "--dry-run", "contraction.engine=exact"), " moments, about ", "on 2 cores");
    tellsAndLeavesNothing(run("fit", "--dry-run", "contraction.engine=sampled"), " draws, about ");
    tellsAndLeavesNothing(
        run("fit", "--dry-run", "inducing-points=10", "contraction.test-rows=3"), " moments, ");
    tellsAndLeavesNothing(run("fit", "--dry-run", "hyperparameters=evidence"), " moments, ");
  }

  @Test
  void validateAndFlow() {
    tellsAndLeavesNothing(
        run("validate", "--dry-run", "validate.test-rows=5", "validate.method=draws"),
        " moments, 500 thousand draws");
    // Further methods cost what they cost by themselves.
    tellsAndLeavesNothing(
        run(
            "validate",
            "--dry-run",
            "validate.test-rows=5",
            "validate.method=draws",
            "validate.widths=[16]",
            "validate.methods=[networks]"),
        " iterations");
    // Which way it will be is not known before the pilot, so both are within the bounds.
    String[] narrow = {"--dry-run", "validate.test-rows=5", "validate.widths=[16,32]"};
    tellsAndLeavesNothing(run("validate", narrow), " moments, about ", " s to ");
    // States of two layers of 1024 are more than two gigabytes hold.
    String[] wide = {"--dry-run", "validate.method=chains", "validate.widths=[512,1024]"};
    assertThat(run("validate", wide).succeeds().out())
        .contains("estimate: networks.states = ", ", as memory allows no more");
    tellsAndLeavesNothing(run("flow", "--dry-run"), "about 1 s on 2 cores");
  }

  /** Order 0 alone wants a matrix of the training rows that no array holds. */
  @Test
  void chainsLeaveManyRowsWhereTheyAre() throws IOException {
    Path rows =
        Files.writeString(
            directory.resolve("many.csv"),
            IntStream.range(0, 47_000)
                .mapToObj(i -> i % 97 + "," + i % 89 + "," + i % 83)
                .collect(Collectors.joining("\n", "a,b,target\n", "\n")));
    String[] job = {
      "--dry-run",
      "data.train=" + rows,
      "data.train-rows=all",
      "data.test-rows=all",
      "data.test-fraction=0.01",
      "posterior.method=networks",
      "network.hidden-widths=[16,16]"
    };
    assertThat(run("fit", job).succeeds().out())
        .contains("estimate: networks.rows = distributed, as memory cannot suffice")
        .contains(" iterations, about ")
        .endsWith(": fits\n");
    assertThat(run("fit", with(job, "networks.rows=resident")).err())
        .contains("is more than a Java array holds");
    tellsAndLeavesNothing(
        run("fit", "--dry-run", "posterior.method=networks", "network.hidden-widths=[8,8]"),
        " iterations, about ");
  }

  private static String[] with(String[] job, String more) {
    return Stream.concat(Stream.of(job), Stream.of(more)).toArray(String[]::new);
  }

  /** What is told before a job is what it then does. */
  @Test
  void predictionsOfAModel() {
    String[] job = {"contraction.engine=exact", "output.path=" + directory.resolve("model-of")};
    MainRun fit = run("fit", job).succeeds();
    assertThat(fit.err()).contains("] estimate: ");
    String[] predict = {
      "--dry-run",
      "model.path=" + directory.resolve("model-of/model"),
      "data.test=examples/diabetes.csv",
      "data.test-rows=20"
    };
    tellsAndLeavesNothing(run("predict", predict), " moments, ");
    String[] order0 =
        List.of(predict[0], predict[1], predict[2], predict[3], "predict.order=0")
            .toArray(String[]::new);
    MainRun cheap = run("predict", order0);
    tellsAndLeavesNothing(cheap, "heap ");
    assertThat(cheap.out()).doesNotContain("moments");
  }

  /** It finds what is wrong with configuration and data as the job would. */
  @Test
  void mistakesAreFound() {
    assertThat(run("fit", "--dry-run", "no.such=1").exitCode()).isEqualTo(2);
    assertThat(run("fit", "--dry-run", "data.train=missing.csv").exitCode()).isEqualTo(3);
  }

  @Test
  void whatWouldBeRefusedIsRefused() throws IOException {
    StringBuilder rows = new StringBuilder("a,target\n");
    for (int i = 0; i < 60_000; i++) {
      rows.append(i).append(',').append(i % 7).append('\n');
    }
    Path large = Files.writeString(directory.resolve("large.csv"), rows);
    MainRun run = run("fit", "--dry-run", "data.train=" + large, "data.train-rows=47000");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("47000 × 47000", "inducing-points").doesNotContain("\tat ");
    MainRun dear = run("fit", "--dry-run", "data.train=" + large, "data.train-rows=20000");
    assertThat(dear.exitCode()).isEqualTo(5);
    assertThat(dear.out()).contains("does not fit");
    assertThat(dear.err()).contains(" GB of memory are needed (a heap, for the engine sampled)");
  }
}
