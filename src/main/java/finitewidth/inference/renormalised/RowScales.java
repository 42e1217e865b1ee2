package finitewidth.inference.renormalised;

import finitewidth.inference.scale.ScaleMixture;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.ScaleTable;
import finitewidth.inference.scale.Whitened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the scale of every network makes of a row. The Gaussians at given scales are the same for
 * all networks, so they are computed once for a row, at all scales that any network asks for.
 * Shared by threads.
 */
final class RowScales {
  private final ScaleTable table;
  private final List<OfNetwork> networks;

  private RowScales(ScaleTable table, List<OfNetwork> networks) {
    this.table = table;
    this.networks = networks;
  }

  /** Makes the mixture of one network from a row's Gaussians by scale. */
  @FunctionalInterface
  private interface OfNetwork {
    ScaleMixture of(double[][] gaussians);
  }

  /**
   * Of these networks.
   *
   * @param at the basis at the prior's own scale
   */
  static RowScales of(Whitened at, List<AtNetwork> networks) {
    if (at.outputs() == 1) {
      return ofNumbers(at, networks.stream().map(each -> (ScalePosterior) each.scale()).toList());
    }
    return ofMatrices(at, networks.stream().map(each -> (MatrixScale) each.scale()).toList());
  }

  private static RowScales ofNumbers(Whitened at, List<ScalePosterior> scales) {
    Map<Double, Integer> numbers = new HashMap<>();
    List<Double> values = new ArrayList<>();
    List<OfNetwork> networks = new ArrayList<>();
    for (ScalePosterior scale : scales) {
      int[] nodes = new int[scale.scales().length];
      for (int k = 0; k < nodes.length; k++) {
        double value = scale.scales()[k];
        nodes[k] =
            numbers.computeIfAbsent(
                value,
                any -> {
                  values.add(value);
                  return values.size() - 1;
                });
      }
      networks.add(gaussians -> mixture(gaussians, nodes, scale.weights()));
    }
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new RowScales(ScaleTable.of(at, all), networks);
  }

  private static ScaleMixture mixture(double[][] gaussians, int[] nodes, double[] weights) {
    double[][] means = new double[1][nodes.length];
    double[][] variances = new double[1][nodes.length];
    for (int k = 0; k < nodes.length; k++) {
      means[0][k] = gaussians[nodes[k]][0];
      variances[0][k] = gaussians[nodes[k]][1];
    }
    return ScaleMixture.of(means, variances, weights, 1);
  }

  private static RowScales ofMatrices(Whitened at, List<MatrixScale> scales) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (MatrixScale scale : scales) {
      double[] range = scale.range();
      least = Math.min(least, range[0]);
      largest = Math.max(largest, range[1]);
    }
    LogGrid grid = LogGrid.around(least, largest);
    List<OfNetwork> networks = new ArrayList<>();
    for (MatrixScale scale : scales) {
      networks.add(new StatesOnGrid(scale, grid)::mixture);
    }
    return new RowScales(ScaleTable.of(at, grid.scales()), networks);
  }

  /** The mixture of each network at a row. */
  List<ScaleMixture> mixtures(Whitened.Row row) {
    double[][] gaussians = table.row(row);
    return networks.stream().map(each -> each.of(gaussians)).toList();
  }
}
