package finitewidth.flow;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.TwoPoint;

/**
 * One pair of samples' way through all layers: kernel recursion, single steps D and their
 * composition T (THEORY section 2). Reused from pair to pair; belongs to one thread.
 *
 * <p>D_ab[X] = P_ab X_ab + Q_ab X_aa + Q_ba X_bb carries first-order changes from one layer to the
 * next; T^s, the composition of the steps above hidden layer s, has the same shape, with P' = P·p
 * and Q'_ab = P_ab q_ab + Q_ab p_aa. A pair needs no other pair: any block goes through alone.
 * O(H).
 */
public final class PairFlow {
  private final Architecture architecture;
  private final Activation activation;
  private final int hidden;
  private final TwoPoint[] twoPoint;
  private final double[] kernel;
  private final double[] stepP;
  private final double[] stepQab;
  private final double[] stepQba;
  private final double[] dressingP;
  private final double[] dressingQab;
  private final double[] dressingQba;

  public PairFlow(Architecture architecture) {
    this.architecture = architecture;
    activation = architecture.activation();
    hidden = architecture.hiddenLayers();
    twoPoint = new TwoPoint[hidden];
    for (int h = 0; h < hidden; h++) {
      twoPoint[h] = new TwoPoint();
    }
    kernel = new double[hidden + 1];
    stepP = new double[hidden];
    stepQab = new double[hidden];
    stepQba = new double[hidden];
    dressingP = new double[hidden];
    dressingQab = new double[hidden];
    dressingQba = new double[hidden];
  }

  /**
   * Follows the pair (a, b), a ≠ b, from the first layer to the output.
   *
   * @param covariance K_ab of the first layer
   * @param distance K_aa + K_bb − 2 K_ab of the first layer, without cancellation
   */
  public void follow(PointFlow a, PointFlow b, double covariance, double distance) {
    kernel[0] = covariance;
    double separation = distance;
    for (int h = 0; h < hidden; h++) {
      TwoPoint f = twoPoint[h];
      activation.twoPoint(a.kernel(h), b.kernel(h), kernel[h], separation, f);
      double weight = architecture.weightVariance(h + 1);
      stepP[h] = weight * f.dc;
      stepQab[h] = weight * f.d1;
      stepQba[h] = weight * f.d2;
      kernel[h + 1] = architecture.biasVariance(h + 1) + weight * f.mean;
      separation = weight * f.distance;
    }
    compose(a, b);
  }

  private void compose(PointFlow a, PointFlow b) {
    for (int s = hidden - 1; s >= 0; s--) {
      if (s == hidden - 1) {
        dressingP[s] = 1;
        dressingQab[s] = 0;
        dressingQba[s] = 0;
      } else {
        int above = s + 1;
        double p = dressingP[above];
        dressingP[s] = p * stepP[above];
        dressingQab[s] = p * stepQab[above] + dressingQab[above] * a.step(above);
        dressingQba[s] = p * stepQba[above] + dressingQba[above] * b.step(above);
      }
    }
  }

  /** K_ab of layer l, l = 0 … H. */
  public double kernel(int l) {
    return kernel[l];
  }

  /** F_ab = ⟨σ_aσ_b⟩ in hidden layer h. */
  public double moment(int h) {
    return twoPoint[h].mean;
  }

  /** P_ab of T^s. */
  public double p(int s) {
    return dressingP[s];
  }

  /** Q_ab of T^s, the weight of X_aa. */
  public double qab(int s) {
    return dressingQab[s];
  }

  /** Q_ba of T^s, the weight of X_bb. */
  public double qba(int s) {
    return dressingQba[s];
  }

  TwoPoint twoPoint(int h) {
    return twoPoint[h];
  }

  /** D_ab[X] of the single step from hidden layer h. */
  double step(int h, double ab, double aa, double bb) {
    return stepP[h] * ab + stepQab[h] * aa + stepQba[h] * bb;
  }
}
