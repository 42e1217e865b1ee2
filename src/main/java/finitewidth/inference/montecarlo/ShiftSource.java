package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import java.io.Serializable;
import java.util.List;

/**
 * What draws of one source layer need for shifts of kernels over k of the training samples, and
 * what is known of the shifts before any draw. A draw f has the weight u = fᵀW^s f − W^s:F, W^s
 * pulled back from the output, and moves kernel t by u T_t[ffᵀ].
 *
 * @param source s
 * @param factor of K^s
 * @param formHalf the lower triangular form of W^s
 * @param formMean W^s:F
 * @param control for the weights
 * @param samples those that are wanted, k
 * @param dressings T_t over them for each kernel t
 * @param exact what is known of each kernel's shift, k × k
 * @param cross of inner layers, whether E[H A⁻¹ H] is to be subtracted; null where it is not, as
 *     {@code Optional} cannot be serialised
 */
record ShiftSource(
    int source,
    PivotedCholesky factor,
    Matrix formHalf,
    double formMean,
    ChaosControl control,
    int[] samples,
    List<Dressing> dressings,
    List<Matrix> exact,
    Cross cross)
    implements Serializable {

  /**
   * Rows of the samples that are wanted in what probes are contracted with, k × P.
   *
   * @param p P
   * @param q Q
   * @param transposed Qᵀ
   * @param meanField P∘F
   * @param moment F_aa of all samples
   * @param inverseFactor L⁻¹ of A = L Lᵀ
   */
  record Cross(
      Matrix p,
      Matrix q,
      Matrix transposed,
      Matrix meanField,
      double[] moment,
      Matrix inverseFactor)
      implements Serializable {}

  /** Entries of packed k × k triangles of all kernels. */
  int quantities() {
    return Math.multiplyExact(dressings.size(), triangle());
  }

  /** Entries of one of them. */
  int triangle() {
    int k = samples.length;
    return Math.multiplyExact(k, k + 1) / 2;
  }

  /** Chosen rows and columns of a square matrix. */
  static Matrix chosen(Matrix all, int[] samples) {
    Matrix some = Matrix.zeros(samples.length, samples.length);
    for (int i = 0; i < samples.length; i++) {
      for (int j = 0; j < samples.length; j++) {
        some.set(i, j, all.get(samples[i], samples[j]));
      }
    }
    return some;
  }

  /** Chosen rows of a matrix. */
  static Matrix chosenRows(Matrix all, int[] samples) {
    int n = all.cols();
    Matrix some = Matrix.zeros(samples.length, n);
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(all.data(), samples[i] * n, some.data(), i * n, n);
    }
    return some;
  }
}
