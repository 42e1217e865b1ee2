package finitewidth.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullHeapTest {
  @TempDir private Path directory;

  /** A process that fills its heap in a thread that nobody waits for, as Spark's tasks do. */
  static final class Filler {
    private Filler() {}

    public static void main(String[] args) throws InterruptedException {
      new FullHeap().watch();
      Thread filler =
          new Thread(
              () -> {
                List<long[]> all = new ArrayList<>();
                while (all.size() < Integer.MAX_VALUE) {
                  all.add(new long[1 << 10]);
                }
              });
      filler.setUncaughtExceptionHandler((thread, thrown) -> {});
      filler.start();
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }
  }

  @Test
  void aFullHeapEndsTheJobWithASentence() throws Exception {
    Path err = directory.resolve("err");
    String options =
        Files.readString(Path.of("submit.sh"))
            .lines()
            .filter(line -> line.startsWith("full='-XX:OnOutOfMemoryError="))
            .map(line -> line.substring("full='".length(), line.length() - 1))
            .findFirst()
            .orElseThrow();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                options,
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName())
            .redirectError(err.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(5);
    // Less than asked for, by what a collector keeps to itself.
    assertThat(Files.readString(err).strip())
        .matches(
            "finite-width: 4\\d MB of memory are not enough: give more with -- --driver-memory"
                + " 1g, say");
  }
}
