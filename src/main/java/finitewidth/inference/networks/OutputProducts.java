package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * Products of features with something of each output. With one output that is a matrix with a
 * vector, which a library's product of matrices takes two to four times as long for.
 *
 * <p>Features are rows × q to BLAS, columns of outputs stand one after another.
 */
final class OutputProducts {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private OutputProducts() {}

  /**
   * αFw + βz.
   *
   * @param weights w, q × outputs
   * @param out z, rows × outputs; is overwritten
   */
  static void rows(
      int rows,
      int features,
      int outputs,
      double alpha,
      double[] f,
      double[] weights,
      double beta,
      double[] out) {
    if (outputs == 1) {
      BLAS_CALLS.dgemv("N", rows, features, alpha, f, rows, weights, 1, beta, out, 1);
    } else {
      BLAS_CALLS.dgemm(
          "N", "N", rows, outputs, features, alpha, f, rows, weights, features, beta, out, rows);
    }
  }

  /** The same in single precision. */
  static void rows(
      int rows,
      int features,
      int outputs,
      float alpha,
      float[] f,
      float[] weights,
      float beta,
      float[] out) {
    if (outputs == 1) {
      BLAS_CALLS.sgemv("N", rows, features, alpha, f, rows, weights, 1, beta, out, 1);
    } else {
      BLAS_CALLS.sgemm(
          "N", "N", rows, outputs, features, alpha, f, rows, weights, features, beta, out, rows);
    }
  }

  /**
   * αFᵀz.
   *
   * @param values z, rows × outputs
   * @param out receives it, q × outputs
   * @param to where its first number goes
   */
  static void features(
      int rows,
      int features,
      int outputs,
      double alpha,
      double[] f,
      double[] values,
      double[] out,
      int to) {
    if (outputs == 1) {
      BLAS_CALLS.dgemv("T", rows, features, alpha, f, 0, rows, values, 0, 1, 0, out, to, 1);
    } else {
      BLAS_CALLS.dgemm(
          "T", "N", features, outputs, rows, alpha, f, 0, rows, values, 0, rows, 0, out, to,
          features);
    }
  }

  /** The same in single precision. */
  static void features(
      int rows, int features, int outputs, float alpha, float[] f, float[] values, float[] out) {
    if (outputs == 1) {
      BLAS_CALLS.sgemv("T", rows, features, alpha, f, rows, values, 1, 0, out, 1);
    } else {
      BLAS_CALLS.sgemm(
          "T", "N", features, outputs, rows, alpha, f, rows, values, rows, 0, out, features);
    }
  }
}
