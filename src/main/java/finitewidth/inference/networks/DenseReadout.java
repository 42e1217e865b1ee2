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
  private final double[] solved;
  private final float[] singlePhi;
  private final float[] singleProducts;
  private final float[] singleMatrix;

  DenseReadout(NetworkProblem problem, int features) {
    super(problem, features, problem.rows());
    phi = new double[outputs * rows];
    products = new double[outputs * features];
    solved = new double[rows];
    singlePhi = new float[phi.length];
    singleProducts = new float[products.length];
    singleMatrix = new float[matrix.length];
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

  @Override
  void between(double[] f, float[] rounded, float[] out) {
    multiply(f);
    BLAS_CALLS.sgemm(
        "N",
        "N",
        rows,
        features,
        outputs,
        1f,
        SingleLayers.single(phi, singlePhi),
        rows,
        SingleLayers.single(products, singleProducts),
        outputs,
        0f,
        out,
        rows);
    invert();
    BLAS_CALLS.ssymm(
        "L",
        "L",
        rows,
        features,
        -outputs,
        SingleLayers.single(matrix, singleMatrix),
        rows,
        rounded,
        rows,
        1f,
        out,
        rows);
  }

  /** FᵀFK⁻¹ = 1 − s²K⁻¹. */
  @Override
  double slopes() {
    double sum = 0;
    for (double product : products) {
      sum += product * product;
    }
    for (int a = 0; a < rows; a++) {
      sum -= outputs * (1 - noise * matrix[a * rows + a]);
    }
    return sum;
  }

  @Override
  double lastSlope(double[] f) {
    int at = (features - 1) * rows;
    BLAS_CALLS.dsymv("L", rows, 1.0, matrix, 0, rows, f, at, 1, 0.0, solved, 0, 1);
    double sum = -outputs * BLAS_CALLS.ddot(rows, f, at, 1, solved, 0, 1);
    for (int i = 0; i < outputs; i++) {
      double product = products[(features - 1) * outputs + i];
      sum += product * product;
    }
    return sum;
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
  OutputLikelihood outputs(double[] f, StateVariances now) {
    double[] neurons = new double[matrix.length];
    BLAS_CALLS.dsyrk("L", "N", rows, features - 1, 1.0, f, rows, 0.0, neurons, rows);
    double bias = f[(features - 1) * rows];
    return new KernelSums(now, neurons, bias * bias, problem.targets(), rows);
  }

  @Override
  OneNeuron neurons(double[] f) {
    invert();
    return new DenseNeuron(rows, outputs, f, matrix, phi);
  }
}
