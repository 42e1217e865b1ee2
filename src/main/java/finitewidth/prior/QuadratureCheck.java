package finitewidth.prior;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at what quadrature says of its own error at the variances that samples have, layer by
 * layer, and keeps the worst.
 */
public final class QuadratureCheck implements Serializable {
  private static final long serialVersionUID = 1L;

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

  /** The same check, before it has seen anything. */
  public QuadratureCheck empty() {
    return new QuadratureCheck(architecture, tolerance);
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

  /** Takes in what another check of the same architecture has seen. */
  public void add(QuadratureCheck other) {
    take(other.error, other.variance, other.layer);
  }

  private void add(PointFlow point) {
    for (int h = 0; h < architecture.hiddenLayers(); h++) {
      double own = architecture.activation().relativeError(point.kernel(h));
      take(own, point.kernel(h), h + 1);
    }
  }

  /**
   * Keeps the worst; of equally bad ones, which there are, one that does not depend on the order.
   */
  private void take(double other, double itsVariance, int itsLayer) {
    boolean worse =
        other > error
            || (other == error
                && error > 0
                && (itsLayer < layer || (itsLayer == layer && itsVariance < variance)));
    if (worse) {
      error = other;
      variance = itsVariance;
      layer = itsLayer;
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
