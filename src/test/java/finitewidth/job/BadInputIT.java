package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user gets for a mistake: an exit code, one sentence, and nothing half-written. Of every
 * exit code one mistake goes through submit.sh, where Spark's own words would be heard; the others
 * are made in this process.
 */
@Tag("slow")
class BadInputIT {
  private static final int CONFIGURATION = 2;
  private static final int DATA = 3;
  private static final int NUMERICS = 4;
  private static final int MEMORY = 5;

  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void writeJob() throws IOException {
    config = directory.resolve("job.conf");
    Files.writeString(
        config,
        String.join(
            "\n",
            "data.train = \"" + directory.resolve("train.csv") + "\"",
            "output.path = \"" + directory.resolve("out") + "\"",
            "network.hidden-widths = [64]",
            ""));
    train("a,b,target", "1,2,3", "4,5,6", "7,9,9", "2,8,1", "3,1,2", "6,7,5");
  }

  static Stream<Arguments> refusedConfigurations() {
    return Stream.of(
        refused("unknown key", "netwrk.activation=relu", "netwrk.activation", "network.activation"),
        refused("wrong type", "noise-variance=loud", "noise-variance = \"loud\"", "number"),
        refused("width 0", "network.hidden-widths=[0]", "hidden-widths = [0]", "whole number"),
        refused("width −5", "network.hidden-widths=[-5]", "hidden-widths = [-5]", "whole number"),
        refused("guess", "hyperparameters=guess", "hyperparameters = \"guess\"", "fixed, evidence"),
        refused("inducing", "inducing-points=some", "inducing-points", "none, or a whole number"),
        refused("checkpoint", "checkpoint.interval=-1", "checkpoint.interval", "seconds"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedConfigurations")
  void configurationsAreRefused(String name, String override, List<String> parts) throws Exception {
    assertRefused(CONFIGURATION, parts, override);
  }

  @Test
  void csvHasNoArrays() throws Exception {
    assertSubmissionRefused(
        CONFIGURATION, List.of("output.format", "json"), "output.format=csv", "data.target=[a,b]");
  }

  @Test
  void anExistingResultStays() throws Exception {
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.writeString(out.resolve("summary.json"), "old");
    MainRun job = MainRun.on("local[2]", "fit", config);
    assertThat(job.exitCode()).isEqualTo(CONFIGURATION);
    assertOneSentence(
        job.out(), job.err(), List.of("output.path", "exists", "output.overwrite=true"));
    assertThat(out.resolve("summary.json")).hasContent("old");
  }

  @Test
  void aFailureLeavesTheOldResultInPlace() throws Exception {
    train("a,target", "1,2", "x,3", "4,4");
    Path out = Files.createDirectory(directory.resolve("out"));
    String old =
        """
        {"version": "0.1.0", "run": {"id": "8a79444b", "versions": {"finite_width": "0.1.0"}}}
        """;
    Files.writeString(out.resolve("summary.json"), old);
    MainRun job = MainRun.on("local[2]", "fit", config, "output.overwrite=true");
    assertThat(job.exitCode()).isEqualTo(DATA);
    assertThat(out.resolve("summary.json")).hasContent(old);
    assertThat(names(directory)).containsExactlyInAnyOrder("job.conf", "train.csv", "out");
  }

  @Test
  void aForeignDirectoryIsNotReplaced() throws Exception {
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.writeString(out.resolve("summary.json"), "old");
    MainRun job = MainRun.on("local[2]", "fit", config, "output.overwrite=true");
    assertThat(job.exitCode()).isEqualTo(CONFIGURATION);
    assertOneSentence(
        job.out(),
        job.err(),
        List.of("output.path", "summary.json", "only what a job has written"));
    assertThat(out.resolve("summary.json")).hasContent("old");
  }

  @Test
  void aMissingFile() throws Exception {
    Files.delete(directory.resolve("train.csv"));
    assertRefused(DATA, List.of("data.train", "train.csv", "no such file"));
  }

  @Test
  void aMissingColumn() throws Exception {
    assertRefused(DATA, List.of("\"c\"", "columns present: a, b, target"), "data.features=[a,c]");
  }

  @Test
  void textInANumericColumn() throws Exception {
    train("a,target", "1,2", "2,3", "huge,4");
    assertSubmissionRefused(DATA, List.of("row 2 (line 4)", "\"a\"", "\"huge\""));
  }

  @Test
  void aCellThatIsNotANumber() throws Exception {
    train("a,target", "1,2", "NaN,3", "3,4");
    assertRefused(DATA, List.of("row 1 (line 3)", "\"a\"", "NaN"));
  }

  @Test
  void anEmptyCell() throws Exception {
    train("a,target", "1,2", "2,", "3,4");
    assertRefused(DATA, List.of("row 1 (line 3)", "\"target\"", "empty"));
  }

  @Test
  void noRows() throws Exception {
    train("a,target");
    assertRefused(DATA, List.of("train.csv", "no rows"));
  }

  @Test
  void oneRow() throws Exception {
    train("a,target", "1,2");
    assertRefused(DATA, List.of("train.csv", "1 row"));
  }

  @Test
  void aConstantColumn() throws Exception {
    train("a,b,target", "1,5,2", "2,5,3", "3,5,4", "4,5,9", "5,5,1");
    assertRefused(
        DATA,
        List.of("column b", "constant", "data.constant-columns", "data.features"),
        "data.constant-columns=refuse");
  }

  @Test
  void rowsThatCoincideWithoutNoise() throws Exception {
    train("a,b,target", "1,2,3", "4,5,6", "7,9,9", "4,5,1", "3,1,2", "6,7,5", "1,7,2", "2,2,1");
    assertSubmissionRefused(
        NUMERICS,
        List.of("not positive definite", "row 3 coincides with row 1", "raise noise-variance"),
        "noise-variance=0",
        "data.test=" + directory.resolve("train.csv"));
  }

  @Test
  void outsideTheExpansionWhenStrict() throws Exception {
    assertRefused(
        NUMERICS,
        List.of("outside the expansion", "[1]", "strict=true"),
        "strict=true",
        "network.hidden-widths=[1]",
        "data.test=" + directory.resolve("train.csv"));
  }

  /** Spark itself would say so with a stack trace. */
  @Test
  void aHeapInWhichSparkDoesNotStart() throws Exception {
    assertSubmissionRefused(
        MEMORY,
        List.of("the driver is", "Spark does not start below 450 MB", "--driver-memory 1g"),
        "--",
        "--driver-memory",
        "300m");
  }

  @Test
  void memoryThatCannotSuffice() throws Exception {
    assertSubmissionRefused(
        MEMORY,
        List.of(
            "of memory are needed", "-- --driver-memory ", "data.train-rows", "inducing-points"),
        "data.train=examples/digits.csv",
        "data.label=label",
        "data.features=*",
        "preprocess.features=none",
        "network.hidden-widths=[64,64,64]",
        "contraction.engine=exact",
        "--",
        "--driver-memory",
        "600m");
  }

  private void assertRefused(int exitCode, List<String> parts, String... overrides)
      throws IOException {
    List<String> before = names(directory);
    MainRun job = MainRun.on("local[2]", "fit", config, overrides);
    assertThat(job.exitCode()).as(job.err()).isEqualTo(exitCode);
    assertOneSentence(job.out(), job.err(), parts);
    assertThat(names(directory)).containsExactlyInAnyOrderElementsOf(before);
  }

  private void assertSubmissionRefused(int exitCode, List<String> parts, String... overrides)
      throws IOException, InterruptedException {
    List<String> before = names(directory);
    Submission job = Submission.of(directory, "fit", config, overrides);
    assertThat(job.exitCode()).as(job.err()).isEqualTo(exitCode);
    assertOneSentence(job.out(), job.err(), parts);
    assertThat(names(directory)).containsExactlyInAnyOrderElementsOf(before);
  }

  /** Progress may stand before it. */
  private static void assertOneSentence(String out, String err, List<String> parts) {
    assertThat(out).isEmpty();
    assertThat(err.lines()).allMatch(line -> line.startsWith("finite-width: "));
    assertThat(err).doesNotContain("\tat ");
    String last = err.lines().reduce("", (first, second) -> second);
    assertThat(last).contains(parts);
  }

  private void train(String... lines) throws IOException {
    Files.writeString(directory.resolve("train.csv"), String.join("\n", lines) + "\n");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Arguments refused(String name, String override, String... parts) {
    return Arguments.of(name, override, Arrays.asList(parts));
  }
}
