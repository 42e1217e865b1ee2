package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.package$;
import org.junit.jupiter.api.Test;

/** Python's Params are those of Java: names, defaults, documentation, setters, keywords. */
class PythonParamsTest {
  private static final Path MODULE = Path.of("python/src/finitewidth/_params.py");
  private static final String WRITE = "python.write";

  @Test
  void theModuleIsThatOfTheParams() throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(MODULE, PythonParams.module());
    }
    assertThat(Files.readString(MODULE))
        .as("written anew with mvn test -Dtest=PythonParamsTest -D%s=true", WRITE)
        .isEqualTo(PythonParams.module());
  }

  /** A wheel says which jar it has, and tests run on the Spark that Java's run on. */
  @Test
  void theProjectHasTheVersionsOfThePom() throws IOException {
    Matcher version =
        Pattern.compile(
                "<artifactId>finite-width_[0-9.]+</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    String project = Files.readString(Path.of("python/pyproject.toml"));
    assertThat(project)
        .contains("\nversion = \"" + version.group(1).replace("-SNAPSHOT", ".dev0") + "\"\n")
        .contains("\"pyspark[connect]==" + package$.MODULE$.SPARK_VERSION() + "\"");
  }
}
