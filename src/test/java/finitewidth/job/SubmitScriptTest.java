package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What submit.sh asks of a Spark distribution, by one that only writes it down. */
class SubmitScriptTest {
  private static final String JAR = "local:///opt/finite-width.jar";
  private static final String UNPACKED = "finite-width-native";

  @TempDir private Path directory;
  private Path spark;
  private Path config;

  /** What came of a submission. */
  private record Submitted(
      int exitCode, String err, List<String> arguments, Map<String, String> environment) {

    /** The value that counts: the last one. */
    String value(String option) {
      int at = arguments.lastIndexOf(option);
      assertThat(at).as(option + " among " + arguments).isNotNegative();
      return arguments.get(at + 1);
    }

    String setting(String key) {
      String found = "";
      for (int i = 0; i + 1 < arguments.size(); i++) {
        if (arguments.get(i).equals("--conf") && arguments.get(i + 1).startsWith(key + "=")) {
          found = arguments.get(i + 1).substring(key.length() + 1);
        }
      }
      return found;
    }

    /** From the application on. */
    List<String> application() {
      return arguments.subList(arguments.indexOf("--class"), arguments.size());
    }
  }

  @BeforeEach
  void fakeDistribution() throws IOException {
    spark = fake("spark", 0);
    config = Files.writeString(directory.resolve("my job.conf"), "output.path = x\n");
  }

  private Path fake(String name, int exitCode) throws IOException {
    Path home = directory.resolve(name);
    Path script = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        script,
        String.join(
            "\n",
            "#!/bin/sh",
            "printf '%s\\n' \"$@\" >'" + directory.resolve("arguments") + "'",
            "env >'" + directory.resolve("environment") + "'",
            "echo " + name + " >'" + directory.resolve("who") + "'",
            "exit " + exitCode,
            ""));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private Submitted submit(String... options) throws Exception {
    return submit(Map.of("SPARK_HOME", spark.toString()), options);
  }

  private Submitted submit(Map<String, String> environment, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("./submit.sh", "fit", "--config"));
    command.add(config.toString());
    command.add("data.target=[a, b]");
    if (options.length > 0) {
      command.add("--");
      command.addAll(List.of(options));
    }
    return run(environment, command);
  }

  private Submitted run(Map<String, String> environment, List<String> command) throws Exception {
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(err.toFile()).redirectOutput(err.toFile());
    builder.environment().keySet().removeIf(key -> key.matches("SPARK_.*|OPENBLAS_.*"));
    builder.environment().put("FINITE_WIDTH_JAR", JAR);
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Path arguments = directory.resolve("arguments");
    Path seen = directory.resolve("environment");
    return new Submitted(
        process.exitValue(),
        Files.readString(err),
        Files.exists(arguments) ? Files.readAllLines(arguments) : List.of(),
        Files.exists(seen)
            ? Files.readAllLines(seen).stream()
                .filter(line -> line.contains("="))
                .collect(
                    Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (a, b) -> a))
            : Map.of());
  }

  @Test
  void theJobComesLastAsItWasGiven() throws Exception {
    assertThat(submit().application())
        .containsExactly(
            "--class",
            "finitewidth.job.Main",
            JAR,
            "fit",
            "--config",
            config.toString(),
            "data.target=[a, b]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://a:7077,b:7077",
        "yarn",
        "k8s://https://host:443",
        "local-cluster[2,1,1024]",
        "local[3]"
      })
  void mastersGoThrough(String master) throws Exception {
    Submitted submitted = submit("--master", master);
    assertThat(submitted.exitCode()).as(submitted.err()).isZero();
    assertThat(submitted.value("--master")).isEqualTo(master);
  }

  @Test
  void aDistributionIsFoundByItsHomeBeforeThePath() throws Exception {
    Path other = fake("other", 0);
    String path = other.resolve("bin") + ":" + System.getenv("PATH");
    submit(Map.of("PATH", path));
    assertThat(directory.resolve("who")).hasContent("other");
    submit(Map.of("PATH", path, "SPARK_HOME", spark.toString()));
    assertThat(directory.resolve("who")).hasContent("spark");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void theExitCodeIsTheJobs(int code) throws Exception {
    assertThat(submit(Map.of("SPARK_HOME", fake("failing", code).toString())).exitCode())
        .isEqualTo(code);
  }

  @Test
  void whatTheSiteHasConfiguredCounts() throws Exception {
    Files.writeString(
        spark.resolve("conf/spark-defaults.conf"),
        "# a comment\nspark.ui.enabled   true\nspark.master=spark://site:7077\n");
    Submitted submitted = submit();
    assertThat(submitted.setting("spark.ui.enabled")).isEmpty();
    assertThat(submitted.setting("spark.sql.shuffle.partitions")).isEqualTo("8");
    assertThat(submitted.arguments()).doesNotContain("--properties-file", "--master");
    // That master is a cluster.
    assertThat(submitted.setting("spark.executorEnv.OPENBLAS_NUM_THREADS")).isEqualTo("1");
  }

  /** Several threads would cut up panels of rows, and bits would depend on a row's place. */
  @Test
  void productsHaveOneThread() throws Exception {
    assertThat(submit("--master", "yarn").setting("spark.executorEnv.OPENBLAS_NUM_THREADS"))
        .isEqualTo("1");
    Submitted two = submit("--master", "yarn", "--conf", "spark.task.cpus=2");
    assertThat(two.setting("spark.executorEnv.OPENBLAS_NUM_THREADS")).isEqualTo("1");
    assertThat(two.environment()).containsEntry("OPENBLAS_NUM_THREADS", "1");
    Submitted given =
        submit("--master", "yarn", "--conf", "spark.executorEnv.OPENBLAS_NUM_THREADS=7");
    assertThat(given.setting("spark.executorEnv.OPENBLAS_NUM_THREADS")).isEqualTo("7");
    assertThat(submit("--master", "local[2]").setting("spark.executorEnv.OPENBLAS_NUM_THREADS"))
        .isEmpty();
  }

  @Test
  void executorsReadTheNamesThatTheDriverReads() throws Exception {
    String key = "spark.executorEnv.LC_CTYPE";
    assertThat(submit("--master", "yarn").setting(key)).isEqualTo("C.UTF-8");
    assertThat(submit("--master", "yarn", "--conf", key + "=de_DE.UTF-8").setting(key))
        .isEqualTo("de_DE.UTF-8");
    assertThat(submit("--master", "local[2]").setting(key)).isEmpty();
  }

  @Test
  void theNativeLibraryGoesToExecutorsBesideTheCallersOwn() throws Exception {
    Submitted submitted =
        submit(
            "--master",
            "spark://a:7077",
            "--archives",
            "mine.zip",
            "--conf",
            "spark.executor.extraJavaOptions=-Dmine=1",
            "--conf",
            "spark.executor.extraLibraryPath=/mine",
            "--driver-java-options",
            "-Ddriver=1");
    assertThat(submitted.value("--archives")).endsWith(".tgz#" + UNPACKED + ",mine.zip");
    Path archive = Path.of(submitted.value("--archives").replaceAll("#.*", ""));
    assertThat(archive).isNotEmptyFile();
    assertThat(submitted.setting("spark.executor.extraJavaOptions"))
        .contains("blas.nativeLib=libopenblas.so.0", "lapack.nativeLib=libopenblas.so.0")
        .endsWith(" -Dmine=1");
    assertThat(submitted.setting("spark.executor.extraLibraryPath"))
        .startsWith(UNPACKED + ":")
        .endsWith(":/mine");
    assertThat(submitted.value("--driver-java-options"))
        .contains("log4j2.configurationFile=file:", "OnOutOfMemoryError")
        .endsWith(" -Ddriver=1");
    assertThat(submit("--master", "k8s://x").setting("spark.executorEnv.LD_LIBRARY_PATH"))
        .isEqualTo(UNPACKED);
    assertThat(submit("--master", "local[2]").arguments()).doesNotContain("--archives");
  }

  @Test
  void aDriverOnYarnGetsItsFiles() throws Exception {
    Submitted submitted =
        submit("--master", "yarn", "--deploy-mode", "cluster", "--files", "mine.txt");
    assertThat(submitted.value("--files"))
        .startsWith(config + ",")
        .endsWith("/conf/log4j2.properties,mine.txt");
    assertThat(submitted.application()).containsSequence("--config", "my job.conf");
    assertThat(submitted.setting("spark.yarn.appMasterEnv.OPENBLAS_NUM_THREADS")).isEqualTo("1");
    assertThat(submitted.setting("spark.driver.extraLibraryPath")).isEqualTo(UNPACKED);
    assertThat(submitted.value("--driver-java-options"))
        .contains("-Dlog4j2.configurationFile=log4j2.properties")
        .doesNotContain("file:");
  }

  @Test
  void aDriverOnKubernetesGetsItsFiles() throws Exception {
    Submitted submitted =
        submit("--master=k8s://https://host:443", "--conf", "spark.submit.deployMode=cluster");
    assertThat(submitted.value("--files")).startsWith(config + ",");
    assertThat(submitted.application()).containsSequence("--config", "my job.conf");
    assertThat(submitted.setting("spark.kubernetes.driverEnv.LD_LIBRARY_PATH")).isEqualTo(UNPACKED);
    assertThat(submitted.setting("spark.kubernetes.driverEnv.OPENBLAS_NUM_THREADS")).isEqualTo("1");
  }

  /** Such a driver is sent nothing. */
  @Test
  void aDriverOnAStandaloneWorkerReadsWhatIsThere() throws Exception {
    config = Path.of("conf/digits.conf");
    Submitted submitted = submit("--master", "spark://a:7077", "--deploy-mode", "cluster");
    assertThat(submitted.application())
        .containsSequence("--config", config.toAbsolutePath().toString());
    assertThat(submitted.arguments()).doesNotContain("--files");
  }

  @Test
  void aDriverElsewhereNeedsAConfigurationHere() throws Exception {
    config = directory.resolve("missing.conf");
    Submitted submitted = submit("--master", "yarn", "--deploy-mode", "cluster");
    assertThat(submitted.exitCode()).isEqualTo(2);
    assertThat(submitted.err()).contains("missing.conf: no such file").hasLineCount(1);
    assertThat(submitted.arguments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host:443"})
  void mavensSparkKnowsNoSuchCluster(String master) throws Exception {
    Submitted submitted = submit(Map.of(), "--master", master);
    assertThat(submitted.exitCode()).isEqualTo(5);
    assertThat(submitted.err()).contains(master, "SPARK_HOME").hasLineCount(1);
  }
}
