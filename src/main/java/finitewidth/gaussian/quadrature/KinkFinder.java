package finitewidth.gaussian.quadrature;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/**
 * Finds where a function known by its values has kinks or jumps. Intervals on which it is no
 * polynomial to the last digits are bisected, down to the spacing of doubles if need be; the points
 * where that ends, and the edges that all began with, are kinks if the derivatives from the two
 * sides differ.
 */
final class KinkFinder {
  /** Intervals over the whole range before any is bisected; edges are dyadic numbers. */
  private static final int INTERVALS = 64;

  /** Evaluations after which a function counts as too rough to be searched further. */
  private static final int PATIENCE = 400_000;

  /** A polynomial is the function if its last coefficients are this small. */
  static final double RESOLVED = 1e-13;

  /** One-sided derivatives are taken over no less than this part of the distance of edges. */
  private static final double SHORTEST = 1e-9;

  /** One-sided derivatives are taken over no more than this. */
  private static final double LONGEST = 0.25;

  /** A function with more kinks is taken as it is. */
  private static final int MOST_KINKS = 64;

  private final DoubleUnaryOperator f;
  private final double[] values = new double[LegendrePanel.NODES];
  private final TreeSet<Double> candidates = new TreeSet<>();
  private int evaluations;

  private KinkFinder(DoubleUnaryOperator f) {
    this.f = f;
  }

  /**
   * The kinks within [−reach, reach], ascending.
   *
   * @param reach a power of two
   */
  static List<Kink> find(DoubleUnaryOperator f, double reach) {
    KinkFinder finder = new KinkFinder(f);
    double step = 2 * reach / INTERVALS;
    for (int i = 0; i < INTERVALS; i++) {
      double low = -reach + i * step;
      finder.search(low, low + step);
      if (i > 0) {
        finder.candidates.add(low);
      }
    }
    List<Kink> kinks = new ArrayList<>();
    for (double t : finder.candidates) {
      finder.examine(t, Math.min(0.5 * step, LONGEST), kinks);
    }
    return kinks.size() > MOST_KINKS ? List.of() : List.copyOf(kinks);
  }

  /** The derivatives at t from below and from above; zeros where there are none. */
  static double[][] sides(DoubleUnaryOperator f, double t) {
    KinkFinder finder = new KinkFinder(f);
    double[][] sides = new double[2][Kink.ORDERS];
    finder.derivatives(t, -LONGEST, sides[0], new double[Kink.ORDERS]);
    finder.derivatives(t, LONGEST, sides[1], new double[Kink.ORDERS]);
    return sides;
  }

  /**
   * @param scale of f, if it is larger than f here
   */
  private boolean resolved(double low, double high, double scale) {
    evaluations += LegendrePanel.NODES;
    LegendrePanel.fill(f, low, high, values, 0);
    double largest = Math.max(scale, LegendrePanel.largest(values, 0));
    return LegendrePanel.remainder(values, 0) <= RESOLVED * largest;
  }

  /** Searches one of the first intervals. */
  private void search(double low, double high) {
    if (!resolved(low, high, 0)) {
      // Near a zero of f the rounding of z is large beside f, but not beside this.
      bisect(low, high, LegendrePanel.largest(values, 0));
    }
  }

  /** Bisects an interval that is not resolved. */
  private void bisect(double low, double high, double scale) {
    if (evaluations > PATIENCE) {
      return;
    }
    double middle = 0.5 * (low + high);
    if (high - low <= 4 * Math.ulp(Math.max(Math.abs(low), Math.abs(high)))
        || high - low < Double.MIN_NORMAL) {
      candidates.add(high);
      return;
    }
    boolean left = resolved(low, middle, scale);
    boolean right = resolved(middle, high, scale);
    if (left && right) {
      candidates.add(middle);
    }
    if (!left) {
      bisect(low, middle, scale);
    }
    if (!right) {
      bisect(middle, high, scale);
    }
  }

  /** Adds t to the kinks if it is one. */
  private void examine(double t, double longest, List<Kink> kinks) {
    double[] left = new double[Kink.ORDERS];
    double[] right = new double[Kink.ORDERS];
    double[] noise = new double[Kink.ORDERS];
    if (!derivatives(t, -longest, left, noise) || !derivatives(t, longest, right, noise)) {
      return;
    }
    boolean jumps = false;
    for (int p = 0; p < Kink.ORDERS; p++) {
      if (Math.abs(right[p] - left[p]) > noise[p]) {
        jumps = true;
      } else {
        double mean = 0.5 * (left[p] + right[p]);
        left[p] = mean;
        right[p] = mean;
      }
    }
    if (jumps) {
      kinks.add(Kink.of(t, left, right));
    }
  }

  /** Derivatives at t from the side of t + length; adds to the noise what they may be wrong by. */
  private boolean derivatives(double t, double length, double[] out, double[] noise) {
    for (double d = length; Math.abs(d) > SHORTEST * Math.abs(length); d *= 0.5) {
      double low = Math.min(t, t + d);
      double high = Math.max(t, t + d);
      if (resolved(low, high, 0)) {
        double largest = LegendrePanel.largest(values, 0);
        for (int p = 0; p < Kink.ORDERS; p++) {
          out[p] = LegendrePanel.derivative(values, high - low, p, d < 0);
          noise[p] += 30 * RESOLVED * largest * LegendrePanel.amplification(high - low, p);
        }
        return true;
      }
    }
    return false;
  }
}
