package finitewidth.job.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.job.console.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {
  private static final long BEAT = 20;

  @TempDir private Path directory;
  private FileSystem local;
  private Path file;

  @BeforeEach
  void find() throws IOException {
    local = FileSystem.getLocal(new Configuration());
    file = directory.resolve(".out.lock");
  }

  private OutputLock take(FileSystem fs) throws IOException {
    org.apache.hadoop.fs.Path target =
        new org.apache.hadoop.fs.Path(directory.resolve("out").toUri());
    return OutputLock.take(fs, target, RunId.fresh(), BEAT);
  }

  /** Another run's, on this machine. */
  private static LockHolder other(long process, long since) {
    LockHolder self = LockHolder.self(RunId.fresh());
    return new LockHolder("", self.run(), process, self.machine(), since);
  }

  /** As another machine would have left it. */
  private static LockHolder elsewhere() {
    return new LockHolder("app-1", "01234567", 1, "elsewhere/namespace", 1_700_000_000);
  }

  private void age(long milliseconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - milliseconds));
  }

  @Test
  void theSecondIsRefusedAtOnceAndNamesTheFirst() throws IOException {
    try (OutputLock lock = take(local)) {
      lock.heldBy("app-20261125-0001");
      assertThatThrownBy(() -> take(local))
          .isInstanceOf(OutputLock.Busy.class)
          .hasMessageContaining("application app-20261125-0001")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("choose another path");
      lock.requireHeld();
    }
    assertThat(directory).isEmptyDirectory();
    take(local).close();
  }

  @Test
  void theLockOfADeadProcessIsTakenAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "100").start();
    Files.write(file, other(process.pid(), Instant.now().getEpochSecond()).text());
    assertThatThrownBy(() -> take(local)).isInstanceOf(OutputLock.Busy.class);
    age(10 * OutputLock.STALE);
    assertThatThrownBy(() -> take(local))
        .as("it lives, whatever its storage says")
        .isInstanceOf(OutputLock.Busy.class);
    process.destroyForcibly().waitFor();
    try (OutputLock lock = take(local)) {
      lock.requireHeld();
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** A number that another process has now is nobody's sign of life. */
  /** In a container nobody may ever ask how a process ended; its number stays. */
  @Test
  void aProcessThatNobodyAsksAfterHasEnded() throws Exception {
    Process parent = new ProcessBuilder("bash", "-c", "sleep 0.5 & echo $!; exec sleep 60").start();
    try (BufferedReader said = parent.inputReader()) {
      long ended = Long.parseLong(said.readLine());
      while (!Files.readString(Path.of("/proc/" + ended + "/stat")).contains(") Z ")) {
        Thread.sleep(10);
      }
      assertThat(ProcessHandle.of(ended)).isPresent();
      Files.write(file, other(ended, Instant.now().getEpochSecond()).text());
      take(local).close();
      assertThat(file).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aProcessIsItsStartToo() throws IOException {
    Files.write(file, other(ProcessHandle.current().pid(), 1_700_000_000).text());
    take(local).close();
  }

  @Test
  void aLockFromElsewhereIsRespectedWhileItIsFresh() throws IOException {
    Files.write(file, elsewhere().text());
    for (long age : new long[] {-600_000, 0, OutputLock.STALE / 2}) {
      age(age);
      assertThatThrownBy(() -> take(local))
          .isInstanceOf(OutputLock.Busy.class)
          .hasMessageContaining("application app-1")
          .hasMessageContaining("elsewhere");
    }
    age(OutputLock.STALE + 1000);
    try (OutputLock lock = take(local)) {
      lock.requireHeld();
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** Whatever else bears that name is somebody's. */
  @Test
  void whatIsNoLockIsLeft() throws IOException {
    for (String text :
        List.of(
            "",
            "machine\n\0=x=",
            "id=7\n",
            "precious",
            "finite-width: my notes\n",
            new String(elsewhere().text(), UTF_8) + "my notes\n")) {
      Files.writeString(file, text);
      age(10 * OutputLock.STALE);
      assertRefused("holds something else");
      assertThat(file).hasContent(text);
    }
    Path precious = Files.write(directory.resolve("precious"), elsewhere().text());
    Files.delete(file);
    Files.createSymbolicLink(file, precious);
    assertRefused("is a symbolic link");
    Files.delete(file);
    Files.createSymbolicLink(file, directory.resolve("nowhere"));
    assertRefused("is a symbolic link");
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused("is a directory");
    assertThat(precious).isRegularFile();
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> take(local))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(OutputLock.Busy.class)
        .hasMessage(
            "file:"
                + file
                + " "
                + why
                + ", not the lock of a job; move it away, or choose another path");
  }

  /** A client of a store that died while it wrote its lock leaves an empty one. */
  @Test
  void anEmptyFileOfAStoreIsTakenOnceItIsStale() throws IOException {
    FileSystem store = new FilterFileSystem(((LocalFileSystem) local).getRaw());
    Files.createFile(file);
    assertThatThrownBy(() -> take(store)).isInstanceOf(OutputLock.Busy.class);
    age(OutputLock.STALE + 1000);
    take(store).close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aLockThatWasRemovedOrReplacedIsNoticed() throws Exception {
    OutputLock removed = take(local);
    Files.delete(file);
    assertThatThrownBy(removed::requireHeld)
        .isInstanceOf(OutputLock.Busy.class)
        .hasMessageContaining("somebody has removed its lock");
    removed.close();
    OutputLock replaced = take(local);
    Files.writeString(file, "precious");
    replaced.close();
    assertThat(file).hasContent("precious");
  }

  @Test
  void aLockThatAnotherHasTakenIsNoticed() throws Exception {
    OutputLock lock = take(local);
    Files.write(file, elsewhere().text());
    assertThatThrownBy(lock::requireHeld).isInstanceOf(OutputLock.Busy.class);
    lock.close();
    assertThat(file).as("it is the other's now").exists();
  }

  @Test
  void itShowsThatItLives() throws Exception {
    for (FileSystem fs : List.of(local, new FilterFileSystem(((LocalFileSystem) local).getRaw()))) {
      try (OutputLock lock = take(fs)) {
        age(OutputLock.STALE);
        long old = System.currentTimeMillis() - OutputLock.STALE / 2;
        for (int wait = 0; wait < 1000 && written() < old; wait++) {
          Thread.sleep(10);
        }
        assertThat(written()).isGreaterThan(old);
        lock.requireHeld();
      }
    }
  }

  private long written() throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  /**
   * Also through the interface that other stores have, where looking and creating are two steps.
   */
  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    for (FileSystem fs : List.of(local, new FilterFileSystem(((LocalFileSystem) local).getRaw()))) {
      int many = 8;
      ExecutorService pool = Executors.newFixedThreadPool(many);
      CyclicBarrier together = new CyclicBarrier(many);
      List<Future<OutputLock>> taken = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        taken.add(
            pool.submit(
                () -> {
                  together.await();
                  return take(fs);
                }));
      }
      List<OutputLock> held = new ArrayList<>();
      for (Future<OutputLock> one : taken) {
        try {
          held.add(one.get());
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(OutputLock.Busy.class);
        }
      }
      pool.shutdown();
      Thread.sleep(5 * BEAT);
      int still = 0;
      for (OutputLock lock : held) {
        try {
          lock.requireHeld();
          still++;
        } catch (OutputLock.Busy e) {
          assertThat(fs).as("exclusive creation").isNotSameAs(local);
        }
      }
      assertThat(still).isEqualTo(1);
      for (OutputLock lock : held) {
        lock.close();
      }
      assertThat(file).doesNotExist();
    }
  }
}
