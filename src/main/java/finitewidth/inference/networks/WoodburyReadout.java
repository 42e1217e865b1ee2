package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * The last layer integrated out where it has fewer weights than there are rows: with M = s²·1 + FFᵀ
 * over the q features and w = M⁻¹FYᵀ, the mean of its weights, L = −½(tr YYᵀ − tr wᵀFYᵀ)/s² −
 * (m/2)[(P − q) log s² + log det M] − (mP/2) log 2π and dL/dF = w(Y − wᵀF)/s² − m M⁻¹F.
 */
final class WoodburyReadout extends Readout {
  private final double[] weights;
  private final double[] products;
  private final double[] residual;
  private final float[] singleWeights;
  private final float[] singleResidual;
  private final float[] singleMatrix;

  WoodburyReadout(NetworkProblem problem, int features) {
    super(problem, features, features);
    weights = new double[outputs * features];
    products = new double[outputs * features];
    residual = new double[outputs * rows];
    singleWeights = new float[weights.length];
    singleResidual = new float[residual.length];
    singleMatrix = new float[matrix.length];
  }

  @Override
  double logLikelihood(double[] f) {
    BLAS_CALLS.dsyrk("L", "T", features, rows, 1.0, f, rows, 0.0, matrix, features);
    if (!factor()) {
      return Double.NaN;
    }
    OutputProducts.features(rows, features, outputs, 1.0, f, problem.targets(), products, 0);
    System.arraycopy(products, 0, weights, 0, weights.length);
    solve(weights);
    double explained = 0;
    for (int i = 0; i < weights.length; i++) {
      explained += weights[i] * products[i];
    }
    fit = (problem.targetSquares() - explained) / noise;
    return -0.5 * (problem.targetSquares() - explained) / noise
        - 0.5 * outputs * (rows - features) * Math.log(noise)
        - outputs * halfLogDeterminant(matrix, features)
        - 0.5 * outputs * rows * Math.log(2 * Math.PI);
  }

  @Override
  void gradient(double[] f, double[] out) {
    residuals(f);
    BLAS_CALLS.dgemm(
        "N", "T", rows, features, outputs, 1.0, residual, rows, weights, features, 0.0, out, rows);
    invert();
    BLAS_CALLS.dsymm("R", "L", rows, features, -outputs, matrix, features, f, rows, 1.0, out, rows);
  }

  @Override
  void between(double[] f, float[] rounded, float[] out) {
    residuals(f);
    BLAS_CALLS.sgemm(
        "N",
        "T",
        rows,
        features,
        outputs,
        1f,
        SingleLayers.single(residual, singleResidual),
        rows,
        SingleLayers.single(weights, singleWeights),
        features,
        0f,
        out,
        rows);
    invert();
    BLAS_CALLS.ssymm(
        "R",
        "L",
        rows,
        features,
        -outputs,
        SingleLayers.single(matrix, singleMatrix),
        features,
        rounded,
        rows,
        1f,
        out,
        rows);
  }

  /** (Y − wᵀF)/s². */
  private void residuals(double[] f) {
    System.arraycopy(problem.targets(), 0, residual, 0, residual.length);
    OutputProducts.rows(rows, features, outputs, -1 / noise, f, weights, 1 / noise, residual);
  }

  /** F(Y − wᵀF)ᵀ/s² = w, and FFᵀM⁻¹ = 1 − s²M⁻¹. */
  @Override
  double slopes() {
    double sum = 0;
    for (int k = 0; k < features; k++) {
      sum += slope(k);
    }
    return sum;
  }

  @Override
  double lastSlope(double[] f) {
    return slope(features - 1);
  }

  private double slope(int feature) {
    double sum = -outputs * (1 - noise * matrix[feature * features + feature]);
    for (int i = 0; i < outputs; i++) {
      sum += weights[i * features + feature] * weights[i * features + feature];
    }
    return sum;
  }

  @Override
  LastWeights weights(double[] f) {
    return WoodburyWeights.of(features, outputs, weights.clone(), matrix.clone(), noise);
  }

  @Override
  double[] mean(double[] f) {
    return weights;
  }

  /** w + s L⁻ᵀε. */
  @Override
  void draw(double[] f, RandomStream random, double[] out) {
    double deviation = Math.sqrt(noise);
    for (int i = 0; i < weights.length; i++) {
      products[i] = deviation * random.normal();
    }
    BLAS_CALLS.dtrsm(
        "L", "L", "T", "N", features, outputs, 1.0, matrix, features, products, features);
    for (int i = 0; i < weights.length; i++) {
      out[i] = weights[i] + products[i];
    }
  }

  @Override
  OutputLikelihood outputs(double[] f, StateVariances now) {
    double[] gram = new double[matrix.length];
    BLAS_CALLS.dsyrk("L", "T", features, rows, 1.0, f, rows, 0.0, gram, features);
    double[] cross = new double[products.length];
    OutputProducts.features(rows, features, outputs, 1.0, f, problem.targets(), cross, 0);
    return new FeatureSums(now, gram, cross, problem.targetSquares(), rows);
  }

  @Override
  OneNeuron neurons(double[] f) {
    invert();
    return new WoodburyNeuron(problem, noise, features, f, matrix, weights);
  }
}
