package finitewidth.inference.ensemble;

import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.prior.Architecture;
import java.io.Serializable;

/**
 * One layer's map of kernels, K' = C_b + C_W F(K), to second order around the kernel of infinite
 * width: X' = D[X] + ½ C_W F''[X, X] (docs/theory.md#layer-recursion), pair by pair.
 */
final class LayerStep implements Serializable {
  private static final long serialVersionUID = 1L;

  /** F as a function of K_ab, K_aa and K_bb: coefficients of its expansion, times C_W. */
  private static final int COEFFICIENTS = 9;

  private final Pairs pairs;

  /** [coefficient][pair]: in ab, aa, bb; then ½ of ab², aa², bb² and ab·aa, ab·bb, aa·bb. */
  private final double[][] c;

  private LayerStep(Pairs pairs) {
    this.pairs = pairs;
    c = new double[COEFFICIENTS][pairs.count()];
  }

  /**
   * @param h the hidden layer whose activation is passed
   * @param kernel K of that layer, on {@code pairs}
   */
  static LayerStep of(Architecture architecture, int h, Pairs pairs, double[] kernel) {
    LayerStep step = new LayerStep(pairs);
    double weight = architecture.weightVariance(h + 1);
    OnePoint one = new OnePoint();
    TwoPointRow row = new TwoPointRow(pairs.training(), true);
    for (int a = 0; a < pairs.points(); a++) {
      double own = kernel[pairs.own(a)];
      row.k11 = own;
      for (int b = 0; b < pairs.training(); b++) {
        row.k22[b] = kernel[pairs.own(b)];
        row.k12[b] = kernel[pairs.at(a, b)];
        // Coefficients of controls need not be right to the last digit.
        row.separation[b] = Math.max(0, own + row.k22[b] - 2 * row.k12[b]);
      }
      architecture.activation().twoPoint(row, pairs.training());
      for (int b = 0; b < pairs.training(); b++) {
        step.set(
            pairs.at(a, b),
            weight,
            row.dc[b],
            row.d1[b],
            row.d2[b],
            0.5 * row.dcc[b],
            0.5 * row.d11[b],
            0.5 * row.d22[b],
            row.d1c[b],
            row.d2c[b],
            row.d12[b]);
      }
      architecture.activation().onePoint(own, one);
      step.set(pairs.own(a), weight, one.first, 0, 0, 0.5 * one.second, 0, 0, 0, 0, 0);
    }
    return step;
  }

  private void set(int at, double weight, double... coefficients) {
    for (int k = 0; k < COEFFICIENTS; k++) {
      c[k][at] = weight * coefficients[k];
    }
  }

  /**
   * D[X] in the place of X.
   *
   * @param from where X begins
   */
  void linear(double[] x, int from) {
    int p = pairs.training();
    double[] own = new double[pairs.points()];
    for (int a = 0; a < own.length; a++) {
      own[a] = x[from + pairs.own(a)];
    }
    for (int a = 0; a < own.length; a++) {
      for (int b = 0, at = pairs.at(a, 0); b < p; b++, at++) {
        x[from + at] = c[0][at] * x[from + at] + c[1][at] * own[a] + c[2][at] * own[b];
      }
      x[from + pairs.own(a)] = c[0][pairs.own(a)] * own[a];
    }
  }

  /**
   * Adds {@code sign} ½ C_W F''[X, X].
   *
   * @param from where X begins
   */
  void addCurvature(double sign, double[] x, int from, double[] out) {
    int p = pairs.training();
    for (int a = 0; a < pairs.points(); a++) {
      double aa = x[from + pairs.own(a)];
      for (int b = 0, at = pairs.at(a, 0); b < p; b++, at++) {
        if (a != b) {
          double ab = x[from + at];
          double bb = x[from + pairs.own(b)];
          out[at] +=
              sign
                  * (ab * (c[3][at] * ab + c[6][at] * aa + c[7][at] * bb)
                      + aa * (c[4][at] * aa + c[8][at] * bb)
                      + c[5][at] * bb * bb);
        }
      }
      int own = pairs.own(a);
      out[own] += sign * c[3][own] * aa * aa;
    }
  }
}
