package finitewidth.gaussian.erf;

/**
 * Moments of which the integral is missing, gathered by the number of nodes they need until there
 * are enough to integrate side by side.
 */
final class ErfPool {
  private static final double SCALE = 4 / (Math.PI * Math.PI);

  /** Numbers of the moments that wait for the same number of nodes. */
  private static final int BIN = ErfSlots.WAITING_ROWS * ErfSlots.STRIDE;

  private final ErfLoops kernel;
  private final StarNodes nodes;

  /** For each number of nodes the rows of the moments that wait, … */
  private final double[] waiting;

  /** … where they are to be put, at the index of their first row, … */
  private final int[] target;

  /** … and how many there are. */
  private final int[] filled;

  /** How many nodes each moment of the chunk needs, and where in {@link #waiting} it goes. */
  private final int[] kind = new int[ErfSlots.CHUNK];

  private final int[] place = new int[ErfSlots.CHUNK];

  private final double[] parameters = new double[ErfSlots.PARAMETER_ROWS * ErfSlots.STRIDE];
  private final double[] node = new double[ErfSlots.NODE_ROWS * ErfSlots.STRIDE];

  ErfPool(ErfLoops kernel, StarNodes nodes) {
    this.kernel = kernel;
    this.nodes = nodes;
    int kinds = nodes.largest() + 1;
    waiting = new double[kinds * BIN];
    target = new int[kinds * BIN];
    filled = new int[kinds];
  }

  /** Takes in the moments of a chunk. */
  void add(double[] chunk, int[] targets, int count, double[] out) {
    // Loops of their own, for each is compiled into something simpler than all of them together.
    for (int i = 0; i < count; i++) {
      kind[i] = nodes.count(chunk[ErfSlots.REACH + i]);
    }
    for (int i = 0; i < count; i++) {
      int n = kind[i];
      place[i] = n * BIN + filled[n]++;
    }
    for (int i = 0; i < count; i++) {
      target[place[i]] = targets[i];
    }
    copyFour(chunk, 0, count);
    copyFour(chunk, 4 * ErfSlots.STRIDE, count);
    for (int n = 0; n < filled.length; n++) {
      if (filled[n] >= ErfSlots.CHUNK) {
        integrate(n, out);
      }
    }
  }

  private void copyFour(double[] chunk, int row, int count) {
    for (int i = 0; i < count; i++) {
      int from = row + i;
      int to = row + place[i];
      waiting[to] = chunk[from];
      waiting[to + ErfSlots.STRIDE] = chunk[from + ErfSlots.STRIDE];
      waiting[to + 2 * ErfSlots.STRIDE] = chunk[from + 2 * ErfSlots.STRIDE];
      waiting[to + 3 * ErfSlots.STRIDE] = chunk[from + 3 * ErfSlots.STRIDE];
    }
  }

  /** Integrates all that wait. */
  void finish(double[] out) {
    for (int n = 0; n < filled.length; n++) {
      if (filled[n] > 0) {
        integrate(n, out);
      }
    }
  }

  private void integrate(int n, double[] out) {
    int at = n * BIN;
    int count = filled[n];
    StarNodes.Rule rule = nodes.rule(n);
    kernel.prepare(waiting, at, count, parameters);
    for (int k = 0; k < rule.size(); k++) {
      kernel.integrand(
          waiting,
          at,
          parameters,
          count,
          rule.squares()[k],
          rule.rests()[k],
          rule.weights()[k],
          node);
      kernel.roots(node, count);
      kernel.angles(node, count, parameters);
    }
    for (int i = 0; i < count; i++) {
      out[target[at + i]] = SCALE * parameters[ErfSlots.SUM + i];
    }
    filled[n] = 0;
  }
}
