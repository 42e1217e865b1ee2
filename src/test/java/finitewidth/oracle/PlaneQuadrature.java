package finitewidth.oracle;

import java.util.function.DoubleBinaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * ⟨g(z1, z2)⟩ over a Gaussian pair by Gauss–Legendre rules on small squares: slow, and independent
 * of series and of kinks. Lines on which g has kinks must pass through the origin of z1 or of z2.
 */
public final class PlaneQuadrature {
  private static final double RANGE = 11;
  private static final int PANELS = 22;
  private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(24, 0, 1);

  private PlaneQuadrature() {}

  /** The expectation; z2 is drawn given z1, and the inner integral is cut where z2 = 0. */
  public static double mean(DoubleBinaryOperator g, double k11, double k22, double r) {
    double root1 = Math.sqrt(k11);
    double root2 = Math.sqrt(k22);
    double s = Math.sqrt((1 - r) * (1 + r));
    double sum = 0;
    for (int panel = 0; panel < PANELS; panel++) {
      double from = -RANGE + panel * 2 * RANGE / PANELS;
      for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
        double width = 2 * RANGE / PANELS;
        double h = from + width * RULE.getPoint(i);
        double z1 = root1 * h;
        // z2 = root2 (r h + s t) vanishes at t = −r h / s.
        double zero = s > 0 ? -r * h / s : RANGE;
        double inner =
            inner(g, z1, root2, r * h, s, -RANGE, Math.max(-RANGE, Math.min(RANGE, zero)));
        inner += inner(g, z1, root2, r * h, s, Math.max(-RANGE, Math.min(RANGE, zero)), RANGE);
        sum += width * RULE.getWeight(i) * density(h) * inner;
      }
    }
    return sum;
  }

  private static double inner(
      DoubleBinaryOperator g,
      double z1,
      double root2,
      double known,
      double s,
      double low,
      double high) {
    double sum = 0;
    int panels = (int) Math.ceil(high - low);
    for (int panel = 0; panel < panels; panel++) {
      double width = (high - low) / panels;
      double from = low + panel * width;
      for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
        double t = from + width * RULE.getPoint(i);
        double z2 = root2 * (known + s * t);
        sum += width * RULE.getWeight(i) * density(t) * g.applyAsDouble(z1, z2);
      }
    }
    return sum;
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }
}
