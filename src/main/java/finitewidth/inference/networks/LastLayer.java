package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.io.Serializable;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The last layer integrated out by sums over rows alone: with M = s²·1 + FᵀF and w = M⁻¹FᵀY, L =
 * −½(tr YᵀY − tr wᵀFᵀY)/s² − (m/2)[(P − q) log s² + log det M] − (mP/2) log 2π, as {@link
 * WoodburyReadout} has it.
 *
 * @param logLikelihood L; NaN where M is not positive definite to working precision
 * @param mean w, m × q
 * @param factor L of M = LLᵀ, q × q, column-major, lower triangle
 * @param inverse M⁻¹ likewise
 * @param noise s²
 * @param fit tr YᵀK⁻¹Y = (tr YᵀY − tr wᵀFᵀY)/s²
 * @param rows P
 */
record LastLayer(
    double logLikelihood,
    double[] mean,
    double[] factor,
    double[] inverse,
    double noise,
    double fit,
    double rows)
    implements Serializable {

  /** How many sums a network has. */
  static int count(NetworkShape shape, int outputs) {
    int q = shape.features();
    return Math.addExact(q * (q + 1) / 2, Math.multiplyExact(q, outputs));
  }

  /**
   * From sums over rows.
   *
   * @param sums those of {@link BlockWorkspace#products}, from some place on
   * @param squares tr YᵀY
   * @param rows P
   */
  static LastLayer of(
      Position position,
      LockstepProblem problem,
      double[] sums,
      int from,
      double squares,
      double rows) {
    int q = position.shape().features();
    double[] gram = new double[q * q];
    int at = from;
    for (int k = 0; k < q; k++) {
      System.arraycopy(sums, at, gram, k * q + k, q - k);
      at += q - k;
    }
    double[] cross = new double[q * problem.outputs()];
    System.arraycopy(sums, at, cross, 0, cross.length);
    StateVariances now =
        problem
            .variances(position)
            .orElseGet(() -> StateVariances.of(problem.architecture(), problem.noise()));
    return of(new FeatureSums(now, gram, cross, squares, rows));
  }

  /** From sums over rows. */
  static LastLayer of(FeatureSums sums) {
    int q = sums.features();
    int outputs = sums.outputs();
    double noise = sums.now().noise();
    double[] factor = sums.matrix();
    double[] cross = sums.cross();
    LAPACK lapack = LAPACK.getInstance();
    intW info = new intW(0);
    lapack.dpotrf("L", q, factor, q, info);
    if (info.val != 0) {
      return new LastLayer(Double.NaN, cross, factor, factor, noise, Double.NaN, sums.rows());
    }
    double[] mean = cross.clone();
    lapack.dpotrs("L", q, outputs, factor, q, mean, q, info);
    double[] inverse = factor.clone();
    lapack.dpotri("L", q, inverse, q, info);
    double logLikelihood = sums.logLikelihood(factor, mean);
    return new LastLayer(
        Double.isFinite(logLikelihood) ? logLikelihood : Double.NaN,
        mean,
        factor,
        inverse,
        noise,
        sums.fit(mean),
        sums.rows());
  }

  /**
   * The sums over rows that it was made from.
   *
   * @param now noise and variances that it was made with
   */
  FeatureSums sums(StateVariances now) {
    int q = (int) Math.round(Math.sqrt(factor.length));
    int outputs = mean.length / q;
    double[] lower = factor.clone();
    for (int k = 1; k < q; k++) {
      Arrays.fill(lower, k * q, k * q + k, 0);
    }
    double[] gram = new double[q * q];
    BLAS blas = BLAS.getInstance();
    blas.dsyrk("L", "N", q, q, 1.0, lower, q, 0.0, gram, q);
    double[] cross = new double[mean.length];
    blas.dsymm("L", "L", q, outputs, 1.0, gram, q, mean, q, 0.0, cross, q);
    double explained = 0;
    for (int i = 0; i < cross.length; i++) {
      explained += mean[i] * cross[i];
    }
    for (int k = 0; k < q; k++) {
      gram[k * q + k] -= noise;
    }
    return new FeatureSums(now, gram, cross, fit * noise + explained, rows);
  }

  boolean isFinite() {
    return Double.isFinite(logLikelihood);
  }

  /**
   * Derivatives by the logarithms of noise and variances. As FᵀY − FᵀFw = s²w, what Σ F∘dL/dF is
   * over a column k of F needs no rows: Σ_i w_ik² − m (1 − s² M⁻¹_kk).
   *
   * @param at what these are
   * @param gradient dL/dU
   */
  StateVariances slopes(
      Position position, LockstepProblem problem, StateVariances at, double[] gradient) {
    NetworkShape shape = position.shape();
    int layers = shape.layers();
    int q = shape.features();
    int outputs = problem.outputs();
    double neurons = 0;
    double bias = 0;
    for (int k = 0; k < q; k++) {
      double column = outputs * (noise * inverse[k * q + k] - 1);
      for (int i = 0; i < outputs; i++) {
        column += mean[i * q + k] * mean[i * q + k];
      }
      if (k < q - 1) {
        neurons += column;
      } else {
        bias = column;
      }
    }
    StateVariances slopes =
        new StateVariances(
            0.5 * (fit - outputs * rows - neurons - bias),
            new double[layers + 1],
            new double[layers + 1],
            new double[at.scales().length]);
    VarianceSlopes.of(shape, problem.rotation(), position.u(), gradient, slopes);
    slopes.weights()[layers] = 0.5 * neurons;
    slopes.biases()[layers] = 0.5 * bias;
    return slopes;
  }
}
