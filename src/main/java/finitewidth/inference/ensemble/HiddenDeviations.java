package finitewidth.inference.ensemble;

import finitewidth.linalg.PairIndex;

/**
 * What the hidden kernels of a network deviate from K by, over pairs of training points: Ĝ^h − K,
 * and, as the network is drawn, the parts that the blocks of the layers up to h have in it to first
 * order, and its curvature in products of different blocks. Keeps nothing where hidden kernels are
 * not wanted. Belongs to one thread.
 */
final class HiddenDeviations implements NetworkDraw.Watcher {
  private final EnsembleProblem problem;
  private final NetworkDraw network;
  private final Pairs pairs;
  private final int count;

  /** [h][s][block after block of layer s ≤ h]. */
  private final double[][][] blocks;

  /** [h]. */
  private final double[][] curvature;

  HiddenDeviations(EnsembleProblem problem, NetworkDraw network) {
    this.problem = problem;
    this.network = network;
    pairs = problem.pairs();
    count = PairIndex.count(pairs.training());
    int layers = problem.quantities().kernels();
    blocks = new double[layers][][];
    for (int h = 0; h < layers; h++) {
      blocks[h] = new double[h + 1][];
      for (int s = 0; s <= h; s++) {
        blocks[h][s] = new double[network.blocks()[s].length / pairs.count() * count];
      }
    }
    curvature = new double[layers][count];
  }

  @Override
  public void drawn(int h) {
    if (h >= blocks.length) {
      return;
    }
    for (int s = 0; s <= h; s++) {
      double[] from = network.blocks()[s];
      for (int k = 0; k < from.length / pairs.count(); k++) {
        pairs.triangle(from, k * pairs.count(), blocks[h][s], k * count);
      }
    }
    pairs.triangle(network.curvature(), 0, curvature[h], 0);
  }

  /** Writes Ĝ^h − K of all layers into their places among the {@link Quantities}. */
  void values(double[] out) {
    for (int h = 0; h < blocks.length; h++) {
      int from = problem.quantities().kernel(h);
      pairs.triangle(network.kernel(h), 0, out, from);
      double[] k = problem.hiddenKernel(h);
      for (int pair = 0; pair < count; pair++) {
        out[from + pair] -= k[pair];
      }
    }
  }

  /** The parts of layer s, s ≤ h, in the kernel of layer h, block after block. */
  double[] blocks(int h, int s) {
    return blocks[h][s];
  }

  /** The second order of the kernel of layer h, without the squares of any block. */
  double[] curvature(int h) {
    return curvature[h];
  }
}
