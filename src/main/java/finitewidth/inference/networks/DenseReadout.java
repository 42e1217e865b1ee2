package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/**
 * The last layer integrated out where it has as many weights as there are rows, or more: with K =
 * FᵀF + s²·1 and Φ = YK⁻¹, L = −½ tr YΦᵀ − (m/2) log det K − (mP/2) log 2π and dL/dF = FΦᵀΦ − m
 * FK⁻¹.
 */
final class DenseReadout implements Readout {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();
  private static final LAPACK LAPACK_CALLS = LAPACK.getInstance();

  private final NetworkProblem problem;
  private final int rows;
  private final int features;
  private final int outputs;

  /** K, then its factor, column-major; then K⁻¹ where it was asked for. */
  private final double[] matrix;

  private final double[] phi;
  private final double[] products;
  private final intW info = new intW(0);
  private double noise;
  private double fit;

  DenseReadout(NetworkProblem problem, int features) {
    this.problem = problem;
    this.features = features;
    rows = problem.rows();
    outputs = problem.outputs();
    noise = problem.noise();
    matrix = new double[Math.multiplyExact(rows, rows)];
    phi = new double[outputs * rows];
    products = new double[outputs * features];
  }

  @Override
  public void noise(double variance) {
    noise = variance;
  }

  @Override
  public double dataFit() {
    return fit;
  }

  @Override
  public double logLikelihood(double[] f) {
    BLAS_CALLS.dsyrk("L", "N", rows, features, 1.0, f, rows, 0.0, matrix, rows);
    for (int a = 0; a < rows; a++) {
      matrix[a * rows + a] += noise;
    }
    LAPACK_CALLS.dpotrf("L", rows, matrix, rows, info);
    if (info.val != 0) {
      return Double.NaN;
    }
    double[] targets = problem.targets();
    System.arraycopy(targets, 0, phi, 0, phi.length);
    LAPACK_CALLS.dpotrs("L", rows, outputs, matrix, rows, phi, rows, info);
    fit = 0;
    for (int i = 0; i < phi.length; i++) {
      fit += targets[i] * phi[i];
    }
    return -0.5 * fit
        - outputs * Readout.halfLogDeterminant(matrix, rows)
        - 0.5 * outputs * rows * Math.log(2 * Math.PI);
  }

  @Override
  public void gradient(double[] f, double[] out) {
    System.arraycopy(f, 0, out, 0, features * rows);
    LAPACK_CALLS.dpotrs("L", rows, features, matrix, rows, out, rows, info);
    multiply(f);
    BLAS_CALLS.dgemm(
        "N", "N", rows, features, outputs, 1.0, phi, rows, products, outputs, -outputs, out, rows);
  }

  /** ΦFᵀ, m × q to BLAS. */
  private void multiply(double[] f) {
    BLAS_CALLS.dgemm(
        "T", "N", outputs, features, rows, 1.0, phi, rows, f, rows, 0.0, products, outputs);
  }

  @Override
  public LastWeights weights(double[] f) {
    multiply(f);
    double[] mean = new double[products.length];
    for (int i = 0; i < outputs; i++) {
      for (int k = 0; k < features; k++) {
        mean[i * features + k] = products[k * outputs + i];
      }
    }
    double[] explained = f.clone();
    BLAS_CALLS.dtrsm("L", "L", "N", "N", rows, features, 1.0, matrix, rows, explained, rows);
    return new DenseWeights(features, outputs, rows, mean, explained);
  }

  @Override
  public OneNeuron neurons(double[] f) {
    LAPACK_CALLS.dpotri("L", rows, matrix, rows, info);
    return new DenseNeuron(rows, outputs, f, matrix, phi);
  }
}
