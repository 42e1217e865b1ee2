package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to submit.sh in each phase of a submission, and what becomes of the class archive. */
class SubmitStopsTest {
  private static final String LASTING = "sleep 60 & echo $! >>pids; touch begun; wait";

  @TempDir private Path directory;
  private Checkout checkout;

  @BeforeEach
  void checkout() throws IOException {
    checkout = new Checkout(directory.resolve("checkout"), directory);
  }

  /** Sends a signal as soon as a file is there. */
  private Submission signalled(String signal, String file) throws Exception {
    Process process = checkout.start(checkout.home() + "/submit.sh", "fit", "--config", "x");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(directory.resolve(file)) && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    long sent = System.nanoTime();
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    Submission ended = checkout.end(process);
    assertThat(System.nanoTime() - sent).isLessThan(TimeUnit.SECONDS.toNanos(20));
    return ended;
  }

  private static void stopped(Submission submission) {
    assertThat(submission.exitCode()).as(submission.err()).isEqualTo(5);
    assertThat(submission.err()).endsWith("finite-width: stopped before it was done\n");
    assertThat(submission.out()).isEmpty();
  }

  private void nothingRuns() throws Exception {
    for (String pid : Files.readAllLines(directory.resolve("pids"))) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (runs(pid) && System.nanoTime() < end) {
        Thread.sleep(10);
      }
      assertThat(runs(pid)).as(pid).isFalse();
    }
  }

  private static boolean runs(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void whileTheJobIsBuilt(String signal) throws Exception {
    Files.delete(checkout.jar());
    // What was half-written is not taken for a job.
    String files = checkout.jar() + "' '" + directory + "/begun";
    checkout.tool(
        "mvn",
        "(sleep 60 & echo $! >>'" + directory + "/pids'; touch '" + files + "'; wait) & wait");
    stopped(signalled(signal, "begun"));
    nothingRuns();
    checkout.tool("mvn", "echo built >>'" + directory + "/builds'");
    assertThat(checkout.fit().exitCode()).isZero();
    assertThat(checkout.fit().exitCode()).isZero();
    assertThat(directory.resolve("builds")).content().hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void beforeTheJobCanHearIt(String signal) throws Exception {
    checkout.java("17", "echo $$ >pids; touch begun; exec sleep 60");
    stopped(signalled(signal, "begun"));
    nothingRuns();
  }

  @Test
  void beforeADistributionHasStartedTheJob() throws Exception {
    checkout.with("SPARK_HOME", directory.resolve("spark"));
    Checkout.script(
        directory.resolve("spark/bin/spark-submit"), "echo $$ >pids; touch begun; exec sleep 60");
    stopped(signalled("TERM", "begun"));
    nothingRuns();
  }

  /** The job has its own sentence. */
  @Test
  void whileTheJobRuns() throws Exception {
    checkout.java("17", "trap 'echo said >&2; exit 5' TERM; " + LASTING);
    Submission stopped = signalled("INT", "begun");
    assertThat(stopped.exitCode()).isEqualTo(5);
    assertThat(stopped.err()).isEqualTo("said\n");
  }

  @Test
  void whileAnotherSubmissionBuilds() throws Exception {
    Files.delete(checkout.jar());
    checkout.tool("mvn", "touch '" + directory + "/begun'; sleep 60");
    Process other = checkout.start(checkout.home() + "/submit.sh", "fit", "--config", "x");
    assertThat(signalled("TERM", "begun").exitCode()).isEqualTo(5);
    other.destroy();
    assertThat(checkout.end(other).exitCode()).isEqualTo(5);
  }

  /** Its JVM hears nothing while it writes, and the job is done. */
  @Test
  void whileTheArchiveIsWritten() throws Exception {
    checkout
        .without("FINITE_WIDTH_ARCHIVE")
        .java(
            "17",
            archive(
                "trap '' TERM; touch $a.begun " + "$a.temp begun; echo $$ >pids; exec sleep 60"));
    Submission done = signalled("TERM", "begun");
    assertThat(done.exitCode()).isZero();
    assertThat(done.err()).isEmpty();
    nothingRuns();
    assertThat(archives()).isEmpty();
  }

  /** Commands of a fake java that know the archive's name as $a. */
  private static String archive(String commands) {
    return "for o; do case $o in -Dfinitewidth.archive=*) a=${o#*=} ;; esac; done; " + commands;
  }

  private String archives() throws IOException {
    try (Stream<Path> files = Files.list(checkout.home().resolve("target"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("start-up"))
          .sorted()
          .toList()
          .toString()
          .replaceAll("[\\[\\]]", "");
    }
  }

  @Test
  void onlyAJobThatIsDoneLeavesAnArchive() throws Exception {
    checkout.without("FINITE_WIDTH_ARCHIVE");
    checkout.java("17", archive("touch $a.temp; echo x >$a; exit 3"));
    assertThat(checkout.fit().exitCode()).isEqualTo(3);
    assertThat(archives()).isEmpty();
    // Of a submission that was killed.
    Files.writeString(checkout.home().resolve("target/start-up.jsa.999999999.temp"), "");
    checkout.java("17", archive("touch $a.begun; echo x >$a; echo wrote $a"));
    assertThat(checkout.fit().out()).startsWith("wrote ");
    assertThat(archives()).isEqualTo("start-up.jsa, start-up.jsa.key");
    checkout.java("17", "echo \"$@\"");
    assertThat(checkout.fit().out())
        .contains("-XX:SharedArchiveFile=" + checkout.home() + "/target/start-up.jsa ");
    // Another Java makes another.
    checkout.java("17.0.1", archive("echo wrote $a"));
    assertThat(checkout.fit().out()).startsWith("wrote ");
    assertThat(checkout.fit().out()).isEqualTo("wrote\n");
    assertThat(archives()).isEqualTo("start-up.jsa, start-up.jsa.key");
  }
}
