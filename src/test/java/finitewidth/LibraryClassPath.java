package finitewidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The few jars that docs/library.md names, with this project's classes: no Spark among them. */
public final class LibraryClassPath {
  /** Under surefire java.class.path may be a jar that only names the others. */
  private static final String ALL =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  /** Without versions. */
  private static final List<String> NETWORKS =
      List.of(
          "arpack_combined_all",
          "blas",
          "commons-numbers-core",
          "commons-numbers-fraction",
          "commons-numbers-gamma",
          "commons-rng-client-api",
          "commons-rng-core",
          "commons-rng-sampling",
          "commons-rng-simple",
          "hipparchus-core",
          "lapack");

  /** What saved models are read with. */
  private static final List<String> FILES =
      List.of(
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "parquet-column",
          "parquet-common",
          "parquet-encoding",
          "parquet-format-structures",
          "slf4j-api",
          "snappy-java");

  private LibraryClassPath() {}

  /** What networks are conditioned with. */
  public static String ofNetworks() throws Exception {
    return of(NETWORKS);
  }

  /** What saved models are scored with. */
  public static String ofModels() throws Exception {
    return of(names());
  }

  /** The artifacts of {@link #ofModels()}. */
  static List<String> names() {
    return Stream.concat(NETWORKS.stream(), FILES.stream()).toList();
  }

  private static String name(String jar) {
    return new File(jar).getName().replaceFirst("-[0-9][^-]*\\.jar$", "");
  }

  private static String of(List<String> names) throws Exception {
    List<String> jars =
        Arrays.stream(ALL.split(File.pathSeparator))
            .filter(jar -> names.contains(name(jar)))
            .toList();
    assertThat(jars).map(LibraryClassPath::name).containsExactlyInAnyOrderElementsOf(names);
    assertThat(names).noneMatch(name -> name.matches(".*(spark|hadoop|scala|breeze).*"));
    Path classes =
        Path.of(FiniteNetwork.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Stream.concat(Stream.of(classes.toString()), jars.stream())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
