package finitewidth.inference.exact;

import finitewidth.linalg.PairIndex;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the quadruples i &lt; j &lt; k &lt; l of N samples into tiles, a block of pairs (i, j) with
 * a rectangle of pairs (k, l), and runs of consecutive tiles into leaves of about equal work.
 *
 * <p>The cut depends on N alone, never on who computes: sums over leaves then have the same bits on
 * any cluster.
 */
public final class Tiling implements Serializable {
  private static final long serialVersionUID = 1L;

  /** At most this many i, and as many j, in a tile. */
  private static final int BLOCK = 8;

  /** At most this many k in a tile. */
  static final int ROWS = 8;

  /**
   * At most this many l in a tile. Evaluators of moments like long rows and hundreds of moments at
   * a time; with {@link #ROWS} rows their panel and what is made of it stay in a first-level cache.
   */
  static final int COLUMNS = 96;

  /**
   * Moments in a leaf, in units of N²: clearing and adding up a leaf's sums, N² numbers for each
   * quantity, then costs little beside them.
   */
  private static final long WORK = 16;

  /** At most this many leaves: enough to keep hundreds of cores busy. */
  private static final int MOST_LEAVES = 2048;

  /** What a row costs beside its moments, in moments. */
  private static final double ROW_COST = 3;

  /** What a moment of an apex costs, in moments of different samples. */
  private static final double PAIRED_COST = 0.4;

  private final int samples;
  private final int blocks;
  private final List<Tile.Rectangle> rectangles;

  /** [leaf]: the number of its first tile. */
  private final long[] leafStart;

  /** [leaf]: its moments per source layer. */
  private final long[] leafMoments;

  private Tiling(int samples, int leaves) {
    this.samples = samples;
    blocks = (samples + BLOCK - 1) / BLOCK;
    rectangles = rectangles(samples);
    leafStart = new long[leaves + 1];
    leafMoments = new long[leaves];
    cut(leaves);
  }

  /** The cut for N samples. */
  public static Tiling of(int samples) {
    return new Tiling(samples, leaves(samples));
  }

  /** How many leaves the cut for N samples has, a power of two. */
  public static int leaves(int samples) {
    long wanted = quadruples(samples) / (WORK * samples * samples);
    // A power of two, so that tasks can be whole subtrees of the sum.
    long leaves = Long.highestOneBit(2 * Math.max(1, wanted) - 1);
    return (int) Math.min(MOST_LEAVES, leaves);
  }

  /** All rectangles of pairs k &lt; l, by k. */
  static List<Tile.Rectangle> rectangles(int samples) {
    List<Tile.Rectangle> rectangles = new ArrayList<>();
    for (int k = 0; k < samples; k += ROWS) {
      int chunks = (samples - k + COLUMNS - 1) / COLUMNS;
      int columns = PanelLoops.roundUp((samples - k + chunks - 1) / chunks);
      for (int l = k; l < samples; l += columns) {
        rectangles.add(
            new Tile.Rectangle(k, Math.min(samples, k + ROWS), l, Math.min(samples, l + columns)));
      }
    }
    return rectangles;
  }

  /** Puts the limits between leaves where each has had its share of the whole cost. */
  private void cut(int leaves) {
    double apex = PAIRED_COST * PairIndex.count(samples);
    double whole = quadruples(samples) + ROW_COST * samples * (samples - 1) / 2 * (samples - 2) / 3;
    double share = (whole + samples * apex) / leaves;
    double[] done = {0};
    int[] leaf = {0};
    walk(
        0,
        tiles(),
        (number, tile) -> {
          long moments = tile.moments();
          done[0] += moments + ROW_COST * tile.rows();
          leafMoments[leaf[0]] += moments;
          while (leaf[0] + 1 < leaves
              && done[0] + apex * firstApex(leaf[0] + 1) >= share * (leaf[0] + 1)) {
            leafStart[++leaf[0]] = number + 1;
          }
        });
    Arrays.fill(leafStart, leaf[0] + 1, leaves + 1, tiles());
    for (int l = 0; l < leaves; l++) {
      leafMoments[l] += (long) (firstApex(l + 1) - firstApex(l)) * PairIndex.count(samples);
    }
  }

  /** N(N−1)(N−2)(N−3)/24, the number of distinct moments of distinct samples. */
  public static long quadruples(long n) {
    return n * (n - 1) / 2 * (n - 2) / 3 * (n - 3) / 4;
  }

  /** Moments per source layer over all N samples: distinct quadruples, and N apexes of N(N+1)/2. */
  public static long moments(int n) {
    return quadruples(n) + (long) n * PairIndex.count(n);
  }

  /** How many leaves there are, a power of two. */
  public int leaves() {
    return leafMoments.length;
  }

  /** The first apex of a leaf; it ends where the next leaf's begin. */
  int firstApex(int leaf) {
    return (int) ((long) samples * leaf / leaves());
  }

  /** Moments per source layer in a leaf, tiles and apexes. */
  public long leafMoments(int leaf) {
    return leafMoments[leaf];
  }

  /** Called for each tile of a leaf, in order. */
  void forEach(int leaf, Visitor visitor) {
    walk(leafStart[leaf], leafStart[leaf + 1], visitor);
  }

  /** Receives tiles by their numbers. */
  interface Visitor {
    void visit(long number, Tile tile);
  }

  /** Tiles are numbered by (I, J, rectangle); those without a quadruple are passed over. */
  private long tiles() {
    return (long) blocks * (blocks + 1) / 2 * rectangles.size();
  }

  private void walk(long from, long to, Visitor visitor) {
    long number = 0;
    for (int i = 0; i < blocks && number < to; i++) {
      for (int j = i; j < blocks && number < to; j++, number += rectangles.size()) {
        for (long t = Math.max(from, number); t < Math.min(to, number + rectangles.size()); t++) {
          Tile.Rectangle others = rectangles.get((int) (t - number));
          if (others.rows(j * BLOCK) > 0) {
            visitor.visit(t, new Tile(i * BLOCK, limit(i), j * BLOCK, limit(j), others));
          }
        }
      }
    }
  }

  private int limit(int block) {
    return Math.min(samples, (block + 1) * BLOCK);
  }
}
