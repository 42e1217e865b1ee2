package finitewidth.gaussian.quadrature;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Hermite coefficients of a smooth function at any variance k by Chebyshev interpolation in log k,
 * over panels from 2^j to 2^(j+1): some microseconds where a quadrature takes milliseconds. They
 * are analytic in log k, in a strip of ±π/2 at least about the real numbers, so errors fall like
 * 9^−{@value #NODES}. Panels are the same whatever was asked before. Safe to share between threads.
 */
final class SeriesPanels {
  /** Nodes of a panel. */
  static final int NODES = 20;

  /** What the last terms of a coefficient may be of the norm of all: a few roundings. */
  private static final double RESOLVED = 4e-15;

  /** Of which so many are looked at. */
  private static final int LAST = 3;

  private final IntFunction<Optional<Panel>> maker;
  private final Map<Integer, Optional<Panel>> panels = new ConcurrentHashMap<>();

  /**
   * Coefficients of σ, σ² and σ³ at the nodes of a panel.
   *
   * @param coefficients [node][power][n]
   * @param error the largest of the quadratures
   */
  record Nodes(double[][][] coefficients, double error) {}

  /**
   * The expansion on one panel.
   *
   * @param terms [m][power][n]: of T_m
   * @param error of expectations relative to their natural scale
   */
  record Panel(int number, double[][][] terms, double error) {

    /** a_n of all powers at variance k, by Clenshaw's recurrence. */
    double[][] at(double k) {
      double x = 2 * (log2(k) - number) - 1;
      double[][] found = new double[terms[0].length][];
      for (int p = 0; p < found.length; p++) {
        int order = terms[0][p].length;
        double[] one = new double[order];
        double[] two = new double[order];
        for (int m = NODES - 1; m > 0; m--) {
          double[] term = terms[m][p];
          for (int n = 0; n < order; n++) {
            double next = 2 * x * one[n] - two[n] + term[n];
            two[n] = one[n];
            one[n] = next;
          }
        }
        double[] first = terms[0][p];
        for (int n = 0; n < order; n++) {
          one[n] = x * one[n] - two[n] + first[n];
        }
        found[p] = one;
      }
      return found;
    }
  }

  /**
   * @param maker nodes of the panel of a number; empty where its coefficients are not analytic, or
   *     cannot be computed
   */
  SeriesPanels(IntFunction<Optional<Nodes>> maker) {
    this.maker = number -> maker.apply(number).flatMap(nodes -> expand(number, nodes));
  }

  /** The panel of variance k above 0; empty where interpolation does not resolve it. */
  Optional<Panel> of(double k) {
    return panels.computeIfAbsent((int) Math.floor(log2(k)), maker::apply);
  }

  private static double log2(double k) {
    return Math.log(k) / Math.log(2);
  }

  /** Node i of a panel, from the largest variance to the smallest. */
  static double node(int number, int i) {
    return Math.pow(2, number + 0.5 * (1 + Math.cos(Math.PI * (i + 0.5) / NODES)));
  }

  private static Optional<Panel> expand(int number, Nodes nodes) {
    int powers = nodes.coefficients()[0].length;
    double[][][] terms = new double[NODES][powers][];
    for (int m = 0; m < NODES; m++) {
      for (int p = 0; p < powers; p++) {
        double[] term = new double[nodes.coefficients()[0][p].length];
        for (int i = 0; i < NODES; i++) {
          double weight = (m == 0 ? 1.0 : 2.0) / NODES * Math.cos(Math.PI * m * (i + 0.5) / NODES);
          double[] values = nodes.coefficients()[i][p];
          for (int n = 0; n < term.length; n++) {
            term[n] += weight * values[n];
          }
        }
        terms[m][p] = term;
      }
    }
    double left = 0;
    for (int p = 0; p < powers; p++) {
      double whole = norm(terms[0][p]);
      for (int m = NODES - LAST; whole > 0 && m < NODES; m++) {
        left = Math.max(left, largest(terms[m][p]) / whole);
      }
    }
    return left <= RESOLVED
        ? Optional.of(new Panel(number, terms, Math.max(nodes.error(), left)))
        : Optional.empty();
  }

  private static double norm(double[] a) {
    double sum = 0;
    for (double value : a) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static double largest(double[] a) {
    return Arrays.stream(a).map(Math::abs).max().orElse(0);
  }
}
