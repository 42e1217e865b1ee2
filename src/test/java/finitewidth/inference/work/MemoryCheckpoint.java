package finitewidth.inference.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pieces of all work in the order in which they came, for tests that lose some of them. */
public final class MemoryCheckpoint implements Checkpoint {
  private final List<byte[]> pieces = new ArrayList<>();
  private Fingerprint fingerprint;

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Keeping open(Work work) {
    if (fingerprint != null && !fingerprint.toString().equals(work.fingerprint().toString())) {
      pieces.clear();
    }
    fingerprint = work.fingerprint();
    for (byte[] piece : pieces) {
      work.restore(ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN));
    }
    return () -> save(work);
  }

  /** What a writer in the background does now and then. */
  public void save(Work work) {
    try {
      work.save(
          piece -> {
            if (piece.remaining() > work.largestPiece()) {
              throw new IOException("larger than the largest");
            }
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            pieces.add(bytes);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many there are. */
  public int size() {
    return pieces.size();
  }

  /** The fingerprint of the last work. */
  public String fingerprint() {
    return fingerprint.toString();
  }

  /** Loses pieces at random. */
  public void lose(double share, long seed) {
    Random random = new Random(seed);
    pieces.removeIf(piece -> random.nextDouble() < share);
  }

  /** Has all pieces a second time. */
  public void repeat() {
    pieces.addAll(List.copyOf(pieces));
  }
}
