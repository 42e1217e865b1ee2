package finitewidth.data.table;

import java.io.Serializable;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Row numbers chosen at random, by seed and number of rows alone, never by how the rows are stored.
 *
 * <p>A larger choice with the same seed contains a smaller one.
 */
public final class RowChoice implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BitSet chosen;

  private RowChoice(BitSet chosen) {
    this.chosen = chosen;
  }

  /** The rows at positions [from, to) of a random order of {@code rows}. */
  public static RowChoice of(int[] order, int from, int to) {
    BitSet chosen = new BitSet(order.length);
    for (int i = from; i < to; i++) {
      chosen.set(order[i]);
    }
    return new RowChoice(chosen);
  }

  /** The rows at those positions where not all numbers are there: their numbers, ascending. */
  public static RowChoice of(int[] order, int from, int to, long[] numbers) {
    BitSet chosen = new BitSet();
    for (int i = from; i < to; i++) {
      chosen.set((int) numbers[order[i]]);
    }
    return new RowChoice(chosen);
  }

  /** A random order of the numbers below {@code rows}: Fisher and Yates's shuffle. */
  public static int[] order(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  public boolean has(long row) {
    return chosen.get((int) row);
  }
}
