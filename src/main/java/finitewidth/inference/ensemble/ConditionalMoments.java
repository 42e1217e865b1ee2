package finitewidth.inference.ensemble;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;

/**
 * F_ab = ⟨σ_aσ_b⟩ of a layer's field given the layers below it, of which the draw has made the
 * kernel: what products of a layer's neurons are on average, exactly. Belongs to one thread.
 */
final class ConditionalMoments {
  private final Activation activation;
  private final Pairs pairs;
  private final TwoPointRow row;
  private final OnePoint one = new OnePoint();

  ConditionalMoments(Activation activation, Pairs pairs) {
    this.activation = activation;
    this.pairs = pairs;
    row = new TwoPointRow(pairs.training(), false);
  }

  /**
   * @param root R with R·Rᵀ = K over all points, M × r: distances come from it without cancellation
   * @param kernel K on the pairs
   * @param out receives F on the pairs
   */
  void compute(Matrix root, double[] kernel, double[] out) {
    int p = pairs.training();
    for (int a = 0; a < pairs.points(); a++) {
      // A training point's pairs with those before it are mirrored.
      int count = Math.min(a, p);
      row.k11 = kernel[pairs.own(a)];
      for (int b = 0; b < count; b++) {
        row.k22[b] = kernel[pairs.own(b)];
        row.k12[b] = kernel[pairs.at(a, b)];
        row.separation[b] = separation(root, a, b);
      }
      activation.twoPoint(row, count);
      System.arraycopy(row.mean, 0, out, pairs.at(a, 0), count);
      for (int b = 0; a < p && b < count; b++) {
        out[pairs.at(b, a)] = row.mean[b];
      }
      activation.onePoint(row.k11, one);
      out[pairs.own(a)] = one.mean;
    }
  }

  private static double separation(Matrix root, int a, int b) {
    double[] data = root.data();
    int r = root.cols();
    double sum = 0;
    for (int k = 0; k < r; k++) {
      double difference = data[a * r + k] - data[b * r + k];
      sum += difference * difference;
    }
    return sum;
  }
}
