package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import finitewidth.Documents;
import finitewidth.settings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The examples of docs/platforms.md, as far as they can be tried without the platforms. */
class PlatformExamplesTest {
  private static final String DOCUMENT = "docs/platforms.md";
  private static final Set<String> KEYS =
      Arrays.stream(Key.values()).map(Key::path).collect(Collectors.toSet());

  private static String block(String name) throws IOException {
    return Documents.example(DOCUMENT, name, 80);
  }

  private static Map<?, ?> map(Object yaml, Object... path) {
    Object at = yaml;
    for (Object step : path) {
      at = step instanceof Integer index ? ((List<?>) at).get(index) : ((Map<?, ?>) at).get(step);
      assertThat(at).as("%s", step).isNotNull();
    }
    return (Map<?, ?>) at;
  }

  /** What Main takes: a verb, a file, and keys that there are. */
  private static void areArguments(List<?> arguments) {
    assertThat(arguments).allMatch(String.class::isInstance);
    assertThat(arguments.subList(0, 2)).isEqualTo(List.of("fit", "--config"));
    assertThat((String) arguments.get(2)).endsWith("nightly.conf");
    for (Object override : arguments.subList(3, arguments.size())) {
      assertThat(KEYS).contains(((String) override).split("=", 2)[0]);
    }
  }

  @Test
  void theBundle() throws IOException {
    Map<String, Object> bundle = new Yaml().load(block("bundle"));
    Map<?, ?> job = map(bundle, "resources", "jobs", "finite_width_fit");
    Map<?, ?> cluster = map(job, "job_clusters", 0);
    Map<?, ?> task = map(job, "tasks", 0);
    assertThat(task.get("job_cluster_key")).isEqualTo(cluster.get("job_cluster_key"));
    assertThat(map(cluster, "new_cluster").get("data_security_mode"))
        .isEqualTo("DATA_SECURITY_MODE_DEDICATED");
    assertThat(map(cluster, "new_cluster", "spark_conf").values())
        .allMatch(String.class::isInstance);
    Map<?, ?> jar = map(task, "spark_jar_task");
    assertThat(jar.get("main_class_name")).isEqualTo(Hosted.class.getName());
    areArguments((List<?>) jar.get("parameters"));
    assertThat(block("airflow")).contains("job_name=\"" + job.get("name") + "\"");
  }

  @Test
  void theManifest() throws IOException {
    Map<String, Object> manifest = new Yaml().load(block("kubernetes"));
    assertThat(manifest).containsEntry("apiVersion", "spark.apache.org/v1");
    Map<?, ?> spec = map(manifest, "spec");
    assertThat(spec.get("mainClass")).isEqualTo(Main.class.getName());
    List<?> arguments = (List<?>) spec.get("driverArgs");
    areArguments(arguments);
    assertThat(map(spec, "sparkConf").values()).allMatch(String.class::isInstance);
    Map<?, ?> files = map(spec, "configMapSpecs", 0);
    Map<?, ?> pod = map(spec, "driverSpec", "podTemplateSpec", "spec");
    assertThat(map(pod, "volumes", 0, "configMap").get("name")).isEqualTo(files.get("name"));
    Map<?, ?> mount = map(pod, "containers", 0, "volumeMounts", 0);
    String file = ((String) arguments.get(2)).replace(mount.get("mountPath") + "/", "");
    String configuration = (String) map(files, "data").get(file);
    assertThat(ConfigFactory.parseString(configuration).entrySet())
        .isNotEmpty()
        .allMatch(entry -> KEYS.contains(entry.getKey()));
    assertThat(map(pod, "containers", 0).get("name"))
        .isEqualTo(map(spec, "sparkConf").get("spark.kubernetes.driver.podTemplateContainerName"));
    assertThat(Files.readString(Path.of("src/main/docker/Dockerfile")))
        .contains("finite-width-*-job.jar " + ((String) spec.get("jars")).replace("local://", ""));
  }

  @Test
  void theStep() throws IOException {
    JsonNode step = Results.json(block("emr")).get(0).get("HadoopJarStep");
    List<String> arguments =
        StreamSupport.stream(step.get("Args").spliterator(), false).map(JsonNode::asText).toList();
    assertThat(arguments).startsWith("spark-submit").contains("--class", Main.class.getName());
    int jar = arguments.indexOf("fit") - 1;
    assertThat(arguments.get(jar)).endsWith("-job.jar");
    areArguments(arguments.subList(jar + 1, arguments.size()));
    // Options come in pairs.
    assertThat(jar % 2).isOne();
    for (int i = 1; i < jar; i += 2) {
      assertThat(arguments.get(i)).startsWith("--");
    }
  }

  @Test
  void theAllowlist() throws IOException {
    JsonNode matcher = Results.json(block("allowlist")).at("/artifact_matchers/0");
    String pom = Files.readString(Path.of("pom.xml"));
    String[] coordinates = matcher.get("artifact").asText().split(":");
    assertThat(pom).contains("<groupId>" + coordinates[0] + "</groupId>");
    assertThat(pom).contains("<artifactId>" + coordinates[1] + "</artifactId>");
  }

  @Test
  void theBatch() throws IOException {
    String command = block("google").replace("\\\n", " ").strip();
    assertThat(command).doesNotContain("\n").contains("--class=" + Main.class.getName());
    areArguments(List.of(command.replaceFirst(".* -- ", "").split(" ")));
  }

  /** Instructions as Docker's reference has them, and files that are there or are built. */
  @ParameterizedTest
  @ValueSource(strings = "src/main/docker/Dockerfile")
  void theImage(Path file) throws IOException {
    List<String> instructions =
        Files.readString(file)
            .replace("\\\n", " ")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(instructions)
        .allMatch(line -> line.matches("(ARG|FROM|USER|RUN|COPY|ENV|WORKDIR|ENTRYPOINT) .+"));
    assertThat(instructions).last().asString().isEqualTo("USER spark");
    assertThat(Path.of("conf/log4j2.properties")).exists();
  }
}
