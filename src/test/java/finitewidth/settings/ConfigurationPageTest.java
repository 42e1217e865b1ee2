package finitewidth.settings;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the table of settings says. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final String WRITE = "configuration.write";

  private static final String HEAD =
      """
      # Configuration

      Every key of a job's configuration, with its default and what it accepts.
      Configurations are HOCON, and `key=value` on the command line overrides a file.
      A key that is not here is refused with the nearest that is.
      The last column has the Param of spark.ml that means the same.

      This page is made of `src/main/resources/finitewidth/settings/settings.txt`, like
      `./submit.sh --help`. After a change there

          mvn test -Dtest=ConfigurationPageTest -D%s=true

      writes it anew.
      """
          .formatted(WRITE);

  @Test
  void thePageIsThatOfTheTable() throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE))
        .as("written anew with mvn test -Dtest=ConfigurationPageTest -D%s=true", WRITE)
        .isEqualTo(page());
  }

  @Test
  void everySettingIsComplete() {
    for (Key key : Key.values()) {
      assertThat(List.of(key.path(), key.accepted(), key.meaning()))
          .as(key.name())
          .allMatch(cell -> !cell.isEmpty() && cell.equals(cell.strip()));
      assertThat(key.param()).as(key.name()).isNotEqualTo(Optional.of(""));
      assertThat(Key.of(key.path())).contains(key);
    }
  }

  @Test
  void allActivationsAreNamed() {
    assertThat(Key.ACTIVATION.accepted())
        .startsWith(String.join(", ", Activations.names()) + ", or ");
  }

  private static String page() {
    Map<String, StringBuilder> blocks = new LinkedHashMap<>();
    for (Key key : Key.values()) {
      blocks.computeIfAbsent(block(key), ConfigurationPageTest::begin).append(row(key));
    }
    return HEAD + String.join("", blocks.values());
  }

  private static String block(Key key) {
    int dot = key.path().indexOf('.');
    return dot < 0 ? "The job" : "`" + key.path().substring(0, dot) + "`";
  }

  private static StringBuilder begin(String block) {
    return new StringBuilder("\n## " + block)
        .append("\n\n| key | default | accepted | meaning | Param |\n|---|---|---|---|---|\n");
  }

  private static String row(Key key) {
    String standard = key.standard().isEmpty() ? "" : "`" + key.standard() + "`";
    List<String> cells =
        Arrays.asList(
            "`" + key.path() + "`",
            standard,
            key.accepted(),
            key.meaning(),
            key.param().map(name -> "`" + name + "`").orElse(""));
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
