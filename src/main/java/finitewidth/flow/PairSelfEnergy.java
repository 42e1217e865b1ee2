package finitewidth.flow;

import finitewidth.gaussian.TwoPoint;

/**
 * The self-energy S_ab of one pair at the output, from the six vertex elements on {aa, ab, bb}
 * alone (THEORY section 2), as coefficients per source layer. Belongs to one thread. O(H²) a pair.
 */
public final class PairSelfEnergy {
  private final Architecture architecture;
  private final int hidden;
  private final double[] aaab;
  private final double[] aabb;
  private final double[] abbb;
  private final double[] abab;

  public PairSelfEnergy(Architecture architecture) {
    this.architecture = architecture;
    hidden = architecture.hiddenLayers();
    aaab = new double[hidden];
    aabb = new double[hidden];
    abbb = new double[hidden];
    abab = new double[hidden];
  }

  /** The fourth moments of a pair in each hidden layer; filled by the caller. */
  public static final class Moments {
    /** ⟨σ_a³σ_b⟩ by hidden layer. */
    public final double[] aaab;

    /** ⟨σ_a²σ_b²⟩ by hidden layer. */
    public final double[] aabb;

    /** ⟨σ_aσ_b³⟩ by hidden layer. */
    public final double[] abbb;

    public Moments(int hiddenLayers) {
      aaab = new double[hiddenLayers];
      aabb = new double[hiddenLayers];
      abbb = new double[hiddenLayers];
    }
  }

  /**
   * S' = D[S] + ½ C_W Σ_pq (∂²F/∂K_p∂K_q) V_(p)(q) through all layers.
   *
   * @param pair the pair (a, b), followed
   * @param out receives S_ab at the output by source layer
   */
  public void follow(
      PointFlow a,
      PointFlow b,
      PointSelfEnergy sa,
      PointSelfEnergy sb,
      PairFlow pair,
      Moments moments,
      double[] out) {
    for (int h = 0; h < hidden; h++) {
      double weight = architecture.weightVariance(h + 1);
      for (int s = 0; s < h; s++) {
        double aaaa = sa.vertex(h, s);
        double bbbb = sb.vertex(h, s);
        out[s] =
            pair.step(h, out[s], sa.selfEnergy(h, s), sb.selfEnergy(h, s))
                + 0.5 * weight * curvature(pair.twoPoint(h), s, aaaa, bbbb);
        advance(pair, h, s, a.step(h), b.step(h), aaaa, bbbb);
      }
      double faa = a.moment(h);
      double fab = pair.moment(h);
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
  private double curvature(TwoPoint f, int s, double aaaa, double bbbb) {
    return f.d11 * aaaa
        + f.d22 * bbbb
        + f.dcc * abab[s]
        + 2 * (f.d12 * aabb[s] + f.d1c * aaab[s] + f.d2c * abbb[s]);
  }

  /** V' = (D ⊗ D) V on the two points. */
  private void advance(
      PairFlow pair, int h, int s, double pa, double pb, double aaaa, double bbbb) {
    double toAa = pair.step(h, aaab[s], aaaa, aabb[s]);
    double toBb = pair.step(h, abbb[s], aabb[s], bbbb);
    abab[s] = pair.step(h, pair.step(h, abab[s], aaab[s], abbb[s]), toAa, toBb);
    aaab[s] = pa * toAa;
    abbb[s] = pb * toBb;
    aabb[s] = pa * pb * aabb[s];
  }
}
