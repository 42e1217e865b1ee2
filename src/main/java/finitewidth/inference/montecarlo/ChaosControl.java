package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import finitewidth.linalg.Products;
import finitewidth.prior.SampleFlow;
import java.io.Serializable;

/**
 * A control variate for the quadratic form fᵀBf of a layer's activations f = σ(z), z ~ N(0, K), for
 * any activation: its projection on quadratic forms of z (the second Wiener chaos), zᵀDz − tr DK,
 * where D is B pulled back through the derivative of ⟨σσ⟩.
 *
 * <p>By Gaussian integration by parts its covariance with f_af_b is 2 F'[KDK]_ab, F' being that
 * derivative, so what is subtracted draw by draw is added again exactly.
 */
final class ChaosControl implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Matrix form;
  private final Matrix formTimesKernel;
  private final Matrix half;
  private final double mean;
  private final Matrix shift;
  private final double[] diagonal;
  private final double square;

  /**
   * @param dressing of the preactivations of layer s
   * @param b weights, over pairs at the output of the dressing; zero for no control
   * @param factor of K^s
   */
  ChaosControl(SampleFlow flow, int s, Dressing dressing, Matrix b, PivotedCholesky factor) {
    Matrix k = flow.kernel(s);
    form = dressing.pullBack(b);
    formTimesKernel = Products.times(form, k);
    Matrix whitened =
        Products.transposeTimes(factor.factor(), Products.times(form, factor.factor()));
    half = Forms.half(whitened);
    mean = Forms.trace(whitened);
    Matrix sandwich = Products.times(k, formTimesKernel);
    shift = dressing.apply(sandwich);
    diagonal = new double[k.rows()];
    for (int a = 0; a < diagonal.length; a++) {
      diagonal[a] = sandwich.get(a, a);
    }
    square = 2 * Products.inner(whitened, whitened);
  }

  /** T̂[KDK] over the training samples: half of the dressed covariance with f_af_b. */
  Matrix shift() {
    return shift;
  }

  /** KDK over the training samples, of the K that this was made with. */
  Matrix sandwich(Matrix k) {
    return Products.times(k, formTimesKernel);
  }

  /** (KDK)_aa. */
  double[] diagonal() {
    return diagonal;
  }

  /** The variance of the control, 2 tr DKDK. */
  double variance() {
    return square;
  }

  /** (KDK)_xa for rows of kernels K_xR. */
  Matrix pairs(Matrix kernelRows) {
    return Products.times(kernelRows, formTimesKernel);
  }

  /** (KDK)_xx for rows of kernels K_xR. */
  double[] points(Matrix kernelRows) {
    return Forms.rowDots(Products.times(kernelRows, form), kernelRows);
  }

  /**
   * Subtracts zᵀDz − tr DK from each draw's value.
   *
   * @param g z = L g, r × draws
   * @param scratch as large as g
   */
  void subtract(Matrix g, Matrix scratch, double[] dots, double[] values) {
    System.arraycopy(g.data(), 0, scratch.data(), 0, g.data().length);
    Accumulate.lowerTimes(half, scratch);
    Forms.columnDots(g, scratch, dots);
    for (int d = 0; d < g.cols(); d++) {
      values[d] -= dots[d] - mean;
    }
  }
}
