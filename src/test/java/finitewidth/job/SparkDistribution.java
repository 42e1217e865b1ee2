package finitewidth.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory like that of a Spark distribution, of the jars that Maven brought: bin/spark-submit
 * starts what Spark's own launcher says, as the real one does.
 */
record SparkDistribution(Path home) {

  static SparkDistribution in(Path home) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String jar : Files.readString(Path.of("target/classpath.txt")).strip().split(":")) {
      link(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
    Files.createDirectories(home.resolve("conf"));
    Path script = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        script,
        String.join(
            "\n",
            "#!/usr/bin/env bash",
            "java=${JAVA_HOME:+$JAVA_HOME/bin/}java",
            "command=()",
            "while IFS= read -d '' -r word; do command+=(\"$word\"); done < <(",
            "  \"$java\" -Xmx128m -cp \"$SPARK_HOME/jars/*\" org.apache.spark.launcher.Main \\",
            "    org.apache.spark.deploy.SparkSubmit \"$@\")",
            "# The command begins behind a NUL and a line's end.",
            "exec \"${command[1]#$'\\n'}\" \"${command[@]:2}\"",
            ""));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
    return new SparkDistribution(home);
  }

  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createSymbolicLink(from, to);
    } catch (FileAlreadyExistsException e) {
      // Two jars of one name would be two versions; the class path has the first.
      return;
    }
  }

  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        home.toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "SPARK_LOCAL_IP",
        "127.0.0.1");
  }
}
