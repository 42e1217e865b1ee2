package finitewidth.inference.ensemble;

import java.util.Arrays;

/**
 * Builds up the expansion of the weighted {@link Quantities} in the deviations X_k of independent
 * blocks, block by block, from products of <em>different</em> blocks only. Each X_k has zero mean
 * given those before it, so every such product has zero mean, exactly.
 *
 * <p>With ℓ = ½ tr BX, and x̃ = x − w_x·R, first order is ℓ, X_x̃φ, X_x̃x̃; second order, for pairs
 * of blocks, is what is bilinear in
 *
 * <pre>
 * weight ½ℓ² − ½ Σ_i φ_iᵀX A⁻¹X φ_i + (m/4) tr(A⁻¹X A⁻¹X),
 * mean   ℓ X_x̃φ_i − (X A⁻¹X)_x̃φ_i,
 * square ℓ X_x̃x̃ − (X A⁻¹X)_x̃x̃ + (X_x̃φ_i)².
 * </pre>
 *
 * <p>A dressed chain multiplies these with ℓ of any number of further blocks, as exp ℓ does, whose
 * size grows with the number of training rows as nothing else does. O(P² + T P) a block.
 */
final class BlockChain {
  private final Quantities quantities;
  private final double dressed;
  private final int p;

  /** Sums of ℓ, X_x̃φ, X_x̃x̃, in the places of the quantities. */
  private final double[] first;

  private final double[] higher;

  /** Sums of X A⁻¹, Xφ, A⁻¹Xφ and X_x̃R, dressed if the chain is. */
  private final double[] turned;

  private final double[] onPhi;
  private final double[] inverseOnPhi;
  private final double[] across;

  BlockChain(EnsembleProblem problem, boolean dressed) {
    quantities = problem.quantities();
    this.dressed = dressed ? 1 : 0;
    p = problem.training();
    first = new double[quantities.count()];
    higher = new double[quantities.count()];
    turned = new double[p * p];
    onPhi = new double[p * problem.outputs()];
    inverseOnPhi = new double[p * problem.outputs()];
    across = new double[problem.tests() * p];
  }

  /** No blocks. */
  void clear() {
    for (double[] sums : new double[][] {first, higher, turned, onPhi, inverseOnPhi, across}) {
      Arrays.fill(sums, 0);
    }
  }

  /** The first order of the blocks so far. */
  double[] first() {
    return first;
  }

  /** The second order of pairs of blocks; all higher orders that there are, if dressed. */
  double[] higher() {
    return higher;
  }

  /** Takes in the k-th of some projected blocks. */
  void take(Projections blocks, int k) {
    double l = blocks.weight[k];
    double factor = 1 + dressed * l;
    double weight = first[Quantities.WEIGHT] + dressed * higher[Quantities.WEIGHT];
    double[] g = blocks.inverseOnPhi[k];
    int outputs = quantities.outputs();
    for (int x = 0; x < quantities.tests(); x++) {
      int own = (k * quantities.tests() + x) * p;
      double twice = dot(blocks.acrossInverse(), own, across, x * p, p);
      for (int i = 0; i < outputs; i++) {
        int square = quantities.square(x, i);
        int mean = quantities.mean(x, i);
        double shift = blocks.mean[k][x * outputs + i];
        double through = 0;
        for (int a = 0; a < p; a++) {
          through +=
              across[x * p + a] * g[a * outputs + i]
                  + blocks.across()[own + a] * inverseOnPhi[a * outputs + i];
        }
        higher[square] =
            factor * higher[square]
                + l * first[square]
                + weight * blocks.variance[k][x]
                + 2 * (first[mean] + dressed * higher[mean]) * shift
                - 2 * twice;
        first[square] += blocks.variance[k][x];
        higher[mean] = factor * higher[mean] + l * first[mean] + weight * shift - through;
        first[mean] += shift;
      }
    }
    double pair = 0.5 * outputs * trace(turned, blocks.turned[k]) - dot(onPhi, 0, g, 0, g.length);
    higher[Quantities.WEIGHT] =
        factor * higher[Quantities.WEIGHT] + l * first[Quantities.WEIGHT] + pair;
    first[Quantities.WEIGHT] += l;
    double share = 1 + dressed * weight;
    add(factor, turned, share, blocks.turned[k], 0);
    add(factor, onPhi, share, blocks.onPhi[k], 0);
    add(factor, inverseOnPhi, share, g, 0);
    add(factor, across, share, blocks.across(), k * across.length);
  }

  private static void add(double factor, double[] sums, double share, double[] x, int from) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = factor * sums[i] + share * x[from + i];
    }
  }

  /** tr AB. */
  private double trace(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        sum += a[i * p + j] * b[j * p + i];
      }
    }
    return sum;
  }

  private static double dot(double[] x, int xAt, double[] y, int yAt, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += x[xAt + i] * y[yAt + i];
    }
    return sum;
  }
}
