package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.job.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run of {@link Main} in this process, without submit.sh.
 *
 * @param id of the run
 * @param out what it has said on stdout
 * @param err what it has said on stderr
 */
public record MainRun(int exitCode, String id, String out, String err) {
  /** Runs a verb on a configuration with overrides or options. */
  public static MainRun of(String verb, Path config, String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    List<String> arguments = new ArrayList<>(List.of(verb, "--config", config.toString()));
    arguments.addAll(List.of(more));
    int code = Main.run(console, arguments.toArray(String[]::new));
    return new MainRun(
        code,
        console.run().id(),
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }

  /** The same where Spark has this master, such as local[7]. */
  static MainRun on(String master, String verb, Path config, String... more) {
    LocalSpark spark = LocalSpark.set(Map.of("spark.master", master));
    try {
      return of(verb, config, more);
    } finally {
      spark.close();
    }
  }

  /** Says why it failed, if it did. */
  public MainRun succeeds() {
    assertThat(exitCode).as(err).isZero();
    return this;
  }
}
