package finitewidth.inference.networks;

import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import finitewidth.inference.work.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A checkpoint in memory, and runtimes that keep there and are killed after some rounds. */
final class PiecesInMemory implements Checkpoint {
  /** Where a stretch of a chain has the seconds that were spent before its round. */
  private static final int SPENT = 3 * Integer.BYTES;

  private final List<byte[]> pieces = new ArrayList<>();
  private final LocalRuntime threads = LocalRuntime.threads(1);
  private int computed;
  private int pilots;
  private double restoredShare;

  int pieces() {
    return pieces.size();
  }

  /** Stretches that the last runtime has computed. */
  int computed() {
    return computed;
  }

  /** Networks of which the last runtime has sent pilots ahead. */
  int pilots() {
    return pilots;
  }

  /** Which part of what was done the last runtime has found here. */
  double restoredShare() {
    return restoredShare;
  }

  /** Makes it that so many seconds were spent before the last round that is kept. */
  void spentBeforeTheLast(double seconds) {
    int last = pieces.stream().mapToInt(PiecesInMemory::round).max().orElseThrow();
    pieces.stream()
        .filter(piece -> round(piece) == last)
        .forEach(piece -> little(piece).putDouble(SPENT, seconds));
  }

  private static int round(byte[] piece) {
    return little(piece).getInt(Integer.BYTES);
  }

  private static ByteBuffer little(byte[] piece) {
    return ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Keeping open(Work work) {
    pieces.forEach(piece -> work.restore(little(piece)));
    return () -> save(work);
  }

  private void save(Work work) {
    restoredShare = work.restoredSeconds() / work.coreSeconds();
    try {
      work.save(
          piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            assert bytes.length <= work.largestPiece();
            pieces.add(bytes);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean keeps() {
    return true;
  }

  /** Dies on its way through a round. */
  Runtime runtime(int rounds) {
    computed = 0;
    pilots = 0;
    return new Runtime() {
      private int left = rounds;

      @Override
      public int cores() {
        return 1;
      }

      @Override
      public long resultBytes() {
        return Long.MAX_VALUE;
      }

      @Override
      public Checkpoint checkpoint() {
        return PiecesInMemory.this;
      }

      @Override
      public Messages messages() {
        return Messages.none();
      }

      @Override
      public <T> Shared<T> share(T value) {
        return threads.share(value);
      }

      @Override
      public <P, R> void run(
          Name name, List<P> some, int tasks, Task<P, R> task, Consumer<R> whenDone) {
        boolean chains = name.pieces().equals("chains of networks");
        threads.run(
            name,
            some,
            tasks,
            task,
            done -> {
              whenDone.accept(done);
              if (chains) {
                computed++;
              }
              if (name.whole().startsWith("pilots of ")) {
                pilots++;
              }
              if (chains && left <= 0) {
                throw new IllegalStateException("killed");
              }
            });
        left--;
      }
    };
  }
}
