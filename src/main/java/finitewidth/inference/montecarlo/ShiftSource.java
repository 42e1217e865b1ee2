package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import java.io.Serializable;
import java.util.List;

/**
 * What draws of one source layer need for shifts of kernels over the P training samples, and what
 * is known of the shifts before any draw. A draw f has the weight u = fᵀW^s f − W^s:F, W^s pulled
 * back from the output, and moves kernel t by u T_t[ffᵀ].
 *
 * @param source s
 * @param factor of K^s
 * @param formHalf the lower triangular form of W^s
 * @param formMean W^s:F
 * @param control for the weights
 * @param dressings T_t for each kernel t
 * @param exact what is known of each kernel's shift, P × P
 */
record ShiftSource(
    int source,
    PivotedCholesky factor,
    Matrix formHalf,
    double formMean,
    ChaosControl control,
    List<Dressing> dressings,
    List<Matrix> exact)
    implements Serializable {

  /** Entries of packed P × P triangles of all kernels. */
  int quantities() {
    return Math.multiplyExact(dressings.size(), triangle());
  }

  /** Entries of one of them. */
  int triangle() {
    int p = formHalf.rows();
    return Math.multiplyExact(p, p + 1) / 2;
  }
}
