package finitewidth.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.job.console.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopSignalTest {
  @TempDir private Path directory;

  /** A job that would last. */
  static final class Lasting {
    private Lasting() {}

    public static void main(String[] args) throws Exception {
      new StopSignal(Console.standard()).watch();
      Files.writeString(Path.of(args[0]), Long.toString(ProcessHandle.current().pid()));
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }
  }

  /** SIGKILL is what submit.sh cannot pass on. */
  @Test
  void aJobEndsWithWhatStartedIt() throws Exception {
    Path began = directory.resolve("began");
    Path err = directory.resolve("err");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "FINITE_WIDTH_SUBMIT=$$ \"$@\" & wait",
                "sh",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Lasting.class.getName(),
                began.toString())
            .redirectErrorStream(true)
            .redirectOutput(err.toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!(Files.exists(began) && Files.size(began) > 0) && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    long pid = Long.parseLong(Files.readString(began));
    shell.destroyForcibly().waitFor();
    while (isAlive(pid) && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(isAlive(pid)).isFalse();
    assertThat(Files.readString(err)).contains("stopped before it was done");
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
