package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * The last layer integrated out where it has as many weights as there are rows, or more: with K =
 * FᵀF + s²·1 and Φ = YK⁻¹, L = −½ tr YΦᵀ − (m/2) log det K − (mP/2) log 2π and dL/dF = FΦᵀΦ − m
 * FK⁻¹.
 */
final class DenseReadout extends Readout {
  private final double[] phi;
  private final double[] products;

  DenseReadout(NetworkProblem problem, int features) {
    super(problem, features, problem.rows());
    phi = new double[outputs * rows];
    products = new double[outputs * features];
  }

  @Override
  double logLikelihood(double[] f) {
    BLAS_CALLS.dsyrk("L", "N", rows, features, 1.0, f, rows, 0.0, matrix, rows);
    if (!factor()) {
      return Double.NaN;
    }
    double[] targets = problem.targets();
    System.arraycopy(targets, 0, phi, 0, phi.length);
    solve(phi);
    fit = 0;
    for (int i = 0; i < phi.length; i++) {
      fit += targets[i] * phi[i];
    }
    return -0.5 * fit
        - outputs * halfLogDeterminant(matrix, rows)
        - 0.5 * outputs * rows * Math.log(2 * Math.PI);
  }

  @Override
  void gradient(double[] f, double[] out) {
    multiply(f);
    BLAS_CALLS.dgemm(
        "N", "N", rows, features, outputs, 1.0, phi, rows, products, outputs, 0.0, out, rows);
    // A product with the inverse is several times faster than two solutions with the factor.
    invert();
    BLAS_CALLS.dsymm("L", "L", rows, features, -outputs, matrix, rows, f, rows, 1.0, out, rows);
  }

  /** ΦFᵀ, m × q to BLAS. */
  private void multiply(double[] f) {
    BLAS_CALLS.dgemm(
        "T", "N", outputs, features, rows, 1.0, phi, rows, f, rows, 0.0, products, outputs);
  }

  @Override
  double[] mean(double[] f) {
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
  LastWeights weights(double[] f) {
    double[] mean = mean(f);
    double[] explained = f.clone();
    BLAS_CALLS.dtrsm("L", "L", "N", "N", rows, features, 1.0, matrix, rows, explained, rows);
    return new DenseWeights(features, outputs, rows, mean, explained);
  }

  /** w + FK⁻¹(Y − Fᵀw − ε) of a draw w of the prior: as if it had to learn Y with noise. */
  @Override
  void draw(double[] f, RandomStream random, double[] out) {
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
    solve(missing);
    BLAS_CALLS.dgemm(
        "T", "N", features, outputs, rows, 1.0, f, 0, rows, missing, 0, rows, 1.0, out, 0,
        features);
  }

  @Override
  OneNeuron neurons(double[] f) {
    invert();
    return new DenseNeuron(rows, outputs, f, matrix, phi);
  }
}
