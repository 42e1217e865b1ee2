package finitewidth.gaussian.quadrature;

import finitewidth.gaussian.lanes.OrthantProbability;
import finitewidth.linalg.NumericsException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Nodes for ⟨f(√k h) He_n(h)⟩, h ~ N(0, 1): Gauss–Legendre rules on intervals that end at the kinks
 * of f, are short enough for the waves of the Hermite polynomials, and are bisected where f is no
 * polynomial on them.
 */
final class GaussianRule {
  /** Where a bounded function's integrals end: the density's root is 1e-18 there. */
  private static final double RANGE = 13;

  /** Beyond this the density is no double any more. */
  private static final double WIDEST = 37;

  /** σ⁴ times the density at the ends, over its largest: 1e-18. */
  private static final double LOG_NEGLIGIBLE = -18 * Math.log(10);

  /** Of the highest polynomial's wave on an interval; 16 nodes are good for 16. */
  private static final double PHASE = 14;

  private static final double RESOLVED = 3e-14;
  private static final int MOST_PANELS = 2048;
  private static final double THINNEST = 1e-12;

  final double[] nodes;

  /** Gauss weights times the normal density. */
  final double[] weights;

  /** f at the nodes. */
  final double[] values;

  /** What the function has left over on the worst interval, relative to its natural scale. */
  final double roughness;

  private record Panel(double low, double high, double[] values) {
    /** The root of the density where it is largest. */
    double weight() {
      double nearest = low > 0 ? low : high < 0 ? -high : 0;
      return Math.exp(-0.25 * nearest * nearest);
    }

    double remainder() {
      return weight() * LegendrePanel.remainder(values, 0);
    }
  }

  /**
   * @param f of the field, not of h; may give no numbers
   * @param checked f, but with an exception where it gives none
   * @param root √k
   * @param order N, the number of polynomials
   */
  GaussianRule(
      DoubleUnaryOperator f,
      DoubleUnaryOperator checked,
      List<Kink> kinks,
      double root,
      int order,
      String name) {
    DoubleUnaryOperator scaled = h -> checked.applyAsDouble(root * h);
    double range = range(scaled, f, root, name);
    double width = Math.min(1, PHASE / Math.sqrt(order));
    List<Panel> panels = new ArrayList<>();
    double low = -range;
    for (Kink kink : kinks) {
      double at = kink.at() / root;
      if (at > low && at < range) {
        divide(scaled, low, at, width, panels);
        low = at;
      }
    }
    divide(scaled, low, range, width, panels);
    roughness = refine(scaled, panels);
    int count = panels.size() * LegendrePanel.NODES;
    nodes = new double[count];
    weights = new double[count];
    values = new double[count];
    int at = 0;
    for (Panel panel : panels) {
      double length = panel.high() - panel.low();
      for (int i = 0; i < LegendrePanel.NODES; i++, at++) {
        nodes[at] = LegendrePanel.node(panel.low(), panel.high(), i);
        weights[at] = length * LegendrePanel.weight(i) * OrthantProbability.density(nodes[at]);
        values[at] = panel.values()[i];
      }
    }
  }

  /** Where ⟨σ⁴⟩ has converged. */
  private static double range(
      DoubleUnaryOperator scaled, DoubleUnaryOperator f, double root, String name) {
    double largest = Double.NEGATIVE_INFINITY;
    double h = 0;
    for (double range = RANGE; range <= WIDEST; range += 4) {
      double end = Double.NEGATIVE_INFINITY;
      for (; h <= range; h += 0.25) {
        // Values that are no numbers are told of where fields are; farther out it is their growth.
        DoubleUnaryOperator own = h <= RANGE ? scaled : x -> f.applyAsDouble(root * x);
        end = Math.max(logFourth(own, h), logFourth(own, -h));
        largest = Math.max(largest, end);
      }
      // Infinite minus infinite is no number, and so not negligible.
      if (end == Double.NEGATIVE_INFINITY || end - largest <= LOG_NEGLIGIBLE) {
        return range;
      }
    }
    throw new NumericsException(
        """
        {ACTIVATION} = %s grows too fast for fields of variance %s: its mean fourth power does not \
        converge; take one that grows slower, or smaller {WEIGHT_VARIANCE} and {BIAS_VARIANCE}\
        """
            .formatted(name, root * root));
  }

  /** The logarithm of σ⁴ times the density, but for a constant; the powers may overflow. */
  private static double logFourth(DoubleUnaryOperator own, double h) {
    double value = Math.abs(own.applyAsDouble(h));
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : 4 * Math.log(value) - 0.5 * h * h;
  }

  private static Panel panel(DoubleUnaryOperator scaled, double low, double high) {
    double[] values = new double[LegendrePanel.NODES];
    LegendrePanel.fill(scaled, low, high, values, 0);
    return new Panel(low, high, values);
  }

  private static void divide(
      DoubleUnaryOperator scaled, double low, double high, double width, List<Panel> panels) {
    int count = (int) Math.ceil((high - low) / width);
    for (int i = 0; i < count; i++) {
      double from = i == 0 ? low : low + (high - low) * i / count;
      double to = i + 1 == count ? high : low + (high - low) * (i + 1) / count;
      panels.add(panel(scaled, from, to));
    }
  }

  /** Bisects until every panel is resolved; what the worst has left. */
  private static double refine(DoubleUnaryOperator scaled, List<Panel> panels) {
    double scale = Double.MIN_NORMAL;
    for (Panel panel : panels) {
      scale = Math.max(scale, panel.weight() * LegendrePanel.largest(panel.values(), 0));
    }
    double roughness = 0;
    for (int i = 0; i < panels.size(); ) {
      Panel panel = panels.get(i);
      double left = panel.remainder() / scale;
      double length = panel.high() - panel.low();
      if (left * Math.min(1, length) <= RESOLVED
          || panels.size() >= MOST_PANELS
          || length < THINNEST) {
        roughness = Math.max(roughness, left * length);
        i++;
        continue;
      }
      double middle = 0.5 * (panel.low() + panel.high());
      panels.set(i, panel(scaled, panel.low(), middle));
      panels.add(i + 1, panel(scaled, middle, panel.high()));
    }
    return roughness;
  }
}
