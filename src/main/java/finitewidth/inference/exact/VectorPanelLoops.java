package finitewidth.inference.exact;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PanelLoops} over the Vector API.
 *
 * <p>Vectors never leave the method they are made in: where a callee is not inlined, they would be
 * allocated. For the same reason the methods that hold them are longer than HotSpot inlines (325
 * bytes of code, FreqInlineSize): in the middle of a larger method they could be cut short of what
 * they need inlined themselves.
 */
final class VectorPanelLoops implements PanelLoops {
  /** Of {@value #GROUP} doubles; the shape of gaussian.VectorShape follows it. */
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_256;

  private final double[] partial = new double[6 * GROUP];

  private VectorPanelLoops() {}

  /** These loops, or the plain ones where vectors of {@value #GROUP} doubles are not native. */
  static PanelLoops create() {
    return DoubleVector.SPECIES_PREFERRED.length() >= GROUP
        ? new VectorPanelLoops()
        : new ScalarPanelLoops();
  }

  @Override
  public void dress(Panel panel, double[] p, int stride, double[] own, int ownRow, int j) {
    for (int k = panel.k0; k < panel.k1; k += 2) {
      int first = panel.first(k);
      int atL = panel.l0 + first;
      dressRows(
          panel,
          panel.row(k) + first,
          panel.end() - first,
          p,
          j * stride + atL,
          k * stride + atL,
          stride,
          own,
          ownRow + atL,
          own[ownRow + j],
          own[ownRow + k],
          own[ownRow + k + 1],
          p[j * stride + k],
          p[j * stride + k + 1]);
    }
  }

  private static void dressRows(
      Panel panel,
      int at,
      int length,
      double[] p,
      int atJ,
      int atK,
      int stride,
      double[] own,
      int atI,
      double pij,
      double pik,
      double pin,
      double pjk,
      double pjn) {
    double[] moment = panel.moment;
    double[] straight = panel.straight;
    double[] crossed = panel.crossed;
    double[] twisted = panel.twisted;
    int next = at + panel.stride;
    int atN = atK + stride;
    DoubleVector vij = broadcast(S, pij);
    DoubleVector vik = broadcast(S, pik);
    DoubleVector vin = broadcast(S, pin);
    DoubleVector vjk = broadcast(S, pjk);
    DoubleVector vjn = broadcast(S, pjn);
    for (int l = 0; l < length; l += GROUP) {
      DoubleVector pil = fromArray(S, own, atI + l);
      DoubleVector pjl = fromArray(S, p, atJ + l);
      DoubleVector m = fromArray(S, moment, at + l);
      DoubleVector mj = pjl.mul(m);
      DoubleVector alpha = fromArray(S, p, atK + l).mul(m).mul(vij);
      DoubleVector gamma = pil.mul(m).mul(vjk);
      vik.fma(mj, gamma).intoArray(straight, at + l);
      alpha.add(gamma).intoArray(crossed, at + l);
      vik.fma(mj, alpha).intoArray(twisted, at + l);
      m = fromArray(S, moment, next + l);
      mj = pjl.mul(m);
      alpha = fromArray(S, p, atN + l).mul(m).mul(vij);
      gamma = pil.mul(m).mul(vjn);
      vin.fma(mj, gamma).intoArray(straight, next + l);
      alpha.add(gamma).intoArray(crossed, next + l);
      vin.fma(mj, alpha).intoArray(twisted, next + l);
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
    Arrays.fill(partial, 0, 2 * GROUP, 0);
    for (int k = panel.k0; k < panel.k1; k += 2) {
      int first = panel.first(k);
      int atL = panel.l0 + first;
      int ik = i * stride + k;
      int jk = j * stride + k;
      addPairsOfRows(
          weight,
          sums,
          i * stride + atL,
          j * stride + atL,
          k * stride + atL,
          stride,
          weight[i * stride + j],
          weight[ik],
          weight[ik + 1],
          weight[jk],
          weight[jk + 1],
          straight,
          crossed,
          twisted,
          panel.row(k) + first,
          panel.stride,
          panel.end() - first,
          partial);
      sums[ik] += total(partial, 2 * GROUP);
      sums[ik + 1] += total(partial, 3 * GROUP);
      sums[jk] += total(partial, 4 * GROUP);
      sums[jk + 1] += total(partial, 5 * GROUP);
    }
    sums[i * stride + j] += total(partial, 0) + total(partial, GROUP);
  }

  /**
   * Rows k and n = k + 1: adds to the partial sums of ij (even and odd rows apart), sets those of
   * ik, in, jk and jn.
   */
  private static void addPairsOfRows(
      double[] weight,
      double[] sums,
      int atI,
      int atJ,
      int atK,
      int stride,
      double wij,
      double wik,
      double win,
      double wjk,
      double wjn,
      double[] straight,
      double[] crossed,
      double[] twisted,
      int at,
      int panelStride,
      int length,
      double[] partial) {
    int next = at + panelStride;
    int atN = atK + stride;
    DoubleVector sumIj = fromArray(S, partial, 0);
    DoubleVector sumIjOdd = fromArray(S, partial, GROUP);
    DoubleVector sumIk = DoubleVector.zero(S);
    DoubleVector sumIn = DoubleVector.zero(S);
    DoubleVector sumJk = DoubleVector.zero(S);
    DoubleVector sumJn = DoubleVector.zero(S);
    DoubleVector vij = broadcast(S, wij);
    DoubleVector vik = broadcast(S, wik);
    DoubleVector vin = broadcast(S, win);
    DoubleVector vjk = broadcast(S, wjk);
    DoubleVector vjn = broadcast(S, wjn);
    for (int l = 0; l < length; l += GROUP) {
      DoubleVector m = fromArray(S, straight, at + l);
      sumIj = fromArray(S, weight, atK + l).fma(m, sumIj);
      m.fma(vij, fromArray(S, sums, atK + l)).intoArray(sums, atK + l);
      m = fromArray(S, straight, next + l);
      sumIjOdd = fromArray(S, weight, atN + l).fma(m, sumIjOdd);
      m.fma(vij, fromArray(S, sums, atN + l)).intoArray(sums, atN + l);
      DoubleVector w = fromArray(S, weight, atJ + l);
      m = fromArray(S, crossed, at + l);
      sumIk = w.fma(m, sumIk);
      DoubleVector to = m.fma(vik, fromArray(S, sums, atJ + l));
      m = fromArray(S, crossed, next + l);
      sumIn = w.fma(m, sumIn);
      m.fma(vin, to).intoArray(sums, atJ + l);
      w = fromArray(S, weight, atI + l);
      m = fromArray(S, twisted, at + l);
      sumJk = w.fma(m, sumJk);
      to = m.fma(vjk, fromArray(S, sums, atI + l));
      m = fromArray(S, twisted, next + l);
      sumJn = w.fma(m, sumJn);
      m.fma(vjn, to).intoArray(sums, atI + l);
    }
    sumIj.intoArray(partial, 0);
    sumIjOdd.intoArray(partial, GROUP);
    sumIk.intoArray(partial, 2 * GROUP);
    sumIn.intoArray(partial, 3 * GROUP);
    sumJk.intoArray(partial, 4 * GROUP);
    sumJn.intoArray(partial, 5 * GROUP);
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
    Arrays.fill(partial, 0, 2 * GROUP, 0);
    for (int k = panel.k0; k < panel.k1; k += 2) {
      int first = panel.first(k);
      addEndsOfRows(
          weight,
          sums,
          panel.l0 + first,
          j * stride + k,
          j * stride + panel.l0 + first,
          k * stride + panel.l0 + first,
          stride,
          straight,
          crossed,
          twisted,
          panel.row(k) + first,
          panel.stride,
          panel.end() - first,
          k,
          partial);
    }
    sums[j] += total(partial, 0) + total(partial, GROUP);
  }

  /** Rows k and n = k + 1; adds to the partial sums of j, even and odd rows apart. */
  private static void addEndsOfRows(
      double[] weight,
      double[] sums,
      int to,
      int jk,
      int atJ,
      int atK,
      int stride,
      double[] straight,
      double[] crossed,
      double[] twisted,
      int at,
      int panelStride,
      int length,
      int k,
      double[] partial) {
    int next = at + panelStride;
    int atN = atK + stride;
    DoubleVector sumJ = fromArray(S, partial, 0);
    DoubleVector sumJodd = fromArray(S, partial, GROUP);
    DoubleVector sumK = DoubleVector.zero(S);
    DoubleVector sumN = DoubleVector.zero(S);
    DoubleVector vjk = broadcast(S, weight[jk]);
    DoubleVector vjn = broadcast(S, weight[jk + 1]);
    for (int l = 0; l < length; l += GROUP) {
      sumJ = fromArray(S, weight, atK + l).fma(fromArray(S, straight, at + l), sumJ);
      sumJodd = fromArray(S, weight, atN + l).fma(fromArray(S, straight, next + l), sumJodd);
      DoubleVector w = fromArray(S, weight, atJ + l);
      sumK = w.fma(fromArray(S, crossed, at + l), sumK);
      sumN = w.fma(fromArray(S, crossed, next + l), sumN);
      DoubleVector sum = fromArray(S, twisted, at + l).fma(vjk, fromArray(S, sums, to + l));
      fromArray(S, twisted, next + l).fma(vjn, sum).intoArray(sums, to + l);
    }
    sumJ.intoArray(partial, 0);
    sumJodd.intoArray(partial, GROUP);
    sumK.intoArray(partial, 2 * GROUP);
    sumN.intoArray(partial, 3 * GROUP);
    sums[k] += total(partial, 2 * GROUP);
    sums[k + 1] += total(partial, 3 * GROUP);
  }

  private static double total(double[] partial, int at) {
    return (partial[at] + partial[at + 1]) + (partial[at + 2] + partial[at + 3]);
  }

  @Override
  public double dot(double[] x, int xAt, double[] y, int yAt, int length) {
    DoubleVector sum0 = DoubleVector.zero(S);
    DoubleVector sum1 = sum0;
    DoubleVector sum2 = sum0;
    DoubleVector sum3 = sum0;
    int k = 0;
    for (; k <= length - 4 * GROUP; k += 4 * GROUP) {
      sum0 = fromArray(S, x, xAt + k).fma(fromArray(S, y, yAt + k), sum0);
      sum1 = fromArray(S, x, xAt + k + GROUP).fma(fromArray(S, y, yAt + k + GROUP), sum1);
      sum2 = fromArray(S, x, xAt + k + 2 * GROUP).fma(fromArray(S, y, yAt + k + 2 * GROUP), sum2);
      sum3 = fromArray(S, x, xAt + k + 3 * GROUP).fma(fromArray(S, y, yAt + k + 3 * GROUP), sum3);
    }
    if (k <= length - GROUP) {
      sum0 = fromArray(S, x, xAt + k).fma(fromArray(S, y, yAt + k), sum0);
      k += GROUP;
    }
    if (k <= length - GROUP) {
      sum1 = fromArray(S, x, xAt + k).fma(fromArray(S, y, yAt + k), sum1);
      k += GROUP;
    }
    if (k <= length - GROUP) {
      sum2 = fromArray(S, x, xAt + k).fma(fromArray(S, y, yAt + k), sum2);
      k += GROUP;
    }
    sum0 = sum0.add(sum1).add(sum2.add(sum3));
    sum0.intoArray(partial, 0);
    double sum = total(partial, 0);
    for (; k < length; k++) {
      sum = Math.fma(x[xAt + k], y[yAt + k], sum);
    }
    return sum;
  }
}
