package finitewidth.contraction;

import finitewidth.linalg.PairIndex;
import java.util.Arrays;

/**
 * Sums over the distinct quadruples of one tile. A moment serves all three pairings and both roles
 * of every index: it adds to the six pairs of its samples,
 *
 * <pre>
 *   quantity 0:     C_ij += 2 B_kl m
 *   quantity 1 + x: W_ij += X_kl (P_ik P_jl + P_il P_jk) m
 * </pre>
 *
 * and likewise for the five other pairs. Belongs to one thread.
 */
final class QuadrupleTile {
  private final SourceTables[] sources;
  private final int quantities;
  private final Place place = new Place();
  private final double[] moment;
  private final double[] straight;
  private final double[] crossed;
  private final double[] twisted;

  /** Sums of the six block pairs, [pair of blocks][quantity][row · width + column]. */
  private final double[][][] block;

  QuadrupleTile(SourceTables[] sources, int widest) {
    this.sources = sources;
    this.quantities = 1 + sources[0].x.length;
    moment = new double[widest];
    straight = new double[widest];
    crossed = new double[widest];
    twisted = new double[widest];
    block = new double[6][quantities][widest * widest];
  }

  void addTo(PairSums sums, Tiling.Tile tile) {
    for (int s = 0; s < sources.length; s++) {
      for (double[][] pair : block) {
        for (double[] quantity : pair) {
          Arrays.fill(quantity, 0);
        }
      }
      sum(sources[s], tile);
      for (int q = 0; q < quantities; q++) {
        double[] to = sums.quantity(s, q);
        flush(to, block[0][q], tile.i0(), tile.i1(), tile.j0(), tile.j1());
        flush(to, block[1][q], tile.i0(), tile.i1(), tile.k0(), tile.k1());
        flush(to, block[2][q], tile.j0(), tile.j1(), tile.k0(), tile.k1());
        flush(to, block[3][q], tile.i0(), tile.i1(), tile.l0(), tile.l1());
        flush(to, block[4][q], tile.j0(), tile.j1(), tile.l0(), tile.l1());
        flush(to, block[5][q], tile.k0(), tile.k1(), tile.l0(), tile.l1());
      }
    }
  }

  private static void flush(double[] to, double[] from, int a0, int a1, int b0, int b1) {
    for (int a = a0, at = 0; a < a1; a++) {
      for (int b = b0; b < b1; b++, at++) {
        if (a < b) {
          to[PairIndex.of(a, b)] += from[at];
        }
      }
    }
  }

  private void sum(SourceTables t, Tiling.Tile tile) {
    for (int i = tile.i0(); i < tile.i1(); i++) {
      for (int j = Math.max(tile.j0(), i + 1); j < tile.j1(); j++) {
        for (int k = Math.max(tile.k0(), j + 1); k < tile.k1(); k++) {
          int from = Math.max(tile.l0(), k + 1);
          if (from < tile.l1()) {
            t.fourPoint.distinct(i, j, k, from, tile.l1(), moment);
            row(t, tile, i, j, k, from);
          }
        }
      }
    }
  }

  /** The contributions of (i, j, k, l) for all l of the row. */
  private void row(SourceTables t, Tiling.Tile tile, int i, int j, int k, int from) {
    int length = tile.l1() - from;
    place.at(tile, t.n, i, j, k, from);
    add(t.b, 2, 0, moment, moment, moment, length);
    double pij = t.p[place.weightIj];
    double pik = t.p[place.weightIk];
    double pjk = t.p[place.weightJk];
    int rowI = place.rowI;
    int rowJ = place.rowJ;
    int rowK = place.rowK;
    for (int l = 0; l < length; l++) {
      double alpha = pij * t.p[rowK + l] * moment[l];
      double beta = pik * t.p[rowJ + l] * moment[l];
      double gamma = pjk * t.p[rowI + l] * moment[l];
      straight[l] = beta + gamma;
      crossed[l] = alpha + gamma;
      twisted[l] = alpha + beta;
    }
    for (int x = 0; x < t.x.length; x++) {
      add(t.x[x], 1, 1 + x, straight, crossed, twisted, length);
    }
  }

  /**
   * Adds weight[complement] · m to each of the six pairs of the row: {@code ms} are the moments for
   * the pairs of (ij|kl), {@code mc} for those of (ik|jl), {@code mt} for those of (il|jk).
   */
  private void add(
      double[] weight,
      double factor,
      int quantity,
      double[] ms,
      double[] mc,
      double[] mt,
      int length) {
    double[] toIl = block[3][quantity];
    double[] toJl = block[4][quantity];
    double[] toKl = block[5][quantity];
    int il = place.il;
    int jl = place.jl;
    int kl = place.kl;
    int rowI = place.rowI;
    int rowJ = place.rowJ;
    int rowK = place.rowK;
    double wij = factor * weight[place.weightIj];
    double wik = factor * weight[place.weightIk];
    double wjk = factor * weight[place.weightJk];
    double sumIj = 0;
    double sumIk = 0;
    double sumJk = 0;
    for (int l = 0; l < length; l++) {
      sumIj += weight[rowK + l] * ms[l];
      sumIk += weight[rowJ + l] * mc[l];
      sumJk += weight[rowI + l] * mt[l];
      toKl[kl + l] += wij * ms[l];
      toJl[jl + l] += wik * mc[l];
      toIl[il + l] += wjk * mt[l];
    }
    block[0][quantity][place.ij] += factor * sumIj;
    block[1][quantity][place.ik] += factor * sumIk;
    block[2][quantity][place.jk] += factor * sumJk;
  }

  /** Where the six pairs of a row stand: in the tile's block sums, and in the N×N tables. */
  private static final class Place {
    int ij;
    int ik;
    int jk;
    int il;
    int jl;
    int kl;
    int weightIj;
    int weightIk;
    int weightJk;
    int rowI;
    int rowJ;
    int rowK;

    void at(Tiling.Tile tile, int n, int i, int j, int k, int from) {
      int jWidth = tile.j1() - tile.j0();
      int kWidth = tile.k1() - tile.k0();
      int lWidth = tile.l1() - tile.l0();
      ij = (i - tile.i0()) * jWidth + j - tile.j0();
      ik = (i - tile.i0()) * kWidth + k - tile.k0();
      jk = (j - tile.j0()) * kWidth + k - tile.k0();
      il = (i - tile.i0()) * lWidth + from - tile.l0();
      jl = (j - tile.j0()) * lWidth + from - tile.l0();
      kl = (k - tile.k0()) * lWidth + from - tile.l0();
      weightIj = i * n + j;
      weightIk = i * n + k;
      weightJk = j * n + k;
      rowI = i * n + from;
      rowJ = j * n + from;
      rowK = k * n + from;
    }
  }
}
