package finitewidth.inference.exact;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The leaves that one task computes: from ≤ leaf &lt; to. */
public record LeafRun(int from, int to) implements Serializable {
  /** While work is plenty, a task takes this part of a core's share of what is left. */
  private static final int PART = 2;

  public int size() {
    return to - from;
  }

  /**
   * All leaves of so many that are not done, in maximal runs.
   *
   * @param done leaf by leaf
   */
  static List<LeafRun> missing(int leaves, BitSet done) {
    List<LeafRun> missing = new ArrayList<>();
    for (int from = done.nextClearBit(0); from < leaves; ) {
      int next = done.nextSetBit(from);
      int to = next < 0 ? leaves : Math.min(next, leaves);
      missing.add(new LeafRun(from, to));
      from = done.nextClearBit(to);
    }
    return missing;
  }

  /**
   * Cuts leaves of equal work into runs that get shorter towards the end, so that cores finish
   * together whatever their speeds, with few tasks: about 2 log2(leaves per core) for each core.
   * Every run is a whole subtree of the sum over all leaves.
   *
   * @param missing leaves to cut, of a number of leaves that is a power of two
   * @param cores that compute at the same time
   * @param least about how many leaves a task should have to be worth its overhead; 0 or more
   * @param longest at most this many leaves in a run, unless {@code least} is more
   * @param most at most this many runs, where that is possible
   */
  public static List<LeafRun> of(
      List<LeafRun> missing, int cores, long least, long longest, long most) {
    int leaves = missing.stream().mapToInt(LeafRun::size).sum();
    int shortest = (int) Long.highestOneBit(Math.max(1, Math.min(least, leaves)));
    List<LeafRun> runs = cut(missing, leaves, cores, Math.max(longest, shortest), shortest);
    while (runs.size() > most && shortest < leaves) {
      shortest *= 2;
      runs = cut(missing, leaves, cores, Math.max(longest, shortest), shortest);
    }
    return runs;
  }

  private static List<LeafRun> cut(
      List<LeafRun> missing, int leaves, int cores, long longest, int shortest) {
    List<LeafRun> runs = new ArrayList<>();
    int left = leaves;
    for (LeafRun gap : missing) {
      for (int from = gap.from(); from < gap.to(); ) {
        long share = Math.max(1, Math.min(longest, left / ((long) PART * cores)));
        // Of two equal runs the later one may be up to a third longer than its share.
        long nearest = Long.highestOneBit(share + share / 3);
        int wanted = (int) Math.max(shortest, Math.min(Long.highestOneBit(longest), nearest));
        // Between leaves that are there already only smaller subtrees may have room.
        int aligned = from == 0 ? wanted : Math.min(wanted, Integer.lowestOneBit(from));
        int size = Math.min(aligned, Integer.highestOneBit(gap.to() - from));
        runs.add(new LeafRun(from, from + size));
        from += size;
        left -= size;
      }
    }
    return runs;
  }
}
