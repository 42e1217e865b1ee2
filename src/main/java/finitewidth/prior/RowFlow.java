package finitewidth.prior;

import finitewidth.gaussian.TwoPointRow;
import java.util.Arrays;

/**
 * Pairs of one sample x with a run of samples r on their way through all layers: kernel recursion,
 * single steps D and their composition T (docs/theory.md#unrolled-form). Reused from run to run;
 * belongs to one thread.
 *
 * <p>D_xr[X] = P_xr X_xr + Q_xr X_xx + Q_rx X_rr carries first-order changes from one layer to the
 * next; T^s, the composition of the steps above hidden layer s, has the same shape, with P' = P·p
 * and Q'_xr = P_xr q_xr + Q_xr p_xx. A pair needs no other pair, so it has the same bits in any
 * run. O(H) a pair.
 *
 * <p>Accessors return scratch arrays in which the pairs of the run come first.
 */
final class RowFlow {
  private final Architecture architecture;
  private final InputKernel input;
  private final int hidden;
  private final TwoPointRow[] maps;

  /** K and the distance of each layer, the output included; below it those of {@link #maps}. */
  private final double[][] kernel;

  private final double[][] separation;
  private final double[][] stepP;
  private final double[][] stepQx;
  private final double[][] stepQr;
  private final double[][] p;
  private final double[][] qx;
  private final double[][] qr;

  /**
   * @param features n_0
   * @param curvature whether {@link #map} is to hold second derivatives
   */
  RowFlow(Architecture architecture, int features, boolean curvature) {
    this.architecture = architecture;
    input = new InputKernel(architecture, features);
    hidden = architecture.hiddenLayers();
    maps = new TwoPointRow[hidden];
    Arrays.setAll(maps, h -> new TwoPointRow(SampleRun.LENGTH, curvature));
    kernel = new double[hidden + 1][];
    separation = new double[hidden + 1][];
    for (int h = 0; h < hidden; h++) {
      kernel[h] = maps[h].k12;
      separation[h] = maps[h].separation;
    }
    kernel[hidden] = new double[SampleRun.LENGTH];
    separation[hidden] = new double[SampleRun.LENGTH];
    stepP = new double[hidden][SampleRun.LENGTH];
    stepQx = new double[hidden][SampleRun.LENGTH];
    stepQr = new double[hidden][SampleRun.LENGTH];
    p = new double[hidden][SampleRun.LENGTH];
    qx = new double[hidden][SampleRun.LENGTH];
    qr = new double[hidden][SampleRun.LENGTH];
  }

  /**
   * Follows x with the first samples of a run, from the first layer to the output.
   *
   * @param point x on its own
   * @param features those of x start at {@code offset}
   * @param count samples of the run
   */
  void follow(PointFlow point, double[] features, int offset, SampleRun run, int count) {
    follow(point, features, offset, run, count, false);
    for (int h = 0; h < hidden; h++) {
      TwoPointRow map = maps[h];
      double weight = architecture.weightVariance(h + 1);
      affine(0, weight, map.dc, stepP[h], count);
      affine(0, weight, map.d1, stepQx[h], count);
      affine(0, weight, map.d2, stepQr[h], count);
    }
    compose(point, run, count);
  }

  /** The same for kernels and distances alone: steps and their composition are left as they are. */
  void followKernels(PointFlow point, double[] features, int offset, SampleRun run, int count) {
    follow(point, features, offset, run, count, true);
  }

  /** The same for kernels and what {@link #map} holds, of which derivatives can be made. */
  void followMaps(PointFlow point, double[] features, int offset, SampleRun run, int count) {
    follow(point, features, offset, run, count, false);
  }

  private void follow(
      PointFlow point,
      double[] features,
      int offset,
      SampleRun run,
      int count,
      boolean kernelsAlone) {
    input.row(features, offset, run, count, kernel[0], separation[0]);
    for (int h = 0; h < hidden; h++) {
      TwoPointRow map = maps[h];
      map.k11 = point.kernel(h);
      System.arraycopy(run.kernel(h), 0, map.k22, 0, count);
      if (kernelsAlone) {
        architecture.activation().means(map, count);
      } else {
        architecture.activation().twoPoint(map, count);
      }
      double bias = architecture.biasVariance(h + 1);
      double weight = architecture.weightVariance(h + 1);
      affine(bias, weight, map.mean, kernel[h + 1], count);
      affine(0, weight, map.distance, separation[h + 1], count);
    }
  }

  private static void affine(double bias, double weight, double[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = bias + weight * from[i];
    }
  }

  private void compose(PointFlow point, SampleRun run, int count) {
    for (int s = hidden - 1; s >= 0; s--) {
      if (s == hidden - 1) {
        Arrays.fill(p[s], 0, count, 1);
        Arrays.fill(qx[s], 0, count, 0);
        Arrays.fill(qr[s], 0, count, 0);
      } else {
        int above = s + 1;
        times(p[above], stepP[above], p[s], count);
        times(p[above], stepQx[above], qx[s], count);
        times(p[above], stepQr[above], qr[s], count);
        addTimes(qx[above], point.step(above), qx[s], count);
        addTimes(qr[above], run.step(above), qr[s], count);
      }
    }
  }

  private static void times(double[] x, double[] y, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = x[i] * y[i];
    }
  }

  private static void addTimes(double[] x, double factor, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] += x[i] * factor;
    }
  }

  private static void addTimes(double[] x, double[] y, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] += x[i] * y[i];
    }
  }

  /** K_xr of layer l, l = 0 … H. */
  double[] kernel(int l) {
    return kernel[l];
  }

  /** ⟨(z_x − z_r)²⟩ in layer l, without cancellation. */
  double[] separation(int l) {
    return separation[l];
  }

  /** F_xr = ⟨σ_xσ_r⟩ in hidden layer h. */
  double[] moment(int h) {
    return maps[h].mean;
  }

  /** P_xr of T^s. */
  double[] p(int s) {
    return p[s];
  }

  /** Q_xr of T^s, the weight of X_xx. */
  double[] qx(int s) {
    return qx[s];
  }

  /** Q_rx of T^s, the weight of X_rr. */
  double[] qr(int s) {
    return qr[s];
  }

  /** The two-point function of hidden layer h. */
  TwoPointRow map(int h) {
    return maps[h];
  }

  /** D_xr[X] of the single step from hidden layer h, for pair i of the run. */
  double step(int h, int i, double xr, double xx, double rr) {
    return stepP[h][i] * xr + stepQx[h][i] * xx + stepQr[h][i] * rr;
  }
}
