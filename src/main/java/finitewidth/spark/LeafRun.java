package finitewidth.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The leaves that one task computes: from ≤ leaf &lt; to. */
record LeafRun(int from, int to) implements Serializable {
  /** While work is plenty, a task takes this part of a core's share of what is left. */
  private static final int PART = 2;

  int size() {
    return to - from;
  }

  /**
   * Cuts leaves of equal work into runs that get shorter towards the end, so that cores finish
   * together whatever their speeds, with few tasks: about 2 log2(leaves per core) for each core.
   * Every run is a whole subtree of the sum over all leaves.
   *
   * @param leaves a power of two
   * @param cores that compute at the same time
   * @param least about how many leaves a task should have to be worth its overhead; 0 or more
   * @param longest at most this many leaves in a run, unless {@code least} is more
   * @param most at most this many runs, where that is possible
   */
  static List<LeafRun> of(int leaves, int cores, long least, long longest, long most) {
    int shortest = (int) Long.highestOneBit(Math.max(1, Math.min(least, leaves)));
    List<LeafRun> runs = cut(leaves, cores, Math.max(longest, shortest), shortest);
    while (runs.size() > most && shortest < leaves) {
      shortest *= 2;
      runs = cut(leaves, cores, Math.max(longest, shortest), shortest);
    }
    return runs;
  }

  private static List<LeafRun> cut(int leaves, int cores, long longest, int shortest) {
    List<LeafRun> runs = new ArrayList<>();
    for (int from = 0; from < leaves; ) {
      long share = Math.max(1, Math.min(longest, (leaves - from) / ((long) PART * cores)));
      // Of two equal runs the later one may be up to a third longer than its share.
      long nearest = Long.highestOneBit(share + share / 3);
      int size = (int) Math.max(shortest, Math.min(Long.highestOneBit(longest), nearest));
      runs.add(new LeafRun(from, from + size));
      from += size;
    }
    return runs;
  }
}
