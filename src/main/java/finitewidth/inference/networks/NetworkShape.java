package finitewidth.inference.networks;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How many weights the hidden layers of a network have, and where each stands in one array: U_l is
 * n_l × (n_{l−1} + 1), row-major, one layer after another, the last column of layers above the
 * first for the bias.
 */
final class NetworkShape implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] widths;
  private final int[] fanIns;
  private final int[] offsets;
  private final int[] columns;

  /**
   * @param inputs columns of F_0, the bias among them
   * @param widths of the hidden layers, each at least 1
   * @throws IllegalArgumentException if there is no such network, or it does not fit an array
   */
  NetworkShape(int inputs, int... widths) {
    if (widths.length == 0) {
      throw new IllegalArgumentException("a network needs a hidden layer to have weights in");
    }
    this.widths = widths.clone();
    fanIns = new int[widths.length];
    offsets = new int[widths.length + 1];
    columns = new int[widths.length + 1];
    for (int l = 0; l < widths.length; l++) {
      if (widths[l] < 1) {
        throw new IllegalArgumentException("hidden width " + widths[l] + "; at least 1 is needed");
      }
      fanIns[l] = l == 0 ? inputs : widths[l - 1] + 1;
      columns[l + 1] = columns[l] + fanIns[l];
      try {
        offsets[l + 1] = Math.addExact(offsets[l], Math.multiplyExact(widths[l], fanIns[l]));
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "hidden widths " + widths[l] + " over " + fanIns[l] + " are beyond what memory holds");
      }
    }
  }

  /**
   * The same weights, and behind them those of the last layer.
   *
   * @param outputs rows of these
   */
  NetworkShape withReadout(int outputs) {
    int[] more = Arrays.copyOf(widths, widths.length + 1);
    more[widths.length] = outputs;
    return new NetworkShape(fanIns[0], more);
  }

  /** H. */
  int layers() {
    return widths.length;
  }

  /** n_l. */
  int width(int l) {
    return widths[l];
  }

  /** Columns of U_l, that of the bias among them. */
  int fanIn(int l) {
    return fanIns[l];
  }

  /** Where U_l begins. */
  int offset(int l) {
    return offsets[l];
  }

  /** Of all layers. */
  int weights() {
    return offsets[widths.length];
  }

  /** Where the columns of layer l begin among those of all layers. */
  int column(int l) {
    return columns[l];
  }

  /** Columns of all layers. */
  int columns() {
    return columns[widths.length];
  }

  /** q, features of the last hidden layer, the bias among them. */
  int features() {
    return widths[widths.length - 1] + 1;
  }

  int[] widths() {
    return widths.clone();
  }
}
