package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import finitewidth.job.config.Verb;
import finitewidth.settings.Key;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Configurations that nobody would write: one sentence and exit 2, or exit 3 where the
 * configuration passes and its data, which are nowhere, are missed. Never a trace, never much
 * memory.
 */
@Tag("slow")
class FuzzConfigTest {
  private static final int CASES = 1500;
  private static final long SEED = 20260107;

  /** What reading a small file and saying a sentence may take. */
  private static final long MOST_BYTES = 64L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path directory;

  @Test
  void everyMistakeIsASentence() throws IOException {
    Mutator mutator = new Mutator(SEED);
    String whole = text();
    warmUp(whole);
    TreeMap<Integer, Integer> codes = new TreeMap<>();
    for (int i = 0; i < CASES; i++) {
      String text = whole;
      List<String> overrides = new ArrayList<>();
      int changes = 1 + mutator.below(3);
      for (int c = 0; c < changes; c++) {
        if (mutator.below(3) == 0) {
          overrides.add(override(mutator));
        } else {
          text = mutator.text(text);
        }
      }
      codes.merge(
          run("case " + i, mutator.oneOf(Arrays.asList(Verb.values())), text, overrides),
          1,
          Integer::sum);
    }
    assertThat(codes.keySet()).isSubsetOf(Set.of(2, 3));
    assertThat(codes.get(2)).isGreaterThan(CASES / 4);
    assertThat(codes.get(3)).as("some pass").isGreaterThan(CASES / 50);
  }

  @Test
  void depthAndLengthAreNoMatter() throws IOException {
    warmUp(text());
    for (String text :
        List.of(
            "widths = " + "[".repeat(200_000) + "]".repeat(200_000),
            "a.".repeat(500) + "b = 1",
            "{a:".repeat(100_000),
            "widths = [" + "1,".repeat(300_000) + "2]",
            "data.train = \"" + "x".repeat(900_000) + ".csv\"\noutput.path = x",
            "# " + "x".repeat(2_000_000),
            "data.train = ${data.train}",
            "x = ${?y}\ny = ${?x}",
            "noise-variance = 1" + "0".repeat(100_000))) {
      assertThat(run(text.substring(0, Math.min(20, text.length())), Verb.FIT, text, List.of()))
          .isBetween(2, 3);
    }
  }

  /** Classes and Hadoop's own settings are loaded once. */
  private void warmUp(String text) throws IOException {
    for (Verb verb : Verb.values()) {
      Path config = Files.writeString(directory.resolve("job.conf"), text);
      assertThat(MainRun.of(verb.toString(), config).exitCode()).isEqualTo(3);
    }
  }

  private static String override(Mutator mutator) {
    Key key = mutator.oneOf(Arrays.asList(Key.values()));
    String value = mutator.below(2) == 0 ? mutator.number() : mutator.word();
    return switch (mutator.below(5)) {
      case 0 -> key.path();
      case 1 -> value + "=" + value;
      case 2 -> key.path().substring(1) + "=" + value;
      default -> key.path() + "=" + value;
    };
  }

  private int run(String what, Verb verb, String text, List<String> overrides) throws IOException {
    Path config = Files.writeString(directory.resolve("job.conf"), text);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    MainRun run = MainRun.of(verb.toString(), config, overrides.toArray(String[]::new));
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    String said = run.err();
    String about = what + ": " + verb + " " + overrides + "\n" + text + "\n" + said;
    String shown = about.length() > 20_000 ? what + ", long" : about;
    assertThat(run.exitCode()).as(shown).isIn(0, 2, 3, 4, 5);
    assertThat(said).as(shown).doesNotContain("\tat ").doesNotContain("unexpectedly");
    assertThat(said.lines()).as(shown).allMatch(line -> line.startsWith("finite-width: ["));
    assertThat(bytes).as(shown).isLessThan(MOST_BYTES + 1000L * text.length());
    return run.exitCode();
  }

  /** Every key once, with a value that passes. */
  private String text() {
    return """
    data { train = "%1$s/nowhere.csv", test = "%1$s/nowhere.csv", seed = 7, features = [a, b], id = name }
    data.test-fraction = 0.2
    data.train-rows = 100
    data.test-rows = 50
    data.target = [x, y]
    preprocess { features = standardize, target = none }
    network { activation = erf, hidden-widths = [64, 32], bias-variance = 0.1, weight-variance = [1, 2, 1.5] }
    noise-variance = 0.01
    hyperparameters = fixed
    evidence { noise-floor = 1e-4, starts = 3, seed = 7, rows = 200, input-scales = none }
    widths = [16, 32, 64]
    contraction { engine = auto, tolerance = 0.05, seed = 7, max-draws = 10000, quantities = all, test-rows = 20 }
    inducing-points = none
    inducing { method = greedy, sample-rows = 100, seed = 3, approximation = fitc }
    model.path = "%1$s/no-model"
    predict { order = 1, handle-invalid = keep, columns = [c] }
    output { path = "%1$s/out", format = json, overwrite = true }
    validate { train-rows = 5, test-rows = 5, widths = [8, 16], draws = 1000 }
    strict = false
    flow.tensors = false
    """
        .formatted(directory);
  }
}
