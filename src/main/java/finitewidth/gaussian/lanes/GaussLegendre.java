package finitewidth.gaussian.lanes;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The Gauss–Legendre rule of n nodes on [0, 1].
 *
 * @param nodes ascending; not to be written to
 * @param weights of sum one; not to be written to
 */
public record GaussLegendre(double[] nodes, double[] weights) {
  /** The largest rule kept: the node counts of this package end here. */
  public static final int LARGEST = 96;

  private static final List<GaussLegendre> RULES = rules();

  /** The rule of n nodes, n ≥ 1; beyond {@link #LARGEST} it is made anew. */
  public static GaussLegendre of(int n) {
    return n <= LARGEST ? RULES.get(n - 1) : make(new GaussIntegratorFactory(), n);
  }

  private static List<GaussLegendre> rules() {
    GaussIntegratorFactory factory = new GaussIntegratorFactory();
    List<GaussLegendre> rules = new ArrayList<>();
    for (int n = 1; n <= LARGEST; n++) {
      rules.add(make(factory, n));
    }
    return List.copyOf(rules);
  }

  private static GaussLegendre make(GaussIntegratorFactory factory, int n) {
    GaussIntegrator rule = factory.legendre(n, 0, 1);
    double[] nodes = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      nodes[i] = rule.getPoint(i);
      weights[i] = rule.getWeight(i);
    }
    return new GaussLegendre(nodes, weights);
  }
}
