package finitewidth.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
  private static final double SELDOM = 3600;

  @TempDir private Path temporary;
  private final List<String> said = new ArrayList<>();

  /** Numbers, one a piece. */
  private static final class Numbers implements Work {
    private final String input;
    private final TreeSet<Integer> restored = new TreeSet<>();
    private List<Integer> fresh = new ArrayList<>();

    Numbers(String input, int... done) {
      this.input = input;
      for (int number : done) {
        fresh.add(number);
      }
    }

    synchronized void add(int number) {
      fresh.add(number);
    }

    @Override
    public String name() {
      return "some numbers";
    }

    @Override
    public Fingerprint fingerprint() {
      return Fingerprint.of(input).done();
    }

    @Override
    public long largestPiece() {
      return Integer.BYTES;
    }

    @Override
    public void restore(ByteBuffer piece) {
      if (piece.remaining() != Integer.BYTES) {
        throw new IllegalArgumentException("not a number");
      }
      restored.add(piece.getInt());
    }

    @Override
    public String found() {
      return restored.size() + " numbers";
    }

    @Override
    public double restoredSeconds() {
      return restored.size();
    }

    @Override
    public double coreSeconds() {
      return 10;
    }

    @Override
    public void save(Pieces to) throws IOException {
      List<Integer> taken;
      synchronized (this) {
        taken = fresh;
        fresh = new ArrayList<>();
      }
      for (int number : taken) {
        to.put(
            ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .flip());
      }
    }
  }

  private static FileSystem local() throws IOException {
    return FileSystem.getLocal(new Configuration());
  }

  private CheckpointDirectory open(FileSystem fs, String owner, double rest) {
    return CheckpointDirectory.open(
        fs,
        new org.apache.hadoop.fs.Path(temporary.resolve("ck").toUri()),
        new CheckpointDirectory.Settings(
            "checkpoint.path = ck", owner, Fingerprint.of("1.0").done(), rest),
        said::add);
  }

  private void keep(String owner, Numbers work) throws IOException {
    try (CheckpointDirectory directory = open(local(), owner, SELDOM)) {
      directory.open(work).close();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temporary.resolve("ck"))) {
      return all.filter(file -> file.getFileName().toString().startsWith("pieces-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aRerunFindsWhatWasFinished() throws IOException {
    keep("out", new Numbers("x", 1, 2));
    keep("out", new Numbers("x", 3));
    Numbers again = new Numbers("x");
    try (CheckpointDirectory directory = open(local(), "out", SELDOM)) {
      directory.open(again).close();
      assertThat(directory.restored()).isEqualTo(0.3);
      assertThat(directory.warnings()).isEmpty();
    }
    assertThat(again.restored).containsExactly(1, 2, 3);
    assertThat(said).contains("checkpoint: found 3 numbers");
  }

  @Test
  void itIsRemovedWhenTheResultIsComplete() throws IOException {
    try (CheckpointDirectory directory = open(local(), "out", SELDOM)) {
      directory.open(new Numbers("x", 1)).close();
      assertThat(files()).hasSize(1);
      directory.remove();
    }
    assertThat(temporary.resolve("ck")).doesNotExist();
  }

  /** Of a job that was killed while it tried the directory; one that tries it now is let be. */
  @Test
  void aProbeThatWasLeftIsRemoved() throws IOException {
    Path old = temporary.resolve("ck/.writable.old");
    Path young = temporary.resolve("ck/.writable.young");
    Files.createDirectories(old.getParent());
    Files.writeString(young, "");
    Files.setLastModifiedTime(
        Files.writeString(old, ""), FileTime.from(Instant.now().minusSeconds(60)));
    open(local(), "out", SELDOM).close();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  /** That of other results is left, whatever its fingerprint. */
  @Test
  void anotherInputStartsAfresh() throws IOException {
    keep("out", new Numbers("x", 1, 2));
    keep("elsewhere", new Numbers("y", 7));
    Numbers changed = new Numbers("z", 3);
    try (CheckpointDirectory directory = open(local(), "out", SELDOM)) {
      directory.open(changed).close();
      assertThat(directory.warnings()).hasSize(1);
      assertThat(directory.warnings().get(0)).contains("some numbers", "another configuration");
      assertThat(directory.restored()).isZero();
    }
    assertThat(changed.restored).isEmpty();
    Numbers old = new Numbers("x");
    keep("third", old);
    assertThat(old.restored).isEmpty();
    Numbers other = new Numbers("y");
    keep("elsewhere", other);
    assertThat(other.restored).containsExactly(7);
  }

  /** The same work for another result: the path of the output decides nothing. */
  @Test
  void anotherOutputPathResumes() throws IOException {
    keep("out", new Numbers("x", 1, 2));
    Numbers again = new Numbers("x");
    keep("moved", again);
    assertThat(again.restored).containsExactly(1, 2);
  }

  @Test
  void corruptFilesAreToldAndTheOthersUsed() throws IOException {
    keep("out", new Numbers("x", 1, 2));
    Path broken = files().get(0);
    keep("out", new Numbers("x", 3));
    byte[] bytes = Files.readAllBytes(broken);
    bytes[bytes.length - 12] ^= 1;
    Files.write(broken, bytes);
    Files.deleteIfExists(broken.resolveSibling("." + broken.getFileName() + ".crc"));
    Files.writeString(broken.resolveSibling("pieces-ffffffff-00000"), "not pieces");
    Files.writeString(broken.resolveSibling(".pieces-ffffffff-00001.draft"), "half");
    Numbers again = new Numbers("x");
    try (CheckpointDirectory directory = open(local(), "out", SELDOM)) {
      directory.open(again).close();
      assertThat(directory.warnings()).hasSize(2);
      assertThat(String.join("\n", directory.warnings()))
          .contains("the checksum of piece 1 is wrong", "it is not a checkpoint file");
    }
    assertThat(again.restored).containsExactly(1, 3);
  }

  /** As on a disk whose own checksums fail. */
  @Test
  void filesThatCannotBeReadAreToldToo() throws IOException {
    keep("out", new Numbers("x", 1));
    byte[] bytes = Files.readAllBytes(files().get(0));
    bytes[3] ^= 1;
    Files.write(files().get(0), bytes);
    Numbers again = new Numbers("x");
    try (CheckpointDirectory directory = open(local(), "out", SELDOM)) {
      directory.open(again).close();
      assertThat(directory.warnings()).hasSize(1);
    }
    assertThat(again.restored).isEmpty();
  }

  @Test
  void finishedWorkIsKeptMeanwhile() throws Exception {
    try (CheckpointDirectory directory = open(local(), "out", 0.01)) {
      Numbers work = new Numbers("x");
      Checkpoint.Keeping keeping = directory.open(work);
      for (int number = 0; number < 2; number++) {
        work.add(number);
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (files().size() <= number && Instant.now().isBefore(end)) {
          Thread.sleep(5);
        }
        assertThat(files()).hasSize(number + 1);
      }
      keeping.close();
    }
    assertThat(files()).as("nothing new, no file").hasSize(2);
  }

  @Test
  void aPathThatCannotBeWrittenIsRefused() throws IOException {
    Files.writeString(temporary.resolve("ck"), "a file");
    assertThatThrownBy(() -> open(local(), "out", SELDOM))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("checkpoint.path = ck cannot be used: ");
  }

  /** A disk that fills up while the job runs: the job goes on, and says so once. */
  @Test
  void aFullDiskIsTold() throws IOException {
    Full full = new Full(local());
    try (CheckpointDirectory directory = open(full, "out", SELDOM)) {
      Checkpoint.Keeping first = directory.open(new Numbers("x", 1));
      first.close();
      Numbers work = new Numbers("x", 2);
      Checkpoint.Keeping second = directory.open(work);
      full.isFull = true;
      second.close();
      assertThat(directory.warnings()).hasSize(1);
      assertThat(directory.warnings().get(0))
          .contains("cannot be written (No space left on device)", "the job goes on");
      full.isFull = false;
      Numbers again = new Numbers("x");
      directory.open(again).close();
      assertThat(again.restored).containsExactly(1);
    }
  }

  /** Hadoop's own way of saying so is an Error; wherever it comes, it is told once. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatIsFullFromTheStartIsToldOnce() throws IOException {
    Full full = new Full(local());
    full.isFull = true;
    for (boolean error : new boolean[] {false, true}) {
      full.throwsErrors = error;
      said.clear();
      try (CheckpointDirectory directory = open(full, "out", SELDOM)) {
        directory.open(new Numbers("x", 1)).close();
        directory.open(new Numbers("y", 2)).close();
        assertThat(directory.warnings()).hasSize(1);
        assertThat(directory.warnings().get(0)).contains("(No space left on device)");
        assertThat(said.stream().filter(line -> line.contains("No space"))).hasSize(1);
        directory.remove();
      }
    }
    assertThat(temporary).isEmptyDirectory();
  }

  /** Where the bytes do not fit, or the disk has become read-only, the work is not stopped. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void errorsOfTheDiskAreTold() throws IOException {
    Full full = new Full(local());
    full.throwsErrors = true;
    try (CheckpointDirectory directory = open(full, "out", 0.01)) {
      full.isFull = true;
      Checkpoint.Keeping first = directory.open(new Numbers("x", 1));
      first.close();
      full.isFull = false;
      assertThat(directory.warnings()).hasSize(1);
    }
    assertThat(files()).isEmpty();
    assertThat(said.stream().filter(line -> line.contains("cannot be written"))).hasSize(1);
  }

  @Test
  void aDirectoryThatSomebodyElseUsesKeepsTheirs() throws IOException {
    Path theirs = Files.createDirectories(temporary.resolve("ck/some-numbers"));
    Files.writeString(theirs.resolve("owner"), "out");
    Path precious = Files.createDirectory(temporary.resolve("precious"));
    Files.writeString(precious.resolve("owner"), "out");
    Files.createSymbolicLink(temporary.resolve("ck/some-numbers-" + "0".repeat(32)), precious);
    keep("out", new Numbers("x", 1));
    Path kept = files().get(0).getParent();
    Files.writeString(kept.resolve("notes.txt"), "precious");
    Files.createDirectory(kept.resolve("pieces-01234567-00000"));
    try (CheckpointDirectory directory = open(local(), "out", SELDOM)) {
      directory.open(new Numbers("y", 2)).close();
      directory.remove();
    }
    assertThat(theirs.resolve("owner")).hasContent("out");
    assertThat(precious.resolve("owner")).hasContent("out");
    try (Stream<Path> left = Files.list(kept)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("notes.txt", "pieces-01234567-00000");
    }
    try (Stream<Path> left = Files.list(temporary.resolve("ck"))) {
      assertThat(left).hasSize(3);
    }
  }

  private static final class Full extends FilterFileSystem {
    private static final org.apache.hadoop.fs.Path FULL_DISK =
        new org.apache.hadoop.fs.Path("file:///dev/full");

    private boolean isFull;
    private boolean throwsErrors;

    Full(FileSystem fs) {
      super(fs);
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (isFull && throwsErrors) {
        // Linux has a device that is a full disk.
        return ((LocalFileSystem) fs).getRaw().create(FULL_DISK, true);
      }
      if (isFull) {
        throw new IOException("No space left on device");
      }
      return super.create(
          path, permission, overwrite, bufferSize, replication, blockSize, progress);
    }
  }
}
