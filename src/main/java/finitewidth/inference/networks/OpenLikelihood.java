package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.NumericsException;

/**
 * log p(Y | U, w) = −½|Y − wF|²/s² but for a constant, of hidden weights U and of given weights w
 * of the last layer, which stand behind them as one more layer. A gradient costs a small part of
 * one with w integrated out, as no matrix is factored. Between a trajectory's ends it is computed
 * in single precision.
 *
 * <p>w is reflected like the features below the last layer ({@link HiddenLayers}): its first column
 * belongs to the mean over neurons, where most of the curvature is. Works in its own arrays, for
 * one thread.
 */
final class OpenLikelihood implements Slopes {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private final NetworkProblem problem;
  private final CollapsedLikelihood collapsed;
  private final NetworkShape shape;
  private final HiddenLayers layers;
  private final SingleLayers single;
  private final int rows;
  private final int features;
  private final int outputs;
  private final int hidden;
  private final double[] readout;
  private final double[] residual;
  private final double[] feature;
  private final float[] singleTargets;
  private final float[] singleHidden;
  private final float[] singleReadout;
  private final float[] singleResidual;
  private final float[] singleFeature;
  private final float[] singleGradient;

  OpenLikelihood(NetworkProblem problem, CollapsedLikelihood collapsed) {
    this.problem = problem;
    this.collapsed = collapsed;
    outputs = problem.outputs();
    shape = collapsed.shape().withReadout(outputs);
    layers = collapsed.layers();
    single = collapsed.single();
    rows = problem.rows();
    features = collapsed.shape().features();
    hidden = collapsed.shape().weights();
    readout = new double[outputs * features];
    residual = new double[outputs * rows];
    feature = new double[Math.multiplyExact(features, rows)];
    singleTargets = SingleLayers.single(problem.targets());
    singleHidden = new float[hidden];
    singleReadout = new float[outputs * features];
    singleResidual = new float[outputs * rows];
    singleFeature = new float[features * rows];
    singleGradient = new float[Math.max(hidden, outputs * features)];
  }

  /** Of hidden weights, and of a row for each output behind them. */
  @Override
  public NetworkShape shape() {
    return shape;
  }

  /**
   * Hidden weights with a draw of the last layer's from their posterior.
   *
   * @param u hidden weights
   * @param x receives both
   */
  void open(double[] u, RandomStream random, double[] x) {
    double value = collapsed.value(u);
    if (!Double.isFinite(value)) {
      throw collapsed.noNumber(u);
    }
    System.arraycopy(u, 0, x, 0, hidden);
    collapsed.readout().draw(layers.last(), random, readout);
    System.arraycopy(readout, 0, x, hidden, readout.length);
    reflect(x, hidden);
  }

  private void reflect(double[] x, int from) {
    for (int i = 0; i < outputs; i++) {
      Reflection.reflect(x, from + i * features, features - 1);
    }
  }

  @Override
  public double gradient(double[] x, double[] out) {
    layers.forward(x, true);
    System.arraycopy(x, hidden, readout, 0, readout.length);
    reflect(readout, 0);
    double precision = 1 / problem.noise();
    System.arraycopy(problem.targets(), 0, residual, 0, residual.length);
    OutputProducts.rows(rows, features, outputs, -1.0, layers.last(), readout, 1.0, residual);
    double misfit = BLAS_CALLS.ddot(residual.length, residual, 1, residual, 1);
    OutputProducts.features(
        rows, features, outputs, precision, layers.last(), residual, out, hidden);
    reflect(out, hidden);
    BLAS_CALLS.dgemm(
        "N", "T", rows, features, outputs, precision, residual, rows, readout, features, 0.0,
        feature, rows);
    layers.backward(x, feature, out);
    return -0.5 * precision * misfit;
  }

  @Override
  public boolean between(double[] x, double[] out) {
    single.forward(SingleLayers.single(x, singleHidden));
    System.arraycopy(x, hidden, readout, 0, readout.length);
    reflect(readout, 0);
    SingleLayers.single(readout, singleReadout);
    float precision = (float) (1 / problem.noise());
    System.arraycopy(singleTargets, 0, singleResidual, 0, singleResidual.length);
    OutputProducts.rows(
        rows,
        features,
        outputs,
        -precision,
        single.last(),
        singleReadout,
        precision,
        singleResidual);
    OutputProducts.features(
        rows, features, outputs, 1f, single.last(), singleResidual, singleGradient);
    for (int i = 0; i < readout.length; i++) {
      out[hidden + i] = singleGradient[i];
    }
    reflect(out, hidden);
    BLAS_CALLS.sgemm(
        "N",
        "T",
        rows,
        features,
        outputs,
        1,
        singleResidual,
        rows,
        singleReadout,
        features,
        0,
        singleFeature,
        rows);
    single.backward(singleHidden, singleFeature, singleGradient);
    for (int i = 0; i < hidden; i++) {
      out[i] = singleGradient[i];
    }
    return Float.isFinite(singleResidual[0]);
  }

  @Override
  public NumericsException noNumber(double[] x) {
    return collapsed.noNumber(x);
  }
}
