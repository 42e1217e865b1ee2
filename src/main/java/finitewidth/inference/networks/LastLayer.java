package finitewidth.inference.networks;

import dev.ludovic.netlib.lapack.LAPACK;
import java.io.Serializable;
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
 */
record LastLayer(double logLikelihood, double[] mean, double[] factor, double[] inverse)
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
      NetworkShape shape,
      LockstepProblem problem,
      double[] sums,
      int from,
      double squares,
      double rows) {
    int q = shape.features();
    int outputs = problem.outputs();
    double noise = problem.noise();
    double[] factor = new double[q * q];
    int at = from;
    for (int k = 0; k < q; k++) {
      System.arraycopy(sums, at, factor, k * q + k, q - k);
      factor[k * q + k] += noise;
      at += q - k;
    }
    double[] cross = new double[q * outputs];
    System.arraycopy(sums, at, cross, 0, cross.length);
    LAPACK lapack = LAPACK.getInstance();
    intW info = new intW(0);
    lapack.dpotrf("L", q, factor, q, info);
    if (info.val != 0) {
      return new LastLayer(Double.NaN, cross, factor, factor);
    }
    double[] mean = cross.clone();
    lapack.dpotrs("L", q, outputs, factor, q, mean, q, info);
    double explained = 0;
    for (int i = 0; i < mean.length; i++) {
      explained += mean[i] * cross[i];
    }
    double[] inverse = factor.clone();
    lapack.dpotri("L", q, inverse, q, info);
    double logLikelihood =
        -0.5 * (squares - explained) / noise
            - 0.5 * outputs * (rows - q) * Math.log(noise)
            - outputs * Readout.halfLogDeterminant(factor, q)
            - 0.5 * outputs * rows * Math.log(2 * Math.PI);
    return new LastLayer(
        Double.isFinite(logLikelihood) ? logLikelihood : Double.NaN, mean, factor, inverse);
  }

  boolean isFinite() {
    return Double.isFinite(logLikelihood);
  }

  /** What predicts rows. */
  WoodburyWeights weights(LockstepProblem problem, NetworkShape shape) {
    return new WoodburyWeights(shape.features(), problem.outputs(), mean, factor, problem.noise());
  }
}
