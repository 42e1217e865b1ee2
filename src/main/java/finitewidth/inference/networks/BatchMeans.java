package finitewidth.inference.networks;

import java.util.Arrays;

/**
 * What one chain remembers of many numbers, such as the predictions of all test rows: means of up
 * to 20 batches of draws, and the sums of squares about them. Whenever all batches are full,
 * neighbours become one and batches are twice as long from then on. So memory does not grow with
 * draws, 40 numbers for each monitored one, and it need not be known how many draws there will be.
 */
final class BatchMeans {
  /** Ten to twenty full batches, once there have been ten draws. */
  static final int BATCHES = 20;

  private static final int HEADER = 3;

  private final int values;

  /** [batch][value], the open batch behind the full ones. */
  private final double[] means;

  /** Sums of squared distances from the batch's mean. */
  private final double[] squares;

  private long length = 1;
  private int full;
  private long open;

  /**
   * @param values how many numbers are monitored
   */
  BatchMeans(int values) {
    this.values = values;
    means = new double[BATCHES * values];
    squares = new double[BATCHES * values];
  }

  /** One draw of all numbers. */
  void add(double[] draw) {
    if (draw.length != values) {
      throw new IllegalArgumentException(values + " numbers are monitored, not " + draw.length);
    }
    if (full == BATCHES) {
      join();
    }
    int at = full * values;
    open++;
    for (int v = 0; v < values; v++) {
      double distance = draw[v] - means[at + v];
      means[at + v] += distance / open;
      squares[at + v] += distance * (draw[v] - means[at + v]);
    }
    if (open == length) {
      full++;
      open = 0;
    }
  }

  private void join() {
    for (int b = 0; b < BATCHES / 2; b++) {
      for (int v = 0; v < values; v++) {
        int first = 2 * b * values + v;
        int second = first + values;
        double distance = means[second] - means[first];
        means[b * values + v] = means[first] + 0.5 * distance;
        squares[b * values + v] =
            squares[first] + squares[second] + 0.5 * length * distance * distance;
      }
    }
    full = BATCHES / 2;
    length *= 2;
    Arrays.fill(means, full * values, means.length, 0);
    Arrays.fill(squares, full * values, squares.length, 0);
  }

  int values() {
    return values;
  }

  /** All that were added. */
  long draws() {
    return full * length + open;
  }

  /** How many batches are full. */
  int full() {
    return full;
  }

  /** Draws in each full batch. */
  long length() {
    return length;
  }

  double mean(int batch, int value) {
    return means[batch * values + value];
  }

  double squares(int batch, int value) {
    return squares[batch * values + value];
  }

  /** Mean of all draws, those of the open batch too. */
  double mean(int value) {
    double sum = 0;
    double first = means[value];
    for (int b = 0; b < full; b++) {
      sum += length * (mean(b, value) - first);
    }
    if (open > 0) {
      sum += open * (mean(full, value) - first);
    }
    return first + sum / draws();
  }

  /** Sum of squared distances of all draws from a centre. */
  double squaresAbout(double centre, int value) {
    double sum = 0;
    int batches = open > 0 ? full + 1 : full;
    for (int b = 0; b < batches; b++) {
      double distance = mean(b, value) - centre;
      sum += squares(b, value) + (b < full ? length : open) * distance * distance;
    }
    return sum;
  }

  /** All of it, for a checkpoint: see {@link #restore}. */
  double[] state() {
    double[] state = new double[HEADER + 2 * BATCHES * values];
    state[0] = length;
    state[1] = full;
    state[2] = open;
    System.arraycopy(means, 0, state, HEADER, means.length);
    System.arraycopy(squares, 0, state, HEADER + means.length, squares.length);
    return state;
  }

  /** What {@link #state} told, which goes on as if it had never been away. */
  static BatchMeans restore(double[] state) {
    BatchMeans batches = new BatchMeans((state.length - HEADER) / (2 * BATCHES));
    batches.length = (long) state[0];
    batches.full = (int) state[1];
    batches.open = (long) state[2];
    System.arraycopy(state, HEADER, batches.means, 0, batches.means.length);
    System.arraycopy(
        state, HEADER + batches.means.length, batches.squares, 0, batches.squares.length);
    return batches;
  }
}
