package finitewidth;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between documents lead somewhere, and lists in them are those of the code. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String directory : List.of(".", "docs", "benchmarks", "examples")) {
      try (Stream<Path> files = Files.list(Path.of(directory))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents;
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ +", "")
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
        .strip()
        .replace(' ', '-');
  }

  private static boolean leadsSomewhere(Path from, String link) throws IOException {
    if (link.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    if (!Files.exists(to)) {
      return false;
    }
    return parts.length < 2
        || Files.readString(to)
            .lines()
            .anyMatch(line -> line.startsWith("#") && anchor(line).equals(parts[1]));
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult found : LINK.matcher(Files.readString(document)).results().toList()) {
        if (!leadsSomewhere(document, found.group(1))) {
          broken.add(document + ": " + found.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theIndexHasAllPages() throws IOException {
    String index = Files.readString(Path.of("docs/README.md"));
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .allMatch(name -> index.contains("(" + name + ")"));
    }
  }

  @Test
  void everyEngineAndActivationHasItsLine() {
    assertThat(
            new Engines(
                    Sampling.standard(1),
                    Drawing.of(List.of()),
                    Chains.of(List.of()),
                    new Renormalising(List.of(), "auto", 1),
                    Scaling.of(List.of()))
                .names())
        .allMatch(name -> rows("docs/library.md").contains("`" + name + "`"));
    assertThat(Activations.names())
        .allMatch(name -> rows("docs/activations.md").contains("`" + name + "`"));
  }

  /** The first cells of a document's tables. */
  private static String rows(String document) {
    try {
      return Files.readString(Path.of(document))
          .lines()
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.split("\\|")[1])
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
