package finitewidth.prior;

import finitewidth.gaussian.OnePoint;
import java.io.Serializable;

/**
 * One sample's way through all layers: the diagonal of the kernel recursion and of the dressing.
 *
 * <p>K'_aa = C_b + C_W ⟨σ²⟩ and P_aa = C_W d⟨σ²⟩/dK_aa (docs/theory.md#layer-recursion). Costs
 * O(H).
 */
public final class PointFlow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] kernel;
  private final double[] moment;
  private final double[] step;
  private final double[] curvature;
  private final double[] dressing;

  private PointFlow(int hiddenLayers) {
    kernel = new double[hiddenLayers + 1];
    moment = new double[hiddenLayers];
    step = new double[hiddenLayers];
    curvature = new double[hiddenLayers];
    dressing = new double[hiddenLayers];
  }

  /**
   * Follows one sample.
   *
   * @param inputVariance K_aa of the first layer, not negative
   * @throws RangeException if the kernel of a layer is beyond double precision
   */
  public static PointFlow of(Architecture architecture, double inputVariance) {
    int hidden = architecture.hiddenLayers();
    PointFlow flow = new PointFlow(hidden);
    OnePoint point = new OnePoint();
    flow.kernel[0] = inputVariance;
    refuseInfinite(architecture, 0, inputVariance);
    for (int h = 0; h < hidden; h++) {
      architecture.activation().onePoint(flow.kernel[h], point);
      double weight = architecture.weightVariance(h + 1);
      flow.moment[h] = point.mean;
      flow.step[h] = weight * point.first;
      flow.curvature[h] = weight * point.second;
      flow.kernel[h + 1] = architecture.biasVariance(h + 1) + weight * point.mean;
      refuseInfinite(architecture, h + 1, flow.kernel[h + 1]);
    }
    for (int s = hidden - 1; s >= 0; s--) {
      flow.dressing[s] = s == hidden - 1 ? 1 : flow.dressing[s + 1] * flow.step[s + 1];
    }
    return flow;
  }

  private static void refuseInfinite(Architecture architecture, int layer, double kernel) {
    if (!Double.isFinite(kernel)) {
      throw KernelRange.overflow(architecture, layer, kernel);
    }
  }

  /** K_aa of layer l, l = 0 … H. */
  public double kernel(int l) {
    return kernel[l];
  }

  /** ⟨σ_a²⟩ in hidden layer h. */
  public double moment(int h) {
    return moment[h];
  }

  /** P_aa of the step from hidden layer h to layer h + 1. */
  double step(int h) {
    return step[h];
  }

  /** C_W d²⟨σ²⟩/dK² of the step from hidden layer h to layer h + 1. */
  double curvature(int h) {
    return curvature[h];
  }

  /** P_aa of the composition T^s of all steps above hidden layer s, up to the output. */
  public double dressing(int s) {
    return dressing[s];
  }
}
