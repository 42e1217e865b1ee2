package finitewidth.prior;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * S_aa and V_(aa)(aa) of one sample at every layer, as coefficients per source layer
 * (docs/theory.md#self-energy): divide by that layer's width and sum.
 */
public final class PointSelfEnergy implements Serializable {
  private static final long serialVersionUID = 1L;

  /** [layer l][source s], s &lt; l. */
  private final double[][] selfEnergy;

  private final double[][] vertex;

  private PointSelfEnergy(double[][] selfEnergy, double[][] vertex) {
    this.selfEnergy = selfEnergy;
    this.vertex = vertex;
  }

  /**
   * Follows one sample's self-energy: S' = P_aa S + ½ C_W (d²⟨σ²⟩/dK²) V, V' = P_aa² V + C_W² Var
   * σ².
   *
   * @param fourth ⟨σ_a⁴⟩ in each hidden layer
   */
  public static PointSelfEnergy of(Architecture architecture, PointFlow point, double[] fourth) {
    int hidden = architecture.hiddenLayers();
    double[][] selfEnergy = new double[hidden + 1][hidden];
    double[][] vertex = new double[hidden + 1][hidden];
    for (int h = 0; h < hidden; h++) {
      double step = point.step(h);
      for (int s = 0; s < h; s++) {
        selfEnergy[h + 1][s] = step * selfEnergy[h][s] + 0.5 * point.curvature(h) * vertex[h][s];
        vertex[h + 1][s] = step * step * vertex[h][s];
      }
      double weight = architecture.weightVariance(h + 1);
      double mean = point.moment(h);
      vertex[h + 1][h] = weight * weight * (fourth[h] - mean * mean);
    }
    return new PointSelfEnergy(selfEnergy, vertex);
  }

  /**
   * The same with fourth moments of the activation's own.
   *
   * @param tolerance of the moments, where they are by quadrature
   */
  public static PointSelfEnergy of(Architecture architecture, PointFlow point, double tolerance) {
    double[] fourth = new double[architecture.hiddenLayers()];
    double[] moment = new double[1];
    for (int h = 0; h < fourth.length; h++) {
      Matrix variance = Matrix.wrap(1, 1, new double[] {point.kernel(h)});
      architecture.activation().pairMoments(variance, tolerance).cubes(0, 0, 1, moment);
      fourth[h] = moment[0];
    }
    return of(architecture, point, fourth);
  }

  /** Coefficient of S_aa at layer l from source layer s. */
  public double selfEnergy(int l, int s) {
    return selfEnergy[l][s];
  }

  /** Coefficient of V_(aa)(aa) at layer l from source layer s. */
  public double vertex(int l, int s) {
    return vertex[l][s];
  }
}
