package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.data.DataException;
import finitewidth.job.config.ConfigException;
import finitewidth.job.console.Console;
import finitewidth.linalg.NotPositiveDefiniteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class MainTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(new PrintStream(err, true, StandardCharsets.UTF_8), System.out);

  @Test
  void usageMistakesAreOneSentence() {
    assertThat(Main.run(console)).isEqualTo(2);
    assertThat(Main.run(console, "fit")).isEqualTo(2);
    assertThat(Main.run(console, "dance", "--config", "x")).isEqualTo(2);
    assertThat(Main.run(console, "fit", "--confg", "x")).isEqualTo(2);
    assertThat(Main.run(console, "predict", "--config", "x")).isEqualTo(2);
    assertThat(Main.run(console, "fit", "--config", "no-such.conf")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(6)
        .allMatch(line -> line.startsWith("finite-width: "));
  }

  @Test
  void exitCodesFollowTheCause() {
    assertThat(failed(new ConfigException("c"))).isEqualTo(2);
    assertThat(failed(new DataException("d"))).isEqualTo(3);
    assertThat(failed(new NotPositiveDefiniteException(0, "n"))).isEqualTo(4);
    assertThat(failed(new IOException("i"))).isEqualTo(5);
    assertThat(failed(new SparkException("task", new DataException("row 3")))).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("finite-width: [" + console.run() + "] row 3")
        .doesNotContain("\tat ");
  }

  @Test
  void anExecutorThatRanOutOfMemoryIsExplained() {
    for (String reason :
        new String[] {
          "Reason: Command exited with code 52",
          "exited with exit code 52",
          "java.lang.OutOfMemoryError: Java heap space",
          "Container killed by YARN for exceeding physical memory limits. 4.1 GB of 4 GB used"
        }) {
      assertThat(failed(new SparkException("Job aborted: ExecutorLostFailure " + reason)))
          .isEqualTo(5);
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .allMatch(line -> line.contains("--executor-memory"));
  }

  @Test
  void anApplicationThatSparkHasGivenUpIsExplained() {
    for (String reason :
        List.of(
            "Cannot call methods on a stopped SparkContext.\nThis stopped SparkContext was created",
            "Job 3 cancelled because SparkContext was shut down",
            "Job aborted due to stage failure: Master removed our application: FAILED")) {
      assertThat(failed(new IllegalStateException(reason))).isEqualTo(5);
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(line -> line.contains("no master answers or no executor starts"));
  }

  @Test
  void whatNobodyForesawIsTraced() {
    assertThat(failed(new IllegalStateException("oops"))).isEqualTo(5);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("oops").contains("\tat ");
  }

  private int failed(Throwable thrown) {
    return Main.failed(console, thrown);
  }
}
