package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What submit.sh says of a machine or a command line with which no job can begin. */
class SubmitMistakesTest {
  private static final String RUNS_ON = "Spark 4.1 runs on Java 17 to 22 only: set JAVA_HOME";

  @TempDir private Path directory;
  private Checkout checkout;

  @BeforeEach
  void checkout() throws IOException {
    checkout = new Checkout(directory.resolve("checkout"), directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "9", "11.0.13", "16.0.2", "23.0.1", "24", "25.0.3", "26-ea"})
  void otherJavas(String version) throws Exception {
    String never = "touch '" + directory.resolve("ran") + "'";
    Checkout.refused(checkout.java(version, never).fit(), 5, "is Java " + version, RUNS_ON);
    // Without the file that says so, Java is asked.
    Files.delete(directory.resolve("jdk " + version + "/release"));
    checkout.java(version, "echo 'openjdk version \"" + version + "\" 2025-01-01' >&2");
    Files.delete(directory.resolve("jdk " + version + "/release"));
    Checkout.refused(checkout.fit(), 5, "is Java " + version, RUNS_ON);
    Checkout.refused(checkout.run(checkout.home() + "/submit.sh", "--help"), 5, RUNS_ON);
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.15", "21.0.4", "22.0.2"})
  void javasThatWork(String version) throws Exception {
    assertThat(checkout.java(version, "exit 0").fit().exitCode()).isZero();
  }

  @Test
  void aJavaOfThePath() throws Exception {
    checkout.without("JAVA_HOME").tool("java", "echo 'Picked up x' >&2; echo 'version \"25\"' >&2");
    Checkout.refused(checkout.fit(), 5, "tools/java is Java 25", RUNS_ON);
    checkout.tool("java", "echo cannot allocate; exit 1");
    Checkout.refused(checkout.fit(), 5, "tools/java -version fails: cannot allocate");
    checkout.tool("java", "echo hello");
    Checkout.refused(checkout.fit(), 5, "does not say which Java it is");
  }

  @Test
  void noJava() throws Exception {
    Path tools = Files.createDirectories(directory.resolve("few"));
    for (String tool : List.of("bash", "env", "locale", "grep")) {
      Checkout.script(tools.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
    }
    checkout.without("JAVA_HOME").with("PATH", tools);
    Checkout.refused(checkout.fit(), 5, "no java on the PATH", "JDK 17");
  }

  @Test
  void aJavaHomeThatIsNone() throws Exception {
    Path file = Files.writeString(directory.resolve("java"), "");
    Checkout.refused(checkout.with("JAVA_HOME", "/nowhere").fit(), 5, "/nowhere", "no such");
    Checkout.refused(checkout.with("JAVA_HOME", file).fit(), 5, file.toString(), "no directory");
    Path jdk = Files.createDirectories(directory.resolve("jdk/bin")).getParent();
    Checkout.refused(checkout.with("JAVA_HOME", jdk).fit(), 5, "bin/java is not there");
    Files.writeString(jdk.resolve("bin/java"), "");
    Checkout.refused(checkout.fit(), 5, "bin/java may not be executed");
  }

  @Test
  void aJavaWithoutModules() throws Exception {
    checkout.java("21", "exit 0");
    Files.writeString(
        directory.resolve("jdk 21/release"),
        "JAVA_VERSION=\"21\"\nMODULES=\"java.base java.logging java.management java.naming"
            + " java.security.jgss java.sql java.xml jdk.management jdk.unsupported\"\n");
    Checkout.refused(checkout.fit(), 5, "(jdk.incubator.vector, jdk.security.auth)");
  }

  /** Which may have one in its own settings. */
  @Test
  void theJavaOfADistribution() throws Exception {
    checkout.java("25", "exit 0").with("SPARK_HOME", directory.resolve("spark"));
    Checkout.script(directory.resolve("spark/bin/spark-submit"), "exit 0");
    Checkout.refused(checkout.fit(), 5, RUNS_ON);
    Files.createDirectories(directory.resolve("spark/conf"));
    Files.writeString(directory.resolve("spark/conf/spark-env.sh"), "export JAVA_HOME=/a\n");
    assertThat(checkout.fit().exitCode()).isZero();
  }

  @Test
  void aSparkHomeThatIsNone() throws Exception {
    Checkout.refused(checkout.with("SPARK_HOME", "/nowhere").fit(), 5, "/nowhere", "no such");
    Path file = Files.writeString(directory.resolve("spark-submit"), "");
    Checkout.refused(checkout.with("SPARK_HOME", file).fit(), 5, "no directory");
    Path home = Files.createDirectories(directory.resolve("spark/bin")).getParent();
    checkout.with("SPARK_HOME", home);
    Checkout.refused(checkout.fit(), 5, "bin/spark-submit is not there", "unset it");
    Files.writeString(home.resolve("bin/spark-submit"), "");
    Checkout.refused(checkout.fit(), 5, "bin/spark-submit may not be executed");
    Checkout.script(home.resolve("bin/spark-submit"), "exit 0");
    Path core = Files.createDirectories(home.resolve("jars"));
    Files.writeString(core.resolve("spark-core_2.12-3.5.1.jar"), "");
    Checkout.refused(checkout.fit(), 5, "is Spark 3.5.1 with Scala 2.12", "Spark 4.0.1");
    Files.delete(core.resolve("spark-core_2.12-3.5.1.jar"));
    Path broken = Files.writeString(core.resolve("spark-core_2.13-4.0.0.jar"), "");
    Checkout.refused(checkout.fit(), 5, "is Spark 4.0.0 with Scala 2.13", "Spark 4.0.1");
    Files.delete(broken);
    for (String version : List.of("4.0.1", "4.1.1", "4.3.0")) {
      Path jar = Files.writeString(core.resolve("spark-core_2.13-" + version + ".jar"), "");
      assertThat(checkout.fit().exitCode()).as(version).isZero();
      Files.delete(jar);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--mastr local, --mastr: spark-submit has no such option",
        "--master=, spark-submit has no such option",
        "local[2], 'local[2]' stands behind --",
        "noise-variance=1, 'noise-variance=1' stands behind --",
        "--verbose -- --master local, -- stands twice",
        "--master, --master: its value is missing",
        "--master local --conf, --conf: its value is missing",
        "--conf spark.task.cpus, KEY=VALUE",
        "--master lokal, --master lokal: Spark knows local[*]",
        "--conf spark.master=spark, --master spark: Spark knows",
        "--deploy-mode clustre, --deploy-mode clustre: client or cluster",
        "--properties-file nowhere, --properties-file nowhere: no such file",
        "--driver-memory 2x, --driver-memory 2x is no size of memory",
        "--driver-memory -1, --driver-memory -1 is no size",
        "--driver-memory=1.5g, --driver-memory 1.5g is no size",
        "--driver-memory 2gb, --driver-memory 2gb is no size",
        "--driver-memory 0, --driver-memory 0 is no size",
        "--conf spark.driver.memory=lots, --driver-memory lots is no size",
        "--executor-memory 2x, --executor-memory 2x is no size",
        "--executor-memory 0g, --executor-memory 0g is no size",
        "--executor-cores 0, --executor-cores spark.executor.cores = 0: a whole number from 1 on",
        "--conf spark.task.cpus=two, spark.task.cpus = two: a whole number",
        "--num-executors -1, spark.executor.instances = -1",
      })
  void optionsThatSparkWouldNotTake(String options, String sentence) throws Exception {
    Checkout.refused(checkout.fit(("-- " + options).split(" ")), 2, sentence);
  }

  @Test
  void emptyOptions() throws Exception {
    Checkout.refused(checkout.fit("--", ""), 2, "'' stands behind --");
    Checkout.refused(checkout.fit("--", "--driver-memory", ""), 2, "is no size of memory");
  }

  @ParameterizedTest
  @CsvSource({
    "2, too little for Java",
    "2048, too little for Java",
    "10m, 10 MB",
    "64000k, 62 MB",
    "2t, this machine has",
    "99999999999999g, this machine has"
  })
  void memoryThatCannotBe(String memory, String sentence) throws Exception {
    Checkout.refused(checkout.fit("--", "--driver-memory", memory), 5, sentence);
  }

  @Test
  void placesForWhatIsTooLargeForMemory() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Checkout.refused(
        checkout.fit("--", "--conf", "spark.local.dir=" + file), 5, file + " cannot be written");
    String some = file + "," + directory.resolve("new");
    assertThat(checkout.fit("--", "--conf", "spark.local.dir=" + some).exitCode()).isZero();
    Checkout.refused(checkout.with("SPARK_LOCAL_DIRS", file + "/x").fit(), 5, "spark.local.dir");
  }

  @Test
  void aUserWithoutAName() throws Exception {
    Checkout.refused(checkout.tool("id", "exit 1").fit(), 5, "has no name", "/etc/passwd");
  }

  @Test
  void memoryThatCan() throws Exception {
    for (String memory : List.of("512m", "1G", "700000k", "01g", "1073741824")) {
      assertThat(checkout.fit("--", "--driver-memory", memory).exitCode()).isZero();
    }
    String warn = "spark.finitewidth.memoryCheck=warn";
    assertThat(checkout.fit("--", "--driver-memory", "2t", "--conf", warn).exitCode()).isZero();
  }

  @Test
  void whatSparkKnowsGoesThrough() throws Exception {
    checkout.java("17", "printf '%s\\n' \"$@\"");
    Submission fit =
        checkout.fit("a=b", "--", "-c", "a.b=c d", "--verbose", "--name=x", "--jars", "--strange");
    assertThat(fit.exitCode()).as(fit.err()).isZero();
    assertThat(fit.out().lines())
        .containsSequence("-c", "a.b=c d", "--verbose", "--name=x", "--jars", "--strange")
        .endsWith("fit", "--config", "x", "a=b");
  }

  @ParameterizedTest
  @CsvSource({
    "1, exit code 1",
    "127, exit code 127",
    "134, exit code 134",
    "137, killed (SIGKILL)"
  })
  void codesThatAreNotTheJobs(int code, String sentence) throws Exception {
    Checkout.refused(checkout.java("17", "exit " + code).fit(), 5, sentence);
  }

  @Test
  void aJobThatHasToBeBuilt() throws Exception {
    Files.delete(checkout.jar());
    Files.delete(checkout.home().resolve("target/classpath.txt"));
    checkout.tool("mvn", "echo boom; exit 1");
    Checkout.refused(checkout.java("20", "exit 0").fit(), 5, "takes a JDK 17 or 21", "is Java 20");
    checkout.java("17", "exit 0");
    Submission failed = checkout.fit();
    assertThat(failed.exitCode()).isEqualTo(5);
    assertThat(failed.err()).contains("boom", "the build failed; the whole log is ");
    Files.writeString(
        directory.resolve("jdk 17/release"),
        "JAVA_VERSION=\"17\"\nMODULES=\"java.base java.logging java.management java.naming"
            + " java.security.jgss java.sql java.xml jdk.incubator.vector jdk.management"
            + " jdk.security.auth jdk.unsupported\"\n");
    Checkout.refused(checkout.fit(), 5, "a Java without a compiler");
  }

  @Test
  void aPlaceThatCannotBeWritten() throws Exception {
    try (Stream<Path> files = Files.walk(checkout.home().resolve("target"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(checkout.home().resolve("target"), "");
    Checkout.refused(checkout.fit(), 5, "it has not been built", "target cannot be written");
  }

  /** Maven's repository was cleaned, or is another user's. */
  @Test
  void jarsThatAreGone() throws Exception {
    Files.delete(directory.resolve("brought.jar"));
    checkout.tool("mvn", "exit 0");
    Submission gone = checkout.fit();
    assertThat(gone.exitCode()).isEqualTo(5);
    assertThat(gone.err())
        .contains("brought.jar is not there, or may not be read: make what Maven");
    // A build brings them again.
    checkout.tool("mvn", "touch '" + directory.resolve("brought.jar") + "'");
    assertThat(checkout.fit().exitCode()).isZero();
  }

  @Test
  void aJarThatIsNotThere() throws Exception {
    checkout.with("FINITE_WIDTH_JAR", "/nowhere.jar");
    Checkout.refused(checkout.fit(), 5, "FINITE_WIDTH_JAR = /nowhere.jar: no such file");
    Checkout.refused(checkout.with("FINITE_WIDTH_JAR", "file:/no").fit(), 5, "file:/no: no such");
  }

  @Test
  void aColonInTheCheckoutsPath() throws Exception {
    Path home = Files.createDirectories(directory.resolve("a:b"));
    Checkout.copy(checkout.home(), Files.createDirectories(home).resolve("c"));
    Checkout.refused(checkout.run(home + "/c/submit.sh", "--version"), 5, "a:b/c has a colon");
  }
}
