package finitewidth.report.fit;

import java.util.List;

/**
 * What hidden layers have learnt of training rows.
 *
 * @param size rows that maps show
 * @param of rows that there are
 * @param order what rows are sorted by
 * @param values what rows are sorted by, in their order
 * @param layers all hidden layers
 */
public record HiddenKernels(
    int size, int of, String order, double[] values, List<HiddenLayer> layers) {
  public HiddenKernels {
    layers = List.copyOf(layers);
  }
}
