package finitewidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples of the library in documents run with the few jars that docs/library.md names. */
class LibraryExampleTest {
  @TempDir private Path directory;

  private String run(String classPath) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                classPath + File.pathSeparator + directory,
                "LibraryExample")
            .redirectError(directory.resolve("messages").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("messages"))).isZero();
    return output;
  }

  /** What an example prints. */
  private List<Double> numbers(String document, String name, int mostLines) throws Exception {
    String imports =
        Stream.of(
                "finitewidth.*",
                "finitewidth.inference.work.LocalRuntime",
                "finitewidth.posterior.*",
                "finitewidth.prior.Widths")
            .map(imported -> "import " + imported + ";\n")
            .collect(Collectors.joining());
    Path source =
        Files.writeString(
            directory.resolve("LibraryExample.java"),
            imports
                + "public class LibraryExample {\n  public static void main(String[] none) {\n"
                + Documents.example(document, name, mostLines)
                + "  }\n}\n");
    String classPath = LibraryClassPath.ofNetworks();
    Documents.compile(source, classPath);
    return Arrays.stream(run(classPath).strip().split("\\s+")).map(Double::valueOf).toList();
  }

  @Test
  void fiveLinesWithoutSpark() throws Exception {
    List<Double> numbers = numbers("README.md", "library", 5);
    // Mean, variance, log evidence.
    assertThat(numbers).hasSize(3).allMatch(Double::isFinite);
    assertThat(numbers.get(0)).isBetween(-1.0, 1.0);
    assertThat(numbers.get(1)).isBetween(0.0, 1.0);
    assertThat(numbers.get(2)).isNegative();
  }

  @Test
  void settings() throws Exception {
    List<Double> numbers = numbers("docs/library.md", "settings", 12);
    // Means and their standard errors at three widths; infinite width has none.
    assertThat(numbers).hasSize(6).allMatch(Double::isFinite);
    assertThat(numbers.get(1)).isPositive();
    assertThat(numbers.get(3)).isCloseTo(numbers.get(1) / 2, within(1e-12));
    assertThat(numbers.get(5)).isZero();
  }
}
