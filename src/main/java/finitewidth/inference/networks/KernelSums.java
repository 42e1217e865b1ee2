package finitewidth.inference.networks;

import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/**
 * What the last layer's features are to rows where there are at least as many of them: their
 * kernel.
 *
 * @param now noise and variances that the features were made with
 * @param neurons FᵀF over the neurons alone, P × P, column-major, lower triangle
 * @param bias the square of the last feature
 * @param targets Yᵀ, m × P
 * @param rows P
 */
record KernelSums(StateVariances now, double[] neurons, double bias, double[] targets, int rows)
    implements OutputLikelihood {

  @Override
  public double at(StateVariances then) {
    double weight = OutputLikelihood.weights(now, then);
    double constant = OutputLikelihood.bias(now, then) * bias;
    double[] factor = new double[neurons.length];
    for (int k = 0; k < rows; k++) {
      for (int a = k; a < rows; a++) {
        factor[k * rows + a] = weight * neurons[k * rows + a] + constant;
      }
      factor[k * rows + k] += then.noise();
    }
    intW info = new intW(0);
    LAPACK lapack = LAPACK.getInstance();
    lapack.dpotrf("L", rows, factor, rows, info);
    if (info.val != 0) {
      return Double.NaN;
    }
    int outputs = targets.length / rows;
    double[] white = targets.clone();
    lapack.dtrtrs("L", "N", "N", rows, outputs, factor, rows, white, rows, info);
    double fit = 0;
    for (double one : white) {
      fit += one * one;
    }
    return -0.5 * fit
        - outputs * Readout.halfLogDeterminant(factor, rows)
        - 0.5 * outputs * rows * Math.log(2 * Math.PI);
  }
}
