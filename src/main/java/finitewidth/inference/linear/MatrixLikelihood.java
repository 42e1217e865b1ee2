package finitewidth.inference.linear;

import finitewidth.inference.scale.Whitened;
import java.io.Serializable;

/**
 * What the targets of m outputs say of the matrix of scales Ω. Given Ω = O diag(ω) Oᵀ the rotated
 * outputs YO are independent, and output i has the kernel C_b + ω_i K̃, so that in the coordinates
 * of {@link Whitened}
 *
 * <p>log p(Y | Ω) − log p(Y | 1) = −½ Σ_ik [(yO)²_ki (1/d_ik − 1) + log d_ik], d_ik = 1 + (ω_i − 1)
 * κ_k.
 *
 * <p>Coordinates that do not scale say nothing: no more are needed than inputs have features, and
 * one for a bias.
 *
 * @param kappa κ of those that scale
 * @param y WY of these, row by row
 * @param outputs m
 */
record MatrixLikelihood(double[] kappa, double[] y, int outputs) implements Serializable {
  /** Of κ, below which it is rounding. */
  private static final double NOTHING = 1e-13;

  static boolean scales(double kappa) {
    return kappa > NOTHING;
  }

  static MatrixLikelihood of(Whitened at, int outputs) {
    int count = 0;
    for (double kappa : at.kappa()) {
      count += scales(kappa) ? 1 : 0;
    }
    double[] kappa = new double[count];
    double[] y = new double[count * outputs];
    int to = 0;
    for (int k = 0; k < at.size(); k++) {
      if (scales(at.kappa()[k])) {
        kappa[to] = at.kappa()[k];
        for (int p = 0; p < outputs; p++) {
          y[to * outputs + p] = at.y()[p][k];
        }
        to++;
      }
    }
    return new MatrixLikelihood(kappa, y, outputs);
  }

  /**
   * The logarithm relative to Ω = 1.
   *
   * @param vectors O, m × m, one eigenvector a column
   * @param scales ω
   */
  double at(double[] vectors, double[] scales) {
    double sum = 0;
    for (int i = 0; i < outputs; i++) {
      for (int k = 0; k < kappa.length; k++) {
        double rotated = 0;
        for (int p = 0; p < outputs; p++) {
          rotated += y[k * outputs + p] * vectors[p * outputs + i];
        }
        double change = (scales[i] - 1) * kappa[k];
        double d = divisor(scales[i], kappa[k]);
        sum += change > -0.5 ? Math.log1p(change) : Math.log(d);
        sum -= rotated * rotated * change / d;
      }
    }
    return -0.5 * sum;
  }

  /** 1 + (ω − 1) κ as a sum of what is not negative. */
  static double divisor(double scale, double kappa) {
    return (1 - kappa) + scale * kappa;
  }
}
