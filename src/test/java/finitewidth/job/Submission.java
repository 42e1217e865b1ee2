package finitewidth.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs submit.sh as a user does. */
record Submission(int exitCode, String out, String err) {
  private static final long PATIENCE_SECONDS = 300;

  /** Runs a verb on a configuration with overrides, from the project's directory. */
  static Submission of(Path scratch, String verb, Path config, String... overrides)
      throws IOException, InterruptedException {
    return of(Map.of(), scratch, verb, config, overrides);
  }

  /** The same with variables of the environment. */
  static Submission of(
      Map<String, String> environment, Path scratch, String verb, Path config, String... overrides)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./submit.sh", verb, "--config"));
    command.add(config.toString());
    command.addAll(List.of(overrides));
    Path out = Files.createTempFile(scratch, "stdout", "");
    Path err = Files.createTempFile(scratch, "stderr", "");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("no end in sight: " + command);
    }
    try {
      return new Submission(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
