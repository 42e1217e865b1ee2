package finitewidth.contraction;

import finitewidth.linalg.PairIndex;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Cuts the quadruples i &lt; j &lt; k &lt; l of N samples into tiles of four sample blocks I ≤ J ≤
 * K ≤ L, and runs of consecutive tiles into leaves of about equal work.
 *
 * <p>The cut depends on N and the number of source layers alone, never on who computes: sums over
 * leaves then have the same bits on any cluster.
 */
public final class Tiling implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Moments in a leaf: enough that adding up its sums costs little beside them, few enough that
   * leaves outnumber cores.
   */
  static final long MOMENTS_PER_LEAF = 1L << 18;

  /** At most this many leaves: each returns O(N²) sums. */
  static final int MOST_LEAVES = 1024;

  private final int samples;
  private final int block;
  private final long[] leafStart;

  private Tiling(int samples, int block, long[] leafStart) {
    this.samples = samples;
    this.block = block;
    this.leafStart = leafStart;
  }

  /** The cut for N samples and the given number of source layers. */
  public static Tiling of(int samples, int sources) {
    int block = samples >= 256 ? 32 : samples >= 64 ? 16 : 8;
    int leaves = leaves(moments(samples) * sources);
    long tiles = tiles(blocks(samples, block));
    long[] leafStart = new long[leaves + 1];
    double share = (double) quadruples(samples) / leaves;
    long done = 0;
    int leaf = 1;
    Cursor cursor = new Cursor(samples, block);
    for (long t = 0; t < tiles; t++, cursor.next()) {
      done += cursor.tile().moments();
      while (leaf < leaves && done >= share * leaf) {
        leafStart[leaf++] = t + 1;
      }
    }
    Arrays.fill(leafStart, leaf, leaves + 1, tiles);
    return new Tiling(samples, block, leafStart);
  }

  /** A power of two, so that partitions of any power of two cut the sum tree at whole subtrees. */
  private static int leaves(long moments) {
    long wanted = Math.max(1, moments / MOMENTS_PER_LEAF);
    return (int) Math.min(MOST_LEAVES, Long.highestOneBit(2 * wanted - 1));
  }

  private static int blocks(int samples, int block) {
    return (samples + block - 1) / block;
  }

  private static long tiles(long blocks) {
    return blocks * (blocks + 1) / 2 * (blocks + 2) / 3 * (blocks + 3) / 4;
  }

  /** N(N−1)(N−2)(N−3)/24, the number of distinct moments of distinct samples. */
  public static long quadruples(long n) {
    return n * (n - 1) / 2 * (n - 2) / 3 * (n - 3) / 4;
  }

  /** Samples in a block. */
  int block() {
    return block;
  }

  /** Moments per source layer over all N samples: distinct quadruples, and N apexes of N(N+1)/2. */
  public static long moments(int n) {
    return quadruples(n) + (long) n * PairIndex.count(n);
  }

  /** How many leaves there are, a power of two. */
  public int leaves() {
    return leafStart.length - 1;
  }

  /** The first apex of a leaf; it ends where the next leaf's begin. */
  int firstApex(int leaf) {
    return (int) ((long) samples * leaf / leaves());
  }

  /** Moments per source layer in a leaf, tiles and apexes. */
  public long leafMoments(int leaf) {
    long[] moments = {0};
    forEach(leaf, tile -> moments[0] += tile.moments());
    return moments[0] + (long) (firstApex(leaf + 1) - firstApex(leaf)) * PairIndex.count(samples);
  }

  /** Called for each tile of a leaf, in order. */
  interface Visitor {
    void visit(Tile tile);
  }

  void forEach(int leaf, Visitor visitor) {
    Cursor cursor = new Cursor(samples, block);
    cursor.skip(leafStart[leaf]);
    for (long t = leafStart[leaf]; t < leafStart[leaf + 1]; t++, cursor.next()) {
      visitor.visit(cursor.tile());
    }
  }

  /** Four sample blocks, given by their limits. */
  record Tile(int i0, int i1, int j0, int j1, int k0, int k1, int l0, int l1) {
    /**
     * Quadruples i &lt; j &lt; k &lt; l with one sample in each block: ∏ binomial(size,
     * multiplicity).
     */
    long moments() {
      long count = 1;
      int run = 0;
      int previous = -1;
      int[] starts = {i0, j0, k0, l0};
      int[] sizes = {i1 - i0, j1 - j0, k1 - k0, l1 - l0};
      for (int m = 0; m < 4; m++) {
        run = starts[m] == previous ? run + 1 : 0;
        previous = starts[m];
        // Exact at every step: binomial(size, run + 1) = binomial(size, run) (size − run) / (run +
        // 1).
        count = count * Math.max(0, sizes[m] - run) / (run + 1);
      }
      return count;
    }
  }

  /** Steps through the tiles in lexicographic order of (I, J, K, L). */
  private static final class Cursor {
    private final int samples;
    private final int block;
    private final int blocks;
    private int i;
    private int j;
    private int k;
    private int l;

    Cursor(int samples, int block) {
      this.samples = samples;
      this.block = block;
      this.blocks = blocks(samples, block);
    }

    void skip(long tiles) {
      for (long t = 0; t < tiles; t++) {
        next();
      }
    }

    void next() {
      if (++l < blocks) {
        return;
      }
      if (++k >= blocks) {
        if (++j >= blocks) {
          i++;
          j = i;
        }
        k = j;
      }
      l = k;
    }

    Tile tile() {
      return new Tile(
          start(i),
          start(i + 1),
          start(j),
          start(j + 1),
          start(k),
          start(k + 1),
          start(l),
          start(l + 1));
    }

    private int start(int index) {
      return Math.min(samples, index * block);
    }
  }
}
