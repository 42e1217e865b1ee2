package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * One neuron after another by K⁻¹ and Φ over the rows: with v = K⁻¹f and d = 1 − fᵀv, K₋⁻¹ = K⁻¹ +
 * vvᵀ/d and Φ₋ = Φ + v(fᵀΦ)/d; what a neuron adds is taken off likewise. Both ends of a move are
 * one update of rank two.
 */
final class DenseNeuron implements OneNeuron {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private final int rows;
  private final int outputs;
  private final double[] features;

  /** K⁻¹, lower triangle; column-major. */
  private final double[] inverse;

  private final double[] phi;
  private final double[] own;
  private final double[] v;
  private final double[] other;
  private final double[] sum;
  private final double[] h;
  private final double[] g;
  private int neuron;
  private double rest;
  private double kappa;

  DenseNeuron(int rows, int outputs, double[] features, double[] inverse, double[] phi) {
    this.rows = rows;
    this.outputs = outputs;
    this.features = features;
    this.inverse = inverse;
    this.phi = phi;
    own = new double[rows];
    v = new double[rows];
    other = new double[rows];
    sum = new double[rows];
    h = new double[outputs];
    g = new double[outputs];
  }

  @Override
  public double remove(int one) {
    neuron = one;
    System.arraycopy(features, one * rows, own, 0, rows);
    BLAS_CALLS.dsymv("L", rows, 1.0, inverse, rows, own, 1, 0.0, v, 1);
    double inside = BLAS_CALLS.ddot(rows, own, 1, v, 1);
    rest = 1 - inside;
    BLAS_CALLS.dgemv("T", rows, outputs, 1.0, phi, rows, own, 1, 0.0, h, 1);
    for (int i = 0; i < outputs; i++) {
      g[i] = h[i] / rest;
    }
    return OneNeuron.gain(inside / rest, g);
  }

  @Override
  public double at(double[] f) {
    BLAS_CALLS.dsymv("L", rows, 1.0, inverse, rows, f, 1, 0.0, other, 1);
    double across = BLAS_CALLS.ddot(rows, f, 1, v, 1);
    kappa = BLAS_CALLS.ddot(rows, f, 1, other, 1) + across * across / rest;
    BLAS_CALLS.daxpy(rows, across / rest, v, 1, other, 1);
    BLAS_CALLS.dgemv("T", rows, outputs, 1.0, phi, rows, f, 1, 0.0, g, 1);
    for (int i = 0; i < outputs; i++) {
      g[i] += across * h[i] / rest;
    }
    return OneNeuron.gain(kappa, g);
  }

  @Override
  public void insert(double[] f) {
    for (int i = 0; i < outputs; i++) {
      BLAS_CALLS.daxpy(rows, h[i] / rest, v, 0, 1, phi, i * rows, 1);
      BLAS_CALLS.daxpy(rows, -g[i] / (1 + kappa), other, 0, 1, phi, i * rows, 1);
    }
    // xxᵀ − yyᵀ = ½[(x + y)(x − y)ᵀ + (x − y)(x + y)ᵀ] passes over the matrix once.
    double before = 1 / Math.sqrt(rest);
    double after = 1 / Math.sqrt(1 + kappa);
    for (int a = 0; a < rows; a++) {
      double x = before * v[a];
      double y = after * other[a];
      sum[a] = x + y;
      other[a] = x - y;
    }
    BLAS_CALLS.dsyr2("L", rows, 0.5, sum, 1, other, 1, inverse, rows);
    System.arraycopy(f, 0, features, neuron * rows, rows);
  }

  /** It was taken out in words only. */
  @Override
  public void putBack() {}
}
