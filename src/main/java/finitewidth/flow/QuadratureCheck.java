package finitewidth.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at what quadrature says of its own error at the variances that samples have, layer by
 * layer, and keeps the worst.
 */
public final class QuadratureCheck {
  private final Architecture architecture;
  private final double tolerance;
  private double error;
  private double variance;
  private int layer;

  /**
   * @param tolerance relative error that is no cause for a warning
   */
  public QuadratureCheck(Architecture architecture, double tolerance) {
    this.architecture = architecture;
    this.tolerance = tolerance;
  }

  /** Takes the samples of a flow in. */
  public void add(SampleFlow samples) {
    for (int a = 0; a < samples.size(); a++) {
      add(samples.point(a));
    }
  }

  /** Follows a sample of these features. */
  public void add(double[] features) {
    add(
        PointFlow.of(
            architecture, new InputKernel(architecture, features.length).variance(features, 0)));
  }

  private void add(PointFlow point) {
    for (int h = 0; h < architecture.hiddenLayers(); h++) {
      double own = architecture.activation().relativeError(point.kernel(h));
      if (own > error) {
        error = own;
        variance = point.kernel(h);
        layer = h + 1;
      }
    }
  }

  /** One warning where the tolerance is not held. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (error > tolerance) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "expectations of %s are good to %.1e only, not to the %.1e wanted: worst in hidden"
                  + " layer %d, where a sample has variance %.4g; smaller variances or a smoother"
                  + " activation help",
              architecture.activation().name(),
              error,
              tolerance,
              layer,
              variance));
    }
    return warnings;
  }
}
