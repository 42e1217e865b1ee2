package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.SumTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The leaves of a whole subtree of the training contraction, done: their sum, and the rows of all
 * their apexes, in order.
 *
 * <p>As bytes: level (4 bytes), index (8 bytes), the sum's numbers, the rows' numbers;
 * little-endian. How many numbers there are follows from the problem.
 */
public record Subtree(SumTree.Node<PairSums> node, List<ApexRow> rows) {
  private static final int HEAD = Integer.BYTES + Long.BYTES;

  /**
   * A subtree of which all leaves are done.
   *
   * @param rows by apex
   */
  public static Subtree of(Tiling tiling, SumTree.Node<PairSums> node, IntFunction<ApexRow> rows) {
    List<ApexRow> own = new ArrayList<>();
    for (int d = tiling.firstApex(from(node)); d < tiling.firstApex(to(node)); d++) {
      own.add(rows.apply(d));
    }
    return new Subtree(node, own);
  }

  /** Its first leaf. */
  public int from() {
    return from(node);
  }

  /** The leaf after its last. */
  public int to() {
    return to(node);
  }

  private static int from(SumTree.Node<PairSums> node) {
    return Math.toIntExact(node.index() << node.level());
  }

  private static int to(SumTree.Node<PairSums> node) {
    return Math.toIntExact((node.index() + 1) << node.level());
  }

  /** The bytes of the leaves from..to−1 of a problem. */
  private static long bytes(ContractionProblem problem, Tiling tiling, int from, int to) {
    long numbers = 0;
    for (int d = tiling.firstApex(from); d < tiling.firstApex(to); d++) {
      numbers += ApexRow.numbers(problem, d);
    }
    return HEAD + PairSums.bytes(problem) + Double.BYTES * numbers;
  }

  /** The bytes of all leaves: no subtree has more. */
  public static long largest(ContractionProblem problem, Tiling tiling) {
    return bytes(problem, tiling, 0, tiling.leaves());
  }

  /**
   * As bytes.
   *
   * @throws ArithmeticException if those are more than an array holds
   */
  public ByteBuffer toBytes(ContractionProblem problem, Tiling tiling) {
    int size = Math.toIntExact(bytes(problem, tiling, from(), to()));
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(node.level()).putLong(node.index());
    DoubleBuffer numbers = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    node.sum().write(numbers);
    rows.forEach(row -> row.write(numbers));
    return bytes.rewind();
  }

  /**
   * From bytes.
   *
   * @throws IllegalArgumentException if they are not a subtree of this problem
   */
  public static Subtree read(ContractionProblem problem, Tiling tiling, ByteBuffer bytes) {
    if (bytes.remaining() < HEAD) {
      throw new IllegalArgumentException("it is too short for leaves");
    }
    int level = bytes.getInt();
    long index = bytes.getLong();
    boolean inside =
        level >= 0
            && level < Integer.SIZE - 1
            && index >= 0
            && index < (long) tiling.leaves() >> level;
    if (!inside) {
      throw new IllegalArgumentException("there are no such leaves: " + index + " of " + level);
    }
    int from = (int) (index << level);
    int to = (int) ((index + 1) << level);
    if (HEAD + bytes.remaining() != bytes(problem, tiling, from, to)) {
      throw new IllegalArgumentException(
          "leaves " + from + " to " + to + " take another number of bytes");
    }
    DoubleBuffer numbers = bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    PairSums sum = PairSums.read(problem, numbers);
    List<ApexRow> rows = new ArrayList<>();
    for (int d = tiling.firstApex(from); d < tiling.firstApex(to); d++) {
      rows.add(ApexRow.read(problem, d, numbers));
    }
    return new Subtree(new SumTree.Node<>(level, index, (long) to - from, sum), rows);
  }
}
