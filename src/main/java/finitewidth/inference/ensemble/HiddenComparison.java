package finitewidth.inference.ensemble;

import finitewidth.inference.comparison.Distance;
import finitewidth.inference.comparison.Jackknife;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.Widths;

/**
 * Distances of a hidden layer's corrected kernel, K + S and what the data add, and of K from the
 * exact posterior mean: root mean squares over all pairs of training points, in units of the root
 * mean square of K.
 *
 * @param layer the hidden layer, 0 … H − 1
 * @param corrected the remainder
 * @param nngp what the correction is there to remove
 */
public record HiddenComparison(int layer, Distance corrected, Distance nngp) {

  /**
   * @param kernel to first order
   * @param widths of the networks that were drawn
   */
  public static HiddenComparison of(EnsembleEstimate exact, HiddenKernel kernel, Widths widths) {
    Quantities quantities = exact.problem().quantities();
    int p = quantities.training();
    int layer = kernel.layer();
    double[] first = new double[quantities.pairs()];
    for (int a = 0, pair = 0; a < p; a++) {
      for (int b = 0; b <= a; b++, pair++) {
        first[pair] = kernel.priorShift(widths, a, b) + kernel.posteriorShift(widths, a, b);
      }
    }
    double[] none = new double[first.length];
    double unit = meanSquare(exact.problem().hiddenKernel(layer), none, p);
    Jackknife squares =
        Jackknife.of(
            exact.means().controlled(),
            average -> {
              double[] truth = HiddenEstimate.shift(quantities, average, layer);
              return new double[] {
                meanSquare(truth, first, p) / unit, meanSquare(truth, none, p) / unit
              };
            });
    return new HiddenComparison(layer, distance(squares, 0), distance(squares, 1));
  }

  private static Distance distance(Jackknife squares, int at) {
    return new Distance(squares.unbiased()[at], squares.error()[at]);
  }

  /** Over all P² pairs: those of different points count twice. */
  private static double meanSquare(double[] x, double[] y, int p) {
    double sum = 0;
    for (int a = 0, pair = 0; a < p; a++) {
      for (int b = 0; b <= a; b++, pair++) {
        double difference = x[pair] - y[pair];
        sum += (a == b ? 1 : 2) * difference * difference;
      }
    }
    return sum / p / p;
  }
}
