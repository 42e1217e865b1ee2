package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import finitewidth.runtime.checkpoint.CheckpointDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints with damage of all kinds: pieces are restored as they were or not at all, and nothing
 * takes more memory than its file justifies.
 */
@Tag("slow")
class FuzzCheckpointTest {
  private static final int CASES = 500;
  private static final long SEED = 20260109;
  private static final int PIECES = 20;
  private static final int PIECE_BYTES = 1000;

  /** Beside what the intact checkpoint takes. */
  private static final long MOST_BYTES = 4L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path directory;

  /** Pieces of known content. */
  private static final class Known implements Work {
    private final Map<Integer, ByteBuffer> restored = new TreeMap<>();
    private boolean saved;

    static ByteBuffer piece(int number) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      for (int i = 0; i < PIECE_BYTES; i++) {
        piece.put((byte) (number + i * i));
      }
      return piece.flip().putInt(0, number);
    }

    @Override
    public String name() {
      return "known pieces";
    }

    @Override
    public Fingerprint fingerprint() {
      return Fingerprint.of("known").done();
    }

    @Override
    public long largestPiece() {
      return PIECE_BYTES;
    }

    @Override
    public void restore(ByteBuffer piece) {
      ByteBuffer copy = ByteBuffer.allocate(piece.remaining()).put(piece).flip();
      int number = copy.getInt(0);
      assertThat(copy).as("piece " + number).isEqualTo(piece(number));
      restored.put(number, copy);
    }

    @Override
    public String found() {
      return restored.size() + " of " + PIECES + " known pieces";
    }

    @Override
    public double restoredSeconds() {
      return restored.size();
    }

    @Override
    public double coreSeconds() {
      return PIECES;
    }

    @Override
    public void save(Pieces to) throws IOException {
      for (int number = 0; number < PIECES && !saved; number++) {
        to.put(piece(number));
      }
      saved = true;
    }
  }

  @Test
  void damagedFiles() throws Exception {
    Path intact = Files.createDirectory(directory.resolve("intact"));
    assertThat(open(intact)).as("nothing is there").isZero();
    FuzzTarget target =
        new FuzzTarget("checkpoint", intact, from -> assertThat(open(from)).isBetween(0, PIECES));
    assertThat(open(copy(target, "again"))).isEqualTo(PIECES);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    target.read().from(copy(target, "measured"));
    long most = THREADS.getCurrentThreadAllocatedBytes() - before + MOST_BYTES;
    Mutator mutator = new Mutator(SEED);
    int whole = 0;
    for (int i = 0; i < CASES; i++) {
      Path damaged = copy(target, "case");
      Path file = mutator.oneOf(FuzzTarget.files(damaged));
      Files.write(file, mutator.bytes(Files.readAllBytes(file)));
      before = THREADS.getCurrentThreadAllocatedBytes();
      whole += open(damaged) == PIECES ? 1 : 0;
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("case " + i + ", " + file)
          .isLessThan(most);
      delete(damaged);
    }
    assertThat(whole).as("some damage is beside the pieces").isBetween(1, CASES * 2 / 3);
  }

  private Path copy(FuzzTarget target, String name) throws IOException {
    Path copy = Files.createDirectory(directory.resolve(name));
    target.copyTo(copy);
    return copy;
  }

  /** How many pieces are restored; afterwards all are kept. */
  private static int open(Path path) throws IOException {
    List<String> said = new ArrayList<>();
    Known work = new Known();
    try (CheckpointDirectory checkpoint =
            CheckpointDirectory.open(
                FileSystem.getLocal(new Configuration()),
                new org.apache.hadoop.fs.Path(path.toUri()),
                new CheckpointDirectory.Settings(
                    "checkpoint.path", "owner", Fingerprint.of("test").done(), 0),
                said::add);
        Checkpoint.Keeping keeping = checkpoint.open(work)) {
      assertThat(said).allMatch(line -> !line.contains("\n") && !line.contains("Exception"));
      return work.restored.size();
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
