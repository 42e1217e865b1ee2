package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** submit.sh from everywhere, in any locale, by any shell. */
class SubmitPlacesTest {
  /** The locale as Java would see it. */
  private static final String SAYS_LOCALE =
      "echo \"${LC_ALL-}|${LC_CTYPE-}|${LC_MESSAGES-}|${LC_NUMERIC-}|${LANG-}\"";

  @TempDir private Path directory;
  private Checkout checkout;

  @BeforeEach
  void checkout() throws IOException {
    checkout = new Checkout(directory.resolve("checkout"), directory);
    checkout.java("17", "printf '%s\\n' \"$@\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "bash --posix"})
  void anyShell(String shell) throws Exception {
    List<String> command = Stream.of(shell.split(" ")).toList();
    Submission fit =
        checkout.run(
            Stream.concat(
                    command.stream(),
                    Stream.of(checkout.home() + "/submit.sh", "fit", "--config", "a b", "c= "))
                .toArray(String[]::new));
    assertThat(fit.exitCode()).as(fit.err()).isZero();
    assertThat(fit.out().lines()).endsWith("fit", "--config", "a b", "c= ");
  }

  @Test
  void throughLinksAndFromElsewhere() throws Exception {
    Path links = Files.createDirectories(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("one"), Path.of("../checkout/submit.sh"));
    Files.createSymbolicLink(links.resolve("two"), links.resolve("one"));
    for (String name : List.of("links/one", links + "/two", "checkout/submit.sh")) {
      Submission fit = checkout.with("CDPATH", directory + ":/").run(name, "fit", "--config=x");
      assertThat(fit.exitCode()).as(fit.err()).isZero();
      assertThat(fit.out().lines())
          .contains("@" + checkout.home().toRealPath() + "/conf/java-17.options")
          .endsWith("fit", "--config=x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "Übung 漢", "50%, #1 (a) [b] 'c' ?", "-x"})
  void anyCheckout(String name) throws Exception {
    Checkout other = new Checkout(directory.resolve(name), directory);
    other.java("17", "printf '%s\\n' \"$@\"");
    Submission fit = other.with("LC_ALL", "C").fit("--", "--master", "local-cluster[1,1,1024]");
    assertThat(fit.exitCode()).as(fit.err()).isZero();
    Path home = other.home().toRealPath();

    assertThat(fit.out().lines())
        .contains("@" + home + "/conf/java-17.options")
        .anyMatch(line -> line.startsWith("-Dlog4j2.configurationFile=file:/"))
        .doesNotContain("");
    String log4j =
        fit.out()
            .lines()
            .filter(line -> line.startsWith("-Dlog4j2.conf"))
            .findFirst()
            .orElseThrow();
    assertThat(URI.create(log4j.substring(log4j.indexOf('=') + 1)).getPath())
        .isEqualTo(home + "/conf/log4j2.properties");
  }

  @Test
  void executorsHaveAHome() throws Exception {
    checkout.java("17", "echo \"$SPARK_HOME $SPARK_SCALA_VERSION\"");
    Path home = checkout.home().resolve("target/spark-home");
    Submission fit = checkout.fit("--", "--master", "local-cluster[2,1,1024]");
    assertThat(fit.out()).as(fit.err()).isEqualTo(home.toRealPath() + " 2.13\n");
    assertThat(home.resolve("jars/brought.jar").toRealPath())
        .isEqualTo(directory.resolve("brought.jar").toRealPath());
    assertThat(home.resolve("conf/log4j2.properties")).isRegularFile();
    // Other jars than before.
    Path other = Files.writeString(directory.resolve("other.jar"), "");
    Files.writeString(checkout.home().resolve("target/classpath.txt"), other + "\n");
    assertThat(checkout.fit("--", "--master", "spark://x:1").exitCode()).isZero();
    assertThat(home.resolve("jars")).isDirectoryContaining(file -> file.endsWith("other.jar"));
    assertThat(home.resolve("jars/brought.jar")).doesNotExist();
    try (Stream<Path> files = Files.list(home.getParent())) {
      assertThat(files.filter(file -> file.toString().contains("spark-home"))).hasSize(1);
    }
    assertThat(checkout.fit("--", "--master", "local[2]").out()).isEqualTo(" \n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "LC_ALL=C, |C.UTF-8|C|C|",
        "LC_ALL=POSIX, |C.UTF-8|POSIX|POSIX|",
        "LANG=C, |C.UTF-8|||C",
        "LANG=xx_YY.UTF-8, |C.UTF-8|||C",
        "LC_CTYPE=UTF-8, |C.UTF-8|||C",
        "LC_ALL=xx_YY.UTF-8, |C.UTF-8|||C",
        "OTHER=x, |C.UTF-8|||",
        "LANG=C.UTF-8, ||||C.UTF-8",
        "LC_ALL=C.UTF-8, C.UTF-8||||"
      })
  void localesThatReadNamesOfFiles(String variable, String seen) throws Exception {
    String[] parts = variable.split("=");
    checkout.java("17", SAYS_LOCALE).with(parts[0], parts[1]);
    assertThat(checkout.fit().out()).isEqualTo(seen + "\n");
  }
}
