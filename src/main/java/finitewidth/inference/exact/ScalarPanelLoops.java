package finitewidth.inference.exact;

import java.util.Arrays;

/** {@link PanelLoops} in plain Java. */
final class ScalarPanelLoops implements PanelLoops {
  @Override
  public void dress(Panel panel, double[] p, int stride, double[] own, int ownRow, int j) {
    double pij = own[ownRow + j];
    for (int k = panel.k0; k < panel.k1; k++) {
      double pik = own[ownRow + k];
      double pjk = p[j * stride + k];
      int row = panel.row(k);
      int atI = ownRow + panel.l0;
      int atJ = j * stride + panel.l0;
      int atK = k * stride + panel.l0;
      for (int l = panel.first(k); l < panel.end(); l++) {
        double m = panel.moment[row + l];
        double mj = p[atJ + l] * m;
        double alpha = p[atK + l] * m * pij;
        double gamma = own[atI + l] * m * pjk;
        panel.straight[row + l] = Math.fma(pik, mj, gamma);
        panel.crossed[row + l] = alpha + gamma;
        panel.twisted[row + l] = Math.fma(pik, mj, alpha);
      }
    }
  }

  @Override
  public void addPairs(
      Panel panel,
      double[] weight,
      double[] sums,
      int stride,
      int i,
      int j,
      double[] straight,
      double[] crossed,
      double[] twisted) {
    double wij = weight[i * stride + j];
    int atI = i * stride + panel.l0;
    int atJ = j * stride + panel.l0;
    double[][] sumIj = new double[2][GROUP];
    double[] sumIk = new double[GROUP];
    double[] sumJk = new double[GROUP];
    for (int k = panel.k0; k < panel.k1; k++) {
      double wik = weight[i * stride + k];
      double wjk = weight[j * stride + k];
      int atK = k * stride + panel.l0;
      int row = panel.row(k);
      clear(sumIk);
      clear(sumJk);
      int first = panel.first(k);
      int end = panel.end();
      addProducts(
          weight, atK + first, straight, row + first, end - first, sumIj[(k - panel.k0) % 2]);
      addProducts(weight, atJ + first, crossed, row + first, end - first, sumIk);
      addProducts(weight, atI + first, twisted, row + first, end - first, sumJk);
      addMultiple(wij, straight, row + first, sums, atK + first, end - first);
      addMultiple(wik, crossed, row + first, sums, atJ + first, end - first);
      addMultiple(wjk, twisted, row + first, sums, atI + first, end - first);
      sums[i * stride + k] += total(sumIk);
      sums[j * stride + k] += total(sumJk);
    }
    sums[i * stride + j] += total(sumIj[0]) + total(sumIj[1]);
  }

  @Override
  public void addEnds(
      Panel panel,
      double[] weight,
      double[] sums,
      int stride,
      int j,
      double[] straight,
      double[] crossed,
      double[] twisted) {
    int atJ = j * stride + panel.l0;
    double[][] sumJ = new double[2][GROUP];
    double[] sumK = new double[GROUP];
    for (int k = panel.k0; k < panel.k1; k++) {
      int atK = k * stride + panel.l0;
      int row = panel.row(k);
      clear(sumK);
      int first = panel.first(k);
      int end = panel.end();
      addProducts(
          weight, atK + first, straight, row + first, end - first, sumJ[(k - panel.k0) % 2]);
      addProducts(weight, atJ + first, crossed, row + first, end - first, sumK);
      addMultiple(
          weight[j * stride + k], twisted, row + first, sums, panel.l0 + first, end - first);
      sums[k] += total(sumK);
    }
    sums[j] += total(sumJ[0]) + total(sumJ[1]);
  }

  @Override
  public double dot(double[] x, int xAt, double[] y, int yAt, int length) {
    double[][] sums = new double[4][GROUP];
    int whole = PanelLoops.roundDown(length);
    for (int k = 0; k < whole; k += GROUP) {
      addProducts(x, xAt + k, y, yAt + k, GROUP, sums[k / GROUP % 4]);
    }
    double[] sum = new double[GROUP];
    for (int lane = 0; lane < GROUP; lane++) {
      sum[lane] = (sums[0][lane] + sums[1][lane]) + (sums[2][lane] + sums[3][lane]);
    }
    double total = total(sum);
    for (int k = whole; k < length; k++) {
      total = Math.fma(x[xAt + k], y[yAt + k], total);
    }
    return total;
  }

  private static void clear(double[] sum) {
    Arrays.fill(sum, 0);
  }

  private static double total(double[] sum) {
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
  }

  /** Adds products of whole groups to the partial sums. */
  private static void addProducts(
      double[] x, int xAt, double[] y, int yAt, int length, double[] sum) {
    double sum0 = sum[0];
    double sum1 = sum[1];
    double sum2 = sum[2];
    double sum3 = sum[3];
    for (int k = 0; k < length; k += GROUP) {
      sum0 = Math.fma(x[xAt + k], y[yAt + k], sum0);
      sum1 = Math.fma(x[xAt + k + 1], y[yAt + k + 1], sum1);
      sum2 = Math.fma(x[xAt + k + 2], y[yAt + k + 2], sum2);
      sum3 = Math.fma(x[xAt + k + 3], y[yAt + k + 3], sum3);
    }
    sum[0] = sum0;
    sum[1] = sum1;
    sum[2] = sum2;
    sum[3] = sum3;
  }

  private static void addMultiple(
      double factor, double[] x, int xAt, double[] to, int at, int length) {
    for (int k = 0; k < length; k++) {
      to[at + k] = Math.fma(factor, x[xAt + k], to[at + k]);
    }
  }
}
