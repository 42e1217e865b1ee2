package finitewidth.inference.work;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Work that is finished piece by piece, in any order. A piece has the same bits whoever computes
 * it.
 */
public interface Work {

  /** What it is, as in "the training contraction is done"; lower-case words. */
  String name();

  /** All that decides its results. */
  Fingerprint fingerprint();

  /** Most bytes of a piece; one that claims more is not read. */
  long largestPiece();

  /**
   * Takes in a piece that was kept, little-endian, unless it is there already.
   *
   * @throws IllegalArgumentException if it does not belong here or has another size
   */
  void restore(ByteBuffer piece);

  /** What {@link #restore} has taken in, as in "found 12 % of the training contraction". */
  String found();

  /**
   * What the work that was restored took, in seconds of one core; only the ratio to {@link
   * #coreSeconds} matters.
   */
  double restoredSeconds();

  /** What all of it takes, as far as that is known: at least in the end. */
  double coreSeconds();

  /**
   * Hands out what has been finished since the last call. Called by one thread at a time, while
   * others finish more.
   *
   * @throws IOException of the pieces' receiver; what was handed out need not come again
   */
  void save(Pieces to) throws IOException;

  /** Takes pieces. */
  @FunctionalInterface
  interface Pieces {
    /**
     * Takes one piece.
     *
     * @param piece from its position to its limit, little-endian
     */
    void put(ByteBuffer piece) throws IOException;
  }
}
