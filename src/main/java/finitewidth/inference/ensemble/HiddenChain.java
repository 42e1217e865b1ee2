package finitewidth.inference.ensemble;

import java.util.Arrays;

/**
 * The control variates of weighted hidden kernels w(Ĝ^h − K), built up block by block as {@link
 * BlockChain} builds those of the posterior, from products of <em>different</em> blocks only, whose
 * means are exactly zero at any width.
 *
 * <p>With X_k the part of block k in Ĝ^h − K, which is zero for blocks of layers above h, and ℓ_k
 * that in the weight's exponent: 1 first order Σ X_k; 2 second order Σ ℓ_jX_k over j ≠ k, and the
 * curvature of the layers between; 3 what further blocks make of it, Σ X_k [Π_{j≠k} (1 + ℓ_j) − 1]
 * less the second order, the weight of the blocks before being that of the dressed chain. O(P² H) a
 * block. Does nothing where hidden kernels are not wanted.
 */
final class HiddenChain {
  private final Quantities quantities;
  private final HiddenDeviations deviations;

  /** [h][pair]: sums of X_k; of ℓ_jX_k; of all orders from the second on. */
  private final double[][] first;

  private final double[][] second;
  private final double[][] higher;

  HiddenChain(EnsembleProblem problem, HiddenDeviations deviations) {
    quantities = problem.quantities();
    this.deviations = deviations;
    first = new double[quantities.kernels()][quantities.pairs()];
    second = new double[quantities.kernels()][quantities.pairs()];
    higher = new double[quantities.kernels()][quantities.pairs()];
  }

  /** No blocks. */
  void clear() {
    for (int h = 0; h < first.length; h++) {
      Arrays.fill(first[h], 0);
      Arrays.fill(second[h], 0);
      Arrays.fill(higher[h], 0);
    }
  }

  /**
   * Takes in a block, before the chains of the posterior do.
   *
   * @param s its layer
   * @param k its number there
   * @param l ℓ of it
   */
  void take(int s, int k, double l, BlockChain plain, BlockChain dressed) {
    double exponent = plain.first()[Quantities.WEIGHT];
    double weight = dressed.first()[Quantities.WEIGHT] + dressed.higher()[Quantities.WEIGHT];
    for (int h = 0; h < first.length; h++) {
      double[] sum = first[h];
      double[] two = second[h];
      double[] all = higher[h];
      for (int pair = 0; pair < sum.length; pair++) {
        two[pair] += l * sum[pair];
        all[pair] += l * (all[pair] + sum[pair]);
      }
      if (s <= h) {
        double[] x = deviations.blocks(h, s);
        for (int pair = 0, at = k * sum.length; pair < sum.length; pair++, at++) {
          two[pair] += exponent * x[at];
          all[pair] += weight * x[at];
          sum[pair] += x[at];
        }
      }
    }
  }

  /** Writes the controls into their places. */
  void controls(double[][] control) {
    for (int h = 0; h < first.length; h++) {
      double[] curvature = deviations.curvature(h);
      for (int pair = 0, at = quantities.kernel(h); pair < curvature.length; pair++, at++) {
        control[0][at] = first[h][pair];
        control[1][at] = second[h][pair] + curvature[pair];
        control[2][at] = higher[h][pair] - second[h][pair];
      }
    }
  }
}
