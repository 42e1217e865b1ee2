package finitewidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments cite headings of docs/theory.md, and those of its contents are there. */
class TheoryCitationsTest {
  private static final Path PAGE = Path.of("docs/theory.md");
  private static final Pattern CITATION = Pattern.compile("docs/theory\\.md#([a-z0-9-]+)");
  private static final Pattern LINK = Pattern.compile("\\(#([a-z0-9-]+)\\)");

  @Test
  void citedHeadingsExist() throws IOException {
    Set<String> cited = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        cited.addAll(found(CITATION, Files.readString(source)));
      }
    }
    assertThat(cited).hasSizeGreaterThan(10);
    assertThat(anchors()).containsAll(cited);
  }

  @Test
  void contentsExist() throws IOException {
    List<String> links = found(LINK, Files.readString(PAGE));
    assertThat(links).isNotEmpty();
    assertThat(anchors()).containsAll(links);
  }

  /** The anchors that GitHub makes of headings of letters, digits and blanks. */
  private static Set<String> anchors() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
