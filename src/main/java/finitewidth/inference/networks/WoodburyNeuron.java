package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;

/**
 * One neuron after another by M⁻¹ and w over the features. With c the neuron's column of M⁻¹, N =
 * M⁻¹ − ccᵀ/c_i and w₋ = w − c w_i/c_i are those without it; with r = F₋f, t = Nr and κ = (fᵀf −
 * rᵀt)/s², D = s²(1 + κ) puts it back: M⁻¹_ii = 1/D, M⁻¹_i = −t/D, M⁻¹ = N + ttᵀ/D, w_i = g s²/D
 * and w = w₋ − t w_i.
 *
 * <p>F times all likely features is known when a block begins, but for the neurons of the block
 * that have moved since.
 */
final class WoodburyNeuron implements OneNeuron {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();
  private static final int FEW = 100;

  private final int rows;
  private final int size;
  private final int outputs;
  private final double noise;
  private final double[] targets;
  private final double[] features;

  /** M⁻¹, lower triangle, column-major; a row and a column of zeros for the neuron that is out. */
  private final double[] inverse;

  private final double[] weights;
  private final double[] column;
  private final double[] r;
  private final double[] t;
  private final double[] g;
  private final double[] taken;

  /** F times what the block began with. */
  private double[] products = new double[0];

  private double[] likely = new double[0];

  /** Y times them. */
  private double[] targetProducts = new double[0];

  private int neuron;
  private double kappa;

  /** The features that were asked for last. */
  private double[] asked = new double[0];

  private int askedAt;

  WoodburyNeuron(
      NetworkProblem problem,
      double noise,
      int size,
      double[] features,
      double[] inverse,
      double[] weights) {
    this.size = size;
    this.features = features;
    this.inverse = inverse;
    this.weights = weights;
    rows = problem.rows();
    outputs = problem.outputs();
    this.noise = noise;
    targets = problem.targets();
    column = new double[size];
    r = new double[size];
    t = new double[size];
    g = new double[outputs];
    taken = new double[outputs];
  }

  @Override
  public void begin(int first, int count, double[] places, int made) {
    likely = places;
    if (products.length < made * size) {
      products = new double[made * size];
      targetProducts = new double[made * outputs];
    }
    BLAS_CALLS.dgemm(
        "T", "N", size, made, rows, 1.0, features, rows, places, rows, 0.0, products, size);
    BLAS_CALLS.dgemm(
        "T",
        "N",
        outputs,
        made,
        rows,
        1.0,
        targets,
        rows,
        places,
        rows,
        0.0,
        targetProducts,
        outputs);
  }

  @Override
  public double remove(int one) {
    neuron = one;
    for (int k = 0; k < one; k++) {
      column[k] = inverse[k * size + one];
    }
    System.arraycopy(inverse, one * size + one, column, one, size - one);
    double own = column[one];
    BLAS_CALLS.dsyr("L", size, -1 / own, column, 1, inverse, size);
    zero();
    for (int i = 0; i < outputs; i++) {
      double w = weights[i * size + one];
      taken[i] = w;
      g[i] = w / (own * noise);
      BLAS_CALLS.daxpy(size, -w / own, column, 0, 1, weights, i * size, 1);
      weights[i * size + one] = 0;
    }
    // 1/own = s²(1 + κ).
    return OneNeuron.gain(1 / (own * noise) - 1, g);
  }

  private void zero() {
    for (int k = 0; k < neuron; k++) {
      inverse[k * size + neuron] = 0;
    }
    Arrays.fill(inverse, neuron * size + neuron, (neuron + 1) * size, 0);
  }

  @Override
  public double atPlace(int place) {
    asked = likely;
    askedAt = place * rows;
    System.arraycopy(products, place * size, r, 0, size);
    System.arraycopy(targetProducts, place * outputs, g, 0, outputs);
    return atAsked();
  }

  @Override
  public double at(double[] f) {
    asked = f;
    askedAt = 0;
    BLAS_CALLS.dgemv("T", rows, size, 1.0, features, rows, f, 1, 0.0, r, 1);
    BLAS_CALLS.dgemv("T", rows, outputs, 1.0, targets, rows, f, 1, 0.0, g, 1);
    return atAsked();
  }

  private double atAsked() {
    r[neuron] = 0;
    BLAS_CALLS.dsymv("L", size, 1.0, inverse, size, r, 1, 0.0, t, 1);
    double own = BLAS_CALLS.ddot(rows, asked, askedAt, 1, asked, askedAt, 1);
    kappa = (own - dot(t, 0)) / noise;
    for (int i = 0; i < outputs; i++) {
      g[i] = (g[i] - dot(weights, i * size)) / noise;
    }
    return OneNeuron.gain(kappa, g);
  }

  /** With r; a call of BLAS takes longer where there are few features. */
  private double dot(double[] other, int at) {
    if (size > FEW) {
      return BLAS_CALLS.ddot(size, r, 0, 1, other, at, 1);
    }
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += r[k] * other[at + k];
    }
    return sum;
  }

  @Override
  public void insert(Places later) {
    double determinant = noise * (1 + kappa);
    BLAS_CALLS.dsyr("L", size, 1 / determinant, t, 1, inverse, size);
    for (int k = 0; k < neuron; k++) {
      inverse[k * size + neuron] = -t[k] / determinant;
    }
    for (int k = neuron + 1; k < size; k++) {
      inverse[neuron * size + k] = -t[k] / determinant;
    }
    inverse[neuron * size + neuron] = 1 / determinant;
    for (int i = 0; i < outputs; i++) {
      double w = g[i] / (1 + kappa);
      BLAS_CALLS.daxpy(size, -w, t, 0, 1, weights, i * size, 1);
      weights[i * size + neuron] = w;
    }
    System.arraycopy(asked, askedAt, features, neuron * rows, rows);
    int places = later.to() - later.from();
    if (places > 0) {
      BLAS_CALLS.dgemv(
          "T",
          rows,
          places,
          1.0,
          likely,
          later.from() * rows,
          rows,
          asked,
          askedAt,
          1,
          0.0,
          products,
          later.from() * size + neuron,
          size);
    }
  }

  @Override
  public void putBack() {
    double own = column[neuron];
    BLAS_CALLS.dsyr("L", size, 1 / own, column, 1, inverse, size);
    for (int k = 0; k < neuron; k++) {
      inverse[k * size + neuron] = column[k];
    }
    System.arraycopy(column, neuron, inverse, neuron * size + neuron, size - neuron);
    for (int i = 0; i < outputs; i++) {
      BLAS_CALLS.daxpy(size, taken[i] / own, column, 0, 1, weights, i * size, 1);
      weights[i * size + neuron] = taken[i];
    }
  }

  /** M⁻¹ and w have been kept up to date. */
  @Override
  public void end() {}
}
