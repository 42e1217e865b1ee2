package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the job's jar bundles, and under which licences. */
@Tag("slow")
class JobJarIT {
  private static final Path TARGET = Path.of("target");

  /** Of what is in the jar. */
  private static final Set<String> BUNDLED =
      Set.of(
          "hipparchus-core",
          "commons-rng-client-api",
          "commons-rng-core",
          "commons-rng-simple",
          "commons-rng-sampling",
          "commons-numbers-core",
          "commons-numbers-fraction",
          "commons-numbers-gamma",
          "picocli",
          "config");

  /** Under licences of the Apache Software Foundation, by the files within; their POMs say none. */
  private static final Set<String> UNNAMED =
      Set.of("oro", "datasketches-memory", "xbean-asm9-shaded");

  @Test
  void everythingThatRunsIsListedWithItsLicence() throws IOException {
    assumeThat(TARGET.resolve("bom.json")).as("made by builds that are not offline (-o)").exists();
    JsonNode bom = new ObjectMapper().readTree(TARGET.resolve("bom.json").toFile());
    assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
    Set<String> seen = new TreeSet<>();
    List<String> without = new ArrayList<>();
    for (JsonNode component : bom.get("components")) {
      String name = component.get("name").asText();
      seen.add(name);
      assertThat(component.get("version").asText()).isNotBlank();
      assertThat(component.get("hashes")).as(name).isNotEmpty();
      if (component.path("licenses").isEmpty()) {
        without.add(name);
      }
      if (BUNDLED.contains(name)) {
        assertThat(component.at("/licenses/0/license/id").asText())
            .as(name)
            .isEqualTo("Apache-2.0");
      }
    }
    assertThat(seen).containsAll(BUNDLED).contains("spark-core_2.13", "breeze_2.13");
    assertThat(seen).doesNotContain("junit-jupiter", "archunit", "smile-core");
    assertThat(without).as("of Spark's, without a licence in their POM").isSubsetOf(UNNAMED);
  }

  /** The texts that licences of bundled works, and of works within them, ask for. */
  @Test
  void licencesAndNoticesAreInTheJar() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      String licences = text(jar, "META-INF/LICENSE") + text(jar, "META-INF/LICENSE.txt");
      assertThat(licences)
          .contains("Apache License", "Minpack Copyright Notice", "Boost Software License")
          .contains("Mersenne twister");
      assertThat(text(jar, "META-INF/NOTICE"))
          .contains("finite-width", "Hipparchus", "Apache Commons RNG", "Boost", "jsoup", "D3");
      assertThat(text(jar, "META-INF/jsoup/LICENSE")).contains("MIT License", "Jonathan Hedley");
      assertThat(jar.stream().map(JarEntry::getName))
          .filteredOn(name -> name.matches("META-INF/resources/webjars/d3-[a-z]+/[^/]+/LICENSE"))
          .hasSize(9);
    }
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
