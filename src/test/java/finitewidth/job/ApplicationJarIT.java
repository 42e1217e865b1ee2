package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes to a cluster: the job and what it alone needs, under names of its own. */
@Tag("slow")
class ApplicationJarIT {
  private static Path jar;
  private static List<String> entries;

  @BeforeAll
  static void list() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      jar =
          files
              .filter(file -> file.getFileName().toString().matches("finite-width-.*-job\\.jar"))
              .findFirst()
              .orElseThrow();
      try (JarFile open = new JarFile(jar.toFile())) {
        entries = open.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).toList();
      }
    }
  }

  @Test
  void everyClassIsUnderOneName() {
    assertThat(entries)
        .filteredOn(name -> name.endsWith(".class") && !name.startsWith("META-INF/versions/"))
        .hasSizeGreaterThan(1000)
        .allMatch(name -> name.startsWith("finitewidth/"));
    assertThat(entries)
        .filteredOn(name -> name.startsWith("META-INF/versions/") && name.endsWith(".class"))
        .allMatch(name -> name.matches("META-INF/versions/\\d+/finitewidth/.*"));
  }

  /** Spark, Scala, Hadoop and the BLAS are the cluster's. */
  @Test
  void nothingOfTheClusterIsInIt() {
    assertThat(entries)
        .noneMatch(
            name ->
                name.matches(
                    ".*(org/apache/(spark|hadoop|logging|log4j|parquet)|scala/|breeze/|"
                        + "com/fasterxml|dev/ludovic|org/netlib|org/slf4j|org/bytedeco).*"));
  }

  @Test
  void whatTheJobNeedsIsInIt() {
    assertThat(entries)
        .contains(
            "finitewidth/job/Main.class",
            "finitewidth/shaded/config/Config.class",
            "finitewidth/shaded/picocli/CommandLine.class")
        .anyMatch(name -> name.startsWith("finitewidth/shaded/hipparchus/"))
        .anyMatch(name -> name.startsWith("finitewidth/shaded/rng/"))
        .anyMatch(name -> name.startsWith("finitewidth/shaded/numbers/"));
  }

  /** Help and mistakes of usage need no Spark. */
  @Test
  void helpNeedsNothingElse() throws Exception {
    Process help =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                Main.class.getName(),
                "--help")
            .redirectErrorStream(true)
            .start();
    String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(help.waitFor()).as(text).isZero();
    assertThat(text).contains("--dry-run", "contraction.engine", "Exit codes");
  }
}
