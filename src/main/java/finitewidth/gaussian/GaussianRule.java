package finitewidth.gaussian;

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

  /** σ⁴ times the density at the ends, over its largest. */
  private static final double NEGLIGIBLE = 1e-18;

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
   * @param f of the field, not of h
   * @param root √k
   * @param order N, the number of polynomials
   */
  GaussianRule(DoubleUnaryOperator f, List<Kink> kinks, double root, int order, String name) {
    DoubleUnaryOperator scaled = h -> f.applyAsDouble(root * h);
    double range = range(scaled, root, name);
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

  private static double range(DoubleUnaryOperator scaled, double root, String name) {
    for (double range = RANGE; range <= WIDEST; range += 4) {
      double largest = Double.MIN_NORMAL;
      for (double h = 0; h < range; h += 0.25) {
        largest = Math.max(largest, Math.max(fourth(scaled, h), fourth(scaled, -h)));
      }
      if (Math.max(fourth(scaled, range), fourth(scaled, -range)) <= NEGLIGIBLE * largest) {
        return range;
      }
    }
    throw new NumericsException(
        "network.activation = "
            + name
            + " grows too fast for fields of variance "
            + root * root
            + ": its mean fourth power does not converge; take one that grows slower, or smaller"
            + " network.weight-variance and network.bias-variance");
  }

  /** σ⁴ times the density, but for factors. */
  private static double fourth(DoubleUnaryOperator scaled, double h) {
    double root = scaled.applyAsDouble(h) * Math.exp(-0.125 * h * h);
    return root * root * root * root;
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
