package finitewidth.inference.montecarlo;

import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.PointFlow;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.SampleRow;
import java.io.Serializable;

/**
 * A block of B further rows x against the P training samples, followed through all layers. Lives on
 * one thread while a block is prepared.
 */
final class RowFlows {
  /**
   * T over the pairs (x, a) and (x, x): T_xa[X] = p X_xa + qx X_xx + qr X_aa, T_xx[X] = pxx X_xx.
   */
  record RowDressing(Matrix p, Matrix qx, Matrix qr, double[] pxx) implements Serializable {
    static RowDressing zeros(int rows, int n) {
      return new RowDressing(
          Matrix.zeros(rows, n), Matrix.zeros(rows, n), Matrix.zeros(rows, n), new double[rows]);
    }

    /** T[X] over the pairs (x, a). */
    Matrix apply(Matrix pairs, double[] points, double[] diagonal) {
      Matrix dressed = Matrix.zeros(p.rows(), p.cols());
      apply(pairs, points, diagonal, dressed);
      return dressed;
    }

    void apply(Matrix pairs, double[] points, double[] diagonal, Matrix dressed) {
      int n = p.cols();
      for (int x = 0, at = 0; x < p.rows(); x++) {
        for (int a = 0; a < n; a++, at++) {
          dressed.data()[at] =
              p.data()[at] * pairs.data()[at]
                  + qx.data()[at] * points[x]
                  + qr.data()[at] * diagonal[a];
        }
      }
    }
  }

  private final Matrix[] kernel;
  private final double[][] kernelPoints;
  private final Matrix[] moment;
  private final double[][] momentPoints;
  private final RowDressing[] activations;
  private final RowDressing[] preactivations;
  private final double[][][] selfEnergy;
  private final Matrix weights;

  /**
   * Follows rows.
   *
   * @param features one array for each row
   * @param projector gives w of each row in turn
   */
  RowFlows(
      SampleFlow flow, SelfEnergies selfEnergies, double[][] features, RowProjector projector) {
    int hidden = flow.architecture().hiddenLayers();
    int rows = features.length;
    int n = flow.size();
    kernel = new Matrix[hidden];
    kernelPoints = new double[hidden][rows];
    moment = new Matrix[hidden];
    momentPoints = new double[hidden][rows];
    activations = new RowDressing[hidden];
    preactivations = new RowDressing[hidden];
    for (int s = 0; s < hidden; s++) {
      kernel[s] = Matrix.zeros(rows, n);
      moment[s] = Matrix.zeros(rows, n);
      activations[s] = RowDressing.zeros(rows, n);
      preactivations[s] = RowDressing.zeros(rows, n);
    }
    selfEnergy = new double[rows][][];
    weights = Matrix.zeros(rows, n);
    SampleRow row = new SampleRow(flow);
    double[] first = Dressing.firstDerivatives(flow);
    TwoPointRow pairs = new TwoPointRow(n, false);
    for (int a = 0; a < n; a++) {
      pairs.k22[a] = flow.kernel(0).get(a, a);
    }
    for (int x = 0; x < rows; x++) {
      row.follow(features[x]);
      PointFlow point = row.point();
      double[] w = projector.weights(row.kernel(hidden), point.kernel(hidden));
      System.arraycopy(w, 0, weights.data(), x * n, n);
      for (int s = 0; s < hidden; s++) {
        store(x, s, row, flow.architecture());
      }
      firstLayer(x, row, flow, pairs, first);
      selfEnergy[x] = selfEnergies.row(features[x], row);
    }
  }

  private void store(int x, int s, SampleRow row, Architecture network) {
    int n = weights.cols();
    PointFlow point = row.point();
    System.arraycopy(row.kernel(s), 0, kernel[s].data(), x * n, n);
    System.arraycopy(row.moment(s), 0, moment[s].data(), x * n, n);
    kernelPoints[s][x] = point.kernel(s);
    momentPoints[s][x] = point.moment(s);
    RowDressing to = activations[s];
    System.arraycopy(row.p(s), 0, to.p().data(), x * n, n);
    System.arraycopy(row.qx(s), 0, to.qx().data(), x * n, n);
    System.arraycopy(row.qr(s), 0, to.qr().data(), x * n, n);
    to.pxx()[x] = point.dressing(s);
    if (s > 0) {
      double scale = 1 / network.weightVariance(s + 1);
      RowDressing pre = preactivations[s];
      for (int a = 0; a < n; a++) {
        pre.p().data()[x * n + a] = scale * row.p(s - 1)[a];
        pre.qx().data()[x * n + a] = scale * row.qx(s - 1)[a];
        pre.qr().data()[x * n + a] = scale * row.qr(s - 1)[a];
      }
      pre.pxx()[x] = scale * point.dressing(s - 1);
    }
  }

  private void firstLayer(
      int x, SampleRow row, SampleFlow flow, TwoPointRow pairs, double[] first) {
    int n = flow.size();
    PointFlow point = row.point();
    OnePoint one = new OnePoint();
    flow.architecture().activation().onePoint(point.kernel(0), one);
    Dressing.firstLayer(flow, row, pairs);
    RowDressing pre = preactivations[0];
    pre.pxx()[x] = point.dressing(0) * one.first;
    for (int a = 0; a < n; a++) {
      double above = row.p(0)[a];
      int at = x * n + a;
      pre.p().data()[at] = above * pairs.dc[a];
      pre.qx().data()[at] = above * pairs.d1[a] + row.qx(0)[a] * one.first;
      pre.qr().data()[at] = above * pairs.d2[a] + row.qr(0)[a] * first[a];
    }
  }

  /** B. */
  int size() {
    return weights.rows();
  }

  /** w, B × P. */
  Matrix weights() {
    return weights;
  }

  /** K^s_xa. */
  Matrix kernel(int s) {
    return kernel[s];
  }

  /** K^s_xx. */
  double[] kernelPoints(int s) {
    return kernelPoints[s];
  }

  /** F^s_xa. */
  Matrix moment(int s) {
    return moment[s];
  }

  /** F^s_xx. */
  double[] momentPoints(int s) {
    return momentPoints[s];
  }

  /** T^s. */
  RowDressing activations(int s) {
    return activations[s];
  }

  /** T^s of the derivative of F^s, see {@link Dressing#ofPreactivations}. */
  RowDressing preactivations(int s) {
    return preactivations[s];
  }

  /** S_xa for all a, then S_xx, of row x. */
  double[] selfEnergy(int x, int s) {
    return selfEnergy[x][s];
  }
}
