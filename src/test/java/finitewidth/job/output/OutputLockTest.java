package finitewidth.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
  private static final OutputLock.Patience SHORT = new OutputLock.Patience(20, 400);

  @TempDir private Path directory;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
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
    return OutputLock.take(fs, target, SHORT, said::add);
  }

  /** As another machine would have left it. */
  private static LockHolder elsewhere(LockHolder holder, long beats) {
    return new LockHolder(
        "an id",
        "elsewhere",
        "elsewhere boot namespace",
        holder.process(),
        holder.started(),
        holder.since(),
        "app-1",
        beats);
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
    assertThat(said).isEmpty();
  }

  @Test
  void theLockOfADeadProcessIsTakenAtOnce() throws Exception {
    Process process = new ProcessBuilder("sleep", "100").start();
    LockHolder self = LockHolder.self();
    LockHolder other =
        new LockHolder(
            "an id",
            self.host(),
            self.machine(),
            process.pid(),
            process.info().startInstant().orElseThrow().toString(),
            self.since(),
            "",
            3);
    Files.write(file, other.text());
    assertThatThrownBy(() -> take(local)).isInstanceOf(OutputLock.Busy.class);
    process.destroyForcibly().waitFor();
    try (OutputLock lock = take(local)) {
      lock.requireHeld();
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** A number that another process has now is nobody's sign of life. */
  @Test
  void aProcessIsItsStartToo() throws IOException {
    LockHolder self = LockHolder.self();
    Files.write(
        file,
        new LockHolder("an id", self.host(), self.machine(), self.process(), "before", "", "", 0)
            .text());
    take(local).close();
  }

  @Test
  void aLockFromElsewhereThatIsStillIsTakenAfterAWhile() throws IOException {
    Files.write(file, elsewhere(LockHolder.self(), 5).text());
    long start = System.nanoTime();
    try (OutputLock lock = take(local)) {
      lock.requireHeld();
      assertThat((System.nanoTime() - start) * 1e-6).isGreaterThan(SHORT.dead());
      assertThat(said).hasSize(1);
      assertThat(said.get(0)).contains("application app-1", "elsewhere", "watching");
    }
  }

  @Test
  void aLockFromElsewhereThatLivesIsRespected() throws Exception {
    Files.write(file, elsewhere(LockHolder.self(), 5).text());
    Thread life =
        new Thread(
            () -> {
              try {
                Thread.sleep(SHORT.dead() / 4);
                Files.write(file, elsewhere(LockHolder.self(), 6).text());
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    life.start();
    assertThatThrownBy(() -> take(local))
        .isInstanceOf(OutputLock.Busy.class)
        .hasMessageContaining("elsewhere");
    life.join();
  }

  /** Whatever else bears that name is somebody's. */
  @Test
  void whatIsNoLockIsLeft() throws IOException {
    for (String text : List.of("", "machine\n\0=x=", "id=7\n", "precious")) {
      Files.writeString(file, text);
      assertRefused("holds something else");
      assertThat(file).hasContent(text);
    }
    Path precious = Files.write(directory.resolve("precious"), LockHolder.self().text());
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
    assertThat(said).isEmpty();
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
  void anEmptyFileOfAStoreIsTakenAfterAWhile() throws IOException {
    Files.createFile(file);
    take(new FilterFileSystem(((LocalFileSystem) local).getRaw())).close();
    assertThat(said).hasSize(1);
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
    Files.write(file, elsewhere(LockHolder.self(), 1).text());
    assertThatThrownBy(lock::requireHeld).isInstanceOf(OutputLock.Busy.class);
    lock.close();
    assertThat(file).as("it is the other's now").exists();
  }

  @Test
  void itShowsThatItLives() throws Exception {
    try (OutputLock lock = take(local)) {
      long first = LockHolder.read(Files.readAllBytes(file)).beats();
      long now = first;
      for (int wait = 0; wait < 1000 && now < first + 2; wait++) {
        Thread.sleep(10);
        now = LockHolder.read(Files.readAllBytes(file)).beats();
      }
      assertThat(now).isGreaterThanOrEqualTo(first + 2);
      lock.requireHeld();
    }
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
      Thread.sleep(5 * SHORT.beat());
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
