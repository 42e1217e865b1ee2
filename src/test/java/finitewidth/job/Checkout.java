package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A checkout with submit.sh and what belongs to it, in which the job, Java, Maven and Spark are
 * scripts of a test, and an environment in which there are no others.
 */
final class Checkout {
  private static final long PATIENCE_SECONDS = 60;

  private final Path home;
  private final Path scratch;
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * @param home of the checkout
   * @param scratch a directory for all else
   */
  Checkout(Path home, Path scratch) throws IOException {
    this.home = home;
    this.scratch = scratch;
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectories(home.resolve("target"));
    for (String part : List.of("submit.sh", "src/main/sh", "conf")) {
      copy(Path.of(part), home.resolve(part));
    }
    Files.writeString(home.resolve("pom.xml"), "");
    Path jar = Files.writeString(scratch.resolve("brought.jar"), "");
    Files.writeString(home.resolve("target/classpath.txt"), jar + "\n");
    Files.writeString(jar(), "");
    Files.createDirectories(scratch.resolve("tools"));
    environment.put("PATH", scratch.resolve("tools") + ":" + System.getenv("PATH"));
    environment.put("FINITE_WIDTH_ARCHIVE", "no");
    java("17.0.15", "exit 0");
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  Path home() {
    return home;
  }

  Path jar() {
    return home.resolve("target/finite-width-0-job.jar");
  }

  Checkout with(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  Checkout without(String name) {
    environment.remove(name);
    return this;
  }

  /** A command on the path. */
  Checkout tool(String name, String... lines) throws IOException {
    script(scratch.resolve("tools").resolve(name), lines);
    return this;
  }

  static Path script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** A JAVA_HOME that says its version in the file beside its bin. */
  Checkout java(String version, String... lines) throws IOException {
    Path jdk = scratch.resolve("jdk " + version);
    script(jdk.resolve("bin/java"), lines);
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return with("JAVA_HOME", jdk);
  }

  /** Submits a fit of a configuration that nobody reads. */
  Submission fit(String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home + "/submit.sh", "fit", "--config", "x"));
    command.addAll(List.of(more));
    return run(command.toArray(String[]::new));
  }

  Submission run(String... command) throws IOException, InterruptedException {
    return end(start(command));
  }

  /**
   * Starts a command in the scratch directory, with the environment of this checkout alone. It
   * hears signals, which tests that run in the background have inherited as ignored: no shell could
   * trap them.
   */
  Process start(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT,HUP,TERM"));
    all.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(scratch.toFile())
            .redirectOutput(scratch.resolve("out").toFile())
            .redirectError(scratch.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** How a command ended, in time. */
  Submission end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("no end in sight: " + Files.readString(scratch.resolve("err")));
    }
    return new Submission(
        process.exitValue(),
        Files.readString(scratch.resolve("out")),
        Files.readString(scratch.resolve("err")));
  }

  /** One sentence, an exit code, and no job. */
  static void refused(Submission submission, int code, String... parts) {
    assertThat(submission.exitCode()).as(submission.err()).isEqualTo(code);
    assertThat(submission.err().lines().toList())
        .singleElement()
        .asString()
        .startsWith("finite-width: ")
        .contains(parts);
    assertThat(submission.out()).isEmpty();
  }
}
