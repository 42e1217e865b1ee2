package finitewidth.runtime;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.spark.api.java.JavaRDD;

/**
 * A random choice of numbered rows, by seed and numbers alone: every number has a random rank, and
 * the lowest ranks are taken. It does not matter how rows are spread, and a larger choice with the
 * same seed contains a smaller one.
 */
public final class RowSample {
  private RowSample() {}

  /**
   * Chooses; only what is chosen comes to the driver.
   *
   * @param numbers different ones
   * @param most how many are chosen, where there are as many
   * @return the chosen numbers in increasing order
   */
  public static long[] of(JavaRDD<Long> numbers, int most, long seed) {
    Lowest lowest =
        Parcels.aggregate(numbers, new Lowest(most, seed), Lowest::add, Lowest::together);
    return lowest.numbers.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** The numbers of lowest rank among those that were added. */
  private static final class Lowest implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int most;

    /** Those of highest rank first. */
    private final PriorityQueue<Long> numbers;

    Lowest(int most, long seed) {
      this.most = most;
      numbers = new PriorityQueue<>(new ByRank(seed).reversed());
    }

    Lowest add(long number) {
      numbers.add(number);
      if (numbers.size() > most) {
        numbers.remove();
      }
      return this;
    }

    Lowest together(Lowest other) {
      other.numbers.forEach(this::add);
      return this;
    }
  }

  /** Whether a number is among those that were chosen. */
  public static boolean has(long[] chosen, long number) {
    return Arrays.binarySearch(chosen, number) >= 0;
  }

  /** The finaliser of MurmurHash3, which is one to one: ranks of different numbers differ. */
  private static long rank(long seed, long number) {
    long z = number + seed * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }

  private record ByRank(long seed) implements Comparator<Long>, Serializable {
    @Override
    public int compare(Long a, Long b) {
      return Long.compare(rank(seed, a), rank(seed, b));
    }
  }
}
