package finitewidth.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamingTest {
  private static final Path SOURCES = Path.of("src/main/java/finitewidth");

  /** What spark.ml stands on; readers of files, evidence and reports are the job's alone. */
  private static final List<String> BELOW_BOTH =
      List.of(
          "data/scale",
          "gaussian",
          "inducing",
          "inference",
          "linalg",
          "ml",
          "model",
          "posterior",
          "prior",
          "runtime",
          "training");

  @Test
  void aSentenceHasTheNamesOfWhoTellsIt() {
    String sentence = "lower {WEIGHT_VARIANCE} or {HIDDEN_WIDTHS}";
    assertThat(Naming.KEYS.in(sentence))
        .isEqualTo("lower network.weight-variance or network.hidden-widths");
    assertThat(Naming.PARAMS.in(sentence)).isEqualTo("lower weightVariance or hiddenWidths");
    assertThat(Naming.PARAMS.in("{CHECKPOINT_PATH}")).as("no Param").isEqualTo("checkpoint.path");
    assertThat(Naming.KEYS.in("column {X} of {data} {}")).isEqualTo("column {X} of {data} {}");
  }

  @Test
  void faultsAreToldToBoth() {
    Fault fault = new Fault("raise {NOISE_VARIANCE}") {};
    assertThat(fault).hasMessage("raise noiseVariance");
    assertThat(fault.sentence(Naming.KEYS)).isEqualTo("raise noise-variance");
  }

  @Test
  void codesInSentencesAreThoseOfSettings() throws IOException {
    Pattern code = Pattern.compile("\"[^\"\n]*\\{([A-Z_]+)}");
    List<String> codes = new ArrayList<>();
    for (Path source : sources(List.of(""))) {
      code.matcher(Files.readString(source)).results().forEach(found -> codes.add(found.group(1)));
    }
    assertThat(codes).hasSizeGreaterThan(20).allMatch(found -> Key.ofCode(found).isPresent());
  }

  /** Users of spark.ml never see the key of a job. */
  @Test
  void whatBothStandOnNamesNoKeys() throws IOException {
    String keys =
        Arrays.stream(Key.values())
            .map(Key::path)
            .filter(path -> path.matches(".*[.-].*"))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    Pattern literal = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
    Pattern key = Pattern.compile("(?<![\\w.-])(" + keys + ")(?![\\w-])");
    for (Path source : sources(BELOW_BOTH)) {
      assertThat(literal.matcher(Files.readString(source)).results().map(MatchResult::group))
          .as("%s", source)
          .noneMatch(text -> key.matcher(text).find());
    }
  }

  private static List<Path> sources(List<String> places) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String place : places) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(place))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }
}
