package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The examples of docs/schedulers.md, as far as they can be tried without the schedulers. */
class SchedulerExamplesTest {
  private static final Path DOCUMENT = Path.of("docs/schedulers.md");

  @TempDir private Path directory;

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    assertThat(block.find()).as("a block of " + language).isTrue();
    return block.group(1);
  }

  private static int run(Path in, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(in.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** The command runs as cron would run it, with paths and script of this test. */
  @Test
  void theCronLine() throws Exception {
    String line = block("cron").strip();
    Matcher parts = Pattern.compile("(\\S+ \\S+ \\S+ \\S+ \\S+) (.*)").matcher(line);
    assertThat(parts.matches()).isTrue();
    assertThat(parts.group(1)).matches("[0-9*/, -]+");
    assertThat(parts.group(2).replace("\\%", "")).as("% ends a command").doesNotContain("%");
    Path script = directory.resolve("submit.sh");
    Files.writeString(script, "#!/bin/sh\nprintf '%s\\n' \"$@\" >arguments\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    String command =
        parts
            .group(2)
            .replace("\\%", "%")
            .replace("/opt/finite-width", directory.toString())
            .replaceAll("/var/(lock|log)", directory.toString());
    assertThat(run(directory, "sh", "-c", command)).isZero();
    List<String> arguments = Files.readAllLines(directory.resolve("arguments"));
    assertThat(arguments.subList(0, 3)).containsExactly("fit", "--config", "conf/nightly.conf");
    assertThat(arguments.get(3)).matches("output\\.path=/srv/fits/\\d{4}-\\d\\d-\\d\\d");
    assertThat(arguments.subList(4, 7)).containsExactly("--", "--driver-memory", "4g");
  }

  @Test
  void theAirflowSnippetIsPython() throws Exception {
    Path snippet = Files.writeString(directory.resolve("dag.py"), block("python"));
    boolean python;
    try {
      python = run(directory, "python3", "--version") == 0;
    } catch (IOException e) {
      python = false;
    }
    assumeTrue(python, "no python3");
    assertThat(run(directory, "python3", "-m", "py_compile", snippet.toString()))
        .as(Files.readString(directory.resolve("output")))
        .isZero();
    assertThat(Files.readString(snippet)).contains("java_class=\"" + Main.class.getName() + "\"");
  }

  @Test
  void theManifestIsYaml() throws Exception {
    Map<String, Object> manifest = new Yaml().load(block("yaml"));
    assertThat(manifest).containsEntry("kind", "SparkApplication");
    Map<?, ?> spec = (Map<?, ?>) manifest.get("spec");
    assertThat(spec.get("mainClass")).isEqualTo(Main.class.getName());
    List<?> arguments = (List<?>) spec.get("arguments");
    assertThat(arguments).allMatch(String.class::isInstance);
    assertThat(arguments.subList(0, 2)).isEqualTo(List.of("fit", "--config"));
    // Settings and variables are texts there.
    assertThat(((Map<?, ?>) spec.get("sparkConf")).values()).allMatch(String.class::isInstance);
    for (String role : List.of("driver", "executor")) {
      Map<?, ?> pod = (Map<?, ?>) spec.get(role);
      assertThat(pod.get("cores")).isInstanceOf(Integer.class);
      assertThat(pod.get("memory")).isEqualTo("4g");
      assertThat((List<?>) pod.get("env"))
          .allMatch(variable -> ((Map<?, ?>) variable).get("value") instanceof String);
    }
  }
}
