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
    int n = t.n;
    int jWidth = tile.j1() - tile.j0();
    int kWidth = tile.k1() - tile.k0();
    int lWidth = tile.l1() - tile.l0();
    int ij = (i - tile.i0()) * jWidth + j - tile.j0();
    int ik = (i - tile.i0()) * kWidth + k - tile.k0();
    int jk = (j - tile.j0()) * kWidth + k - tile.k0();
    int il = (i - tile.i0()) * lWidth + from - tile.l0();
    int jl = (j - tile.j0()) * lWidth + from - tile.l0();
    int kl = (k - tile.k0()) * lWidth + from - tile.l0();
    int rowI = i * n + from;
    int rowJ = j * n + from;
    int rowK = k * n + from;

    cross(
        t.b, 2, 0, moment, moment, moment, length, i * n + j, i * n + k, j * n + k, rowI, rowJ,
        rowK, ij, ik, jk, il, jl, kl);

    double pij = t.p[i * n + j];
    double pik = t.p[i * n + k];
    double pjk = t.p[j * n + k];
    for (int l = 0; l < length; l++) {
      double alpha = pij * t.p[rowK + l] * moment[l];
      double beta = pik * t.p[rowJ + l] * moment[l];
      double gamma = pjk * t.p[rowI + l] * moment[l];
      straight[l] = beta + gamma;
      crossed[l] = alpha + gamma;
      twisted[l] = alpha + beta;
    }
    for (int x = 0; x < t.x.length; x++) {
      cross(
          t.x[x], 1, 1 + x, straight, crossed, twisted, length, i * n + j, i * n + k, j * n + k,
          rowI, rowJ, rowK, ij, ik, jk, il, jl, kl);
    }
  }

  /**
   * Adds weight[complement] · m to each of the six pairs of the row: {@code straight} stands for
   * the pairing's moments at (ij|kl), {@code crossed} at (ik|jl), {@code twisted} at (il|jk).
   */
  private void cross(
      double[] weight,
      double factor,
      int quantity,
      double[] straight,
      double[] crossed,
      double[] twisted,
      int length,
      int weightIj,
      int weightIk,
      int weightJk,
      int rowI,
      int rowJ,
      int rowK,
      int ij,
      int ik,
      int jk,
      int il,
      int jl,
      int kl) {
    double[] toIl = block[3][quantity];
    double[] toJl = block[4][quantity];
    double[] toKl = block[5][quantity];
    double wij = factor * weight[weightIj];
    double wik = factor * weight[weightIk];
    double wjk = factor * weight[weightJk];
    double sumIj = 0;
    double sumIk = 0;
    double sumJk = 0;
    for (int l = 0; l < length; l++) {
      double ms = straight[l];
      double mc = crossed[l];
      double mt = twisted[l];
      sumIj += weight[rowK + l] * ms;
      sumIk += weight[rowJ + l] * mc;
      sumJk += weight[rowI + l] * mt;
      toKl[kl + l] += wij * ms;
      toJl[jl + l] += wik * mc;
      toIl[il + l] += wjk * mt;
    }
    block[0][quantity][ij] += factor * sumIj;
    block[1][quantity][ik] += factor * sumIk;
    block[2][quantity][jk] += factor * sumJk;
  }
}
