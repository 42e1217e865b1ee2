package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import finitewidth.inference.work.RandomStream;
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
    multiply(f);
    BLAS_CALLS.dgemm(
        "N", "N", rows, features, outputs, 1.0, phi, rows, products, outputs, 0.0, out, rows);
    // A product with the inverse is several times faster than two solutions with the factor.
    LAPACK_CALLS.dpotri("L", rows, matrix, rows, info);
    BLAS_CALLS.dsymm("L", "L", rows, features, -outputs, matrix, rows, f, rows, 1.0, out, rows);
  }

  /** ΦFᵀ, m × q to BLAS. */
  private void multiply(double[] f) {
    BLAS_CALLS.dgemm(
        "T", "N", outputs, features, rows, 1.0, phi, rows, f, rows, 0.0, products, outputs);
  }

  @Override
  public double[] mean(double[] f) {
    multiply(f);
    double[] mean = new double[products.length];
    for (int i = 0; i < outputs; i++) {
      for (int k = 0; k < features; k++) {
        mean[i * features + k] = products[k * outputs + i];
      }
    }
    return mean;
  }

  @Override
  public LastWeights weights(double[] f) {
    double[] mean = mean(f);
    double[] explained = f.clone();
    BLAS_CALLS.dtrsm("L", "L", "N", "N", rows, features, 1.0, matrix, rows, explained, rows);
    return new DenseWeights(features, outputs, rows, mean, explained);
  }

  /** w + FK⁻¹(Y − Fᵀw − ε) of a draw w of the prior: as if it had to learn Y with noise. */
  @Override
  public void draw(double[] f, RandomStream random, double[] out) {
    for (int i = 0; i < outputs * features; i++) {
      out[i] = random.normal();
    }
    double deviation = Math.sqrt(problem.noise());
    double[] missing = problem.targets().clone();
    for (int i = 0; i < missing.length; i++) {
      missing[i] -= deviation * random.normal();
    }
    BLAS_CALLS.dgemm(
        "N", "N", rows, outputs, features, -1.0, f, 0, rows, out, 0, features, 1.0, missing, 0,
        rows);
    LAPACK_CALLS.dpotrs("L", rows, outputs, matrix, rows, missing, rows, info);
    BLAS_CALLS.dgemm(
        "T", "N", features, outputs, rows, 1.0, f, 0, rows, missing, 0, rows, 1.0, out, 0,
        features);
  }

  @Override
  public OneNeuron neurons(double[] f) {
    LAPACK_CALLS.dpotri("L", rows, matrix, rows, info);
    return new DenseNeuron(rows, outputs, f, matrix, phi);
  }
}
