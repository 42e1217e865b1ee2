package finitewidth.inference.networks;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How many weights the hidden layers of a network have, and where each stands in one array: U_l is
 * n_l × (n_{l−1} + 1), row-major, one layer after another, the last column of layers above the
 * first for the bias. Coordinates of hyperparameters, where these are sampled, stand behind as if
 * they were one more layer of a single neuron: all of them together are blocks.
 */
final class NetworkShape implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] widths;
  private final int hyperparameters;
  private final int[] fanIns;
  private final int[] offsets;
  private final int[] columns;

  /**
   * @param inputs columns of F_0, the bias among them
   * @param widths of the hidden layers, each at least 1
   * @throws IllegalArgumentException if there is no such network, or it does not fit an array
   */
  NetworkShape(int inputs, int... widths) {
    this(inputs, 0, widths);
  }

  private NetworkShape(int inputs, int hyperparameters, int[] widths) {
    if (widths.length == 0) {
      throw new IllegalArgumentException("a network needs a hidden layer to have weights in");
    }
    this.widths = widths.clone();
    this.hyperparameters = hyperparameters;
    int blocks = widths.length + (hyperparameters > 0 ? 1 : 0);
    fanIns = new int[blocks];
    offsets = new int[blocks + 1];
    columns = new int[blocks + 1];
    for (int l = 0; l < blocks; l++) {
      if (l < widths.length && widths[l] < 1) {
        throw new IllegalArgumentException("hidden width " + widths[l] + "; at least 1 is needed");
      }
      fanIns[l] = l == widths.length ? hyperparameters : l == 0 ? inputs : widths[l - 1] + 1;
      columns[l + 1] = columns[l] + fanIns[l];
      try {
        offsets[l + 1] = Math.addExact(offsets[l], Math.multiplyExact(width(l), fanIns[l]));
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "hidden widths " + width(l) + " over " + fanIns[l] + " are beyond what memory holds");
      }
    }
  }

  /** The same network with so many coordinates of hyperparameters. */
  NetworkShape with(int sampled) {
    return new NetworkShape(fanIns[0], sampled, widths);
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

  /** Of all hidden layers. */
  int neurons() {
    return Arrays.stream(widths()).sum();
  }

  /** H. */
  int layers() {
    return widths.length;
  }

  /** Layers, and hyperparameters as one more. */
  int blocks() {
    return fanIns.length;
  }

  /** n_l; 1 of hyperparameters. */
  int width(int l) {
    return l == widths.length ? 1 : widths[l];
  }

  /** Columns of U_l, that of the bias among them; or coordinates of hyperparameters. */
  int fanIn(int l) {
    return fanIns[l];
  }

  /** Where U_l begins, or the coordinates of hyperparameters. */
  int offset(int l) {
    return offsets[l];
  }

  /** Of all layers. */
  int weights() {
    return offsets[widths.length];
  }

  /** Coordinates of hyperparameters, which stand behind the weights. */
  int hyperparameters() {
    return hyperparameters;
  }

  /** Weights and hyperparameters. */
  int coordinates() {
    return offsets[blocks()];
  }

  /** Where the columns of layer l begin among those of all blocks. */
  int column(int l) {
    return columns[l];
  }

  /** Columns of all blocks. */
  int columns() {
    return columns[blocks()];
  }

  /** q, features of the last hidden layer, the bias among them. */
  int features() {
    return widths[widths.length - 1] + 1;
  }

  int[] widths() {
    return widths.clone();
  }
}
