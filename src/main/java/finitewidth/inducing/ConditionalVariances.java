package finitewidth.inducing;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRow;

/**
 * Greedy choice of inducing points: one after another, always the candidate whose function value
 * the points chosen so far leave most uncertain, d_x = k_xx − k_xu K_uu⁻¹ k_ux. That is the
 * pivoting of a Cholesky factorisation of the candidates' kernel, which is never formed: O(n u²)
 * time, O(n u) memory for n candidates.
 *
 * <p>Source: Fine and Scheinberg, JMLR 2 (2001) 243; as a choice of inducing points Burt, Rasmussen
 * and van der Wilk, JMLR 21 (2020) 131.
 */
public final class ConditionalVariances {
  /**
   * Candidates of which less than this fraction of the largest prior variance is open are left:
   * they would add nothing but rounding, of about 1e-16 over its root.
   */
  static final double LEAST = 1e-10;

  private ConditionalVariances() {}

  /**
   * Chooses up to {@code most} candidates.
   *
   * @param candidates n × n_0, preprocessed
   * @return their rows, in the order of the choice; fewer than {@code most} where the rest is
   *     explained by them to working precision
   */
  public static int[] choose(Architecture network, Matrix candidates, int most) {
    int n = candidates.rows();
    KernelRow kernels = KernelRow.of(network, candidates);
    double[] diagonal = new double[n];
    double largest = 0;
    double[] row = new double[n];
    for (int x = 0; x < n; x++) {
      diagonal[x] = KernelRow.variance(network, candidates, x);
      largest = Math.max(largest, diagonal[x]);
    }
    return PivotedCholesky.of(
            diagonal,
            (x, to) -> {
              kernels.follow(candidates.row(x), row, 0);
              System.arraycopy(row, 0, to, 0, n);
              to[x] = diagonal[x];
            },
            LEAST * largest,
            most)
        .pivots();
  }
}
