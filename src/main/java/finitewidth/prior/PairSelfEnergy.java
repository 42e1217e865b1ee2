package finitewidth.prior;

import finitewidth.gaussian.TwoPointRow;

/**
 * The self-energy S_ab of one pair at the output, from the six vertex elements on {aa, ab, bb}
 * alone (docs/theory.md#self-energy), as coefficients per source layer. Belongs to one thread.
 * O(H²) a pair.
 */
final class PairSelfEnergy {
  private final Architecture architecture;
  private final int hidden;
  private final double[] aaab;
  private final double[] aabb;
  private final double[] abbb;
  private final double[] abab;

  PairSelfEnergy(Architecture architecture) {
    this.architecture = architecture;
    hidden = architecture.hiddenLayers();
    aaab = new double[hidden];
    aabb = new double[hidden];
    abbb = new double[hidden];
    abab = new double[hidden];
  }

  /** The fourth moments of a pair in each hidden layer; filled by the caller. */
  static final class Moments {
    /** ⟨σ_a³σ_b⟩ by hidden layer. */
    final double[] aaab;

    /** ⟨σ_a²σ_b²⟩ by hidden layer. */
    final double[] aabb;

    /** ⟨σ_aσ_b³⟩ by hidden layer. */
    final double[] abbb;

    Moments(int hiddenLayers) {
      aaab = new double[hiddenLayers];
      aabb = new double[hiddenLayers];
      abbb = new double[hiddenLayers];
    }
  }

  /**
   * S' = D[S] + ½ C_W Σ_pq (∂²F/∂K_p∂K_q) V_(p)(q) through all layers.
   *
   * @param row a followed with a run of samples that has b at place {@code i}; with curvature
   * @param out receives S_ab at the output by source layer
   */
  void follow(
      PointFlow a,
      PointFlow b,
      PointSelfEnergy sa,
      PointSelfEnergy sb,
      RowFlow row,
      int i,
      Moments moments,
      double[] out) {
    for (int h = 0; h < hidden; h++) {
      double weight = architecture.weightVariance(h + 1);
      for (int s = 0; s < h; s++) {
        double aaaa = sa.vertex(h, s);
        double bbbb = sb.vertex(h, s);
        out[s] =
            row.step(h, i, out[s], sa.selfEnergy(h, s), sb.selfEnergy(h, s))
                + 0.5 * weight * curvature(row.map(h), i, s, aaaa, bbbb);
        advance(row, h, i, s, a.step(h), b.step(h), aaaa, bbbb);
      }
      double faa = a.moment(h);
      double fab = row.moment(h)[i];
      double fbb = b.moment(h);
      double square = weight * weight;
      out[h] = 0;
      aaab[h] = square * (moments.aaab[h] - faa * fab);
      aabb[h] = square * (moments.aabb[h] - faa * fbb);
      abbb[h] = square * (moments.abbb[h] - fab * fbb);
      abab[h] = square * (moments.aabb[h] - fab * fab);
    }
  }

  /** Σ_pq F_pq V_(p)(q) over p, q in {aa, ab, bb}. */
  private double curvature(TwoPointRow f, int i, int s, double aaaa, double bbbb) {
    return f.d11[i] * aaaa
        + f.d22[i] * bbbb
        + f.dcc[i] * abab[s]
        + 2 * (f.d12[i] * aabb[s] + f.d1c[i] * aaab[s] + f.d2c[i] * abbb[s]);
  }

  /** V' = (D ⊗ D) V on the two points. */
  private void advance(
      RowFlow row, int h, int i, int s, double pa, double pb, double aaaa, double bbbb) {
    double toAa = row.step(h, i, aaab[s], aaaa, aabb[s]);
    double toBb = row.step(h, i, abbb[s], aabb[s], bbbb);
    abab[s] = row.step(h, i, row.step(h, i, abab[s], aaab[s], abbb[s]), toAa, toBb);
    aaab[s] = pa * toAa;
    abbb[s] = pb * toBb;
    aabb[s] = pa * pb * aabb[s];
  }
}
