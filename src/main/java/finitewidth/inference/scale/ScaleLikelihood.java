package finitewidth.inference.scale;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * log p(Y | Q) − log p(Y | 1) at the nodes of grids in u = log Q whose steps are a largest one
 * halved again and again. The data say the same of a scale at every width, so networks of all
 * widths share what was computed at a node.
 */
public final class ScaleLikelihood {
  /** The likelihood has poles at a distance of at least π from the real axis of u. */
  private static final double LARGEST_STEP = 0.1;

  /** Finer than this no grid gets: 0.1 · 2⁻³⁰. */
  private static final int FINEST = 30;

  private final DoubleUnaryOperator of;
  private final Map<Long, Double> known = new HashMap<>();

  /**
   * @param of the log likelihood at Q
   */
  public ScaleLikelihood(DoubleUnaryOperator of) {
    this.of = of;
  }

  /** How often the largest step is to be halved until it is at most this. */
  static int halvings(double step) {
    int halvings = 0;
    while (halvings < FINEST && step(halvings) > step) {
      halvings++;
    }
    return halvings;
  }

  static double step(int halvings) {
    return Math.scalb(LARGEST_STEP, -halvings);
  }

  /** At u = log Q wherever that is. */
  double at(double u) {
    return of.applyAsDouble(Math.exp(u));
  }

  /** At node k of a grid, u = k · step. */
  double at(int halvings, long node) {
    int level = halvings;
    long k = node;
    while (level > 0 && (k & 1) == 0) {
      k >>= 1;
      level--;
    }
    double u = k * step(level);
    return known.computeIfAbsent((k << 5) | level, any -> of.applyAsDouble(Math.exp(u)));
  }
}
