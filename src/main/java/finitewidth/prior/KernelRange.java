package finitewidth.prior;

import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Whether kernels are where first order can be computed in double precision. Four-point moments are
 * of the size of K²: that must neither overflow nor vanish. And samples that differ must differ in
 * the output's kernel, or nothing can be learnt from them.
 */
public final class KernelRange {
  /** Sums over training samples of its square are still finite. */
  static final double LARGEST = 1e150;

  /** Its square is still a normal number, and so are products with it. */
  static final double SMALLEST = 1e-150;

  /** Elements of a constant kernel may differ by rounding, relative to themselves. */
  private static final double ROUNDING = 4 * 0x1p-53;

  /** So many samples tell whether a kernel is constant. */
  private static final int FEW = 100;

  private final Architecture architecture;

  private KernelRange(Architecture architecture) {
    this.architecture = architecture;
  }

  /**
   * Checks all layers of samples that are conditioned on. O(N² H).
   *
   * @throws RangeException naming the first layer that overflows, underflows or has lost all digits
   */
  public static void check(SampleFlow flow) {
    KernelRange range = new KernelRange(flow.architecture());
    Matrix inputs = flow.inputs();
    range.sizes(inputs, (l, a) -> flow.point(a).kernel(l));
    for (int l = 0; l <= flow.architecture().hiddenLayers(); l++) {
      range.finite(l, flow.kernel(l));
    }
    if (differ(inputs) && isConstant(flow.kernel(flow.architecture().hiddenLayers()))) {
      throw range.lost(flow);
    }
  }

  /**
   * Checks samples of which only some are looked at in pairs.
   *
   * @param inputs N × n_0
   */
  public static void check(Architecture architecture, Matrix inputs) {
    double[][] few = new double[Math.min(FEW, inputs.rows())][];
    Arrays.setAll(few, a -> inputs.row((int) ((long) a * inputs.rows() / few.length)));
    check(SampleFlow.of(architecture, Matrix.copyOf(few)));
  }

  /** Checks samples each on its own. O(N H). */
  public static void checkEach(Architecture architecture, Matrix inputs) {
    InputKernel input = new InputKernel(architecture, inputs.cols());
    PointFlow[] points = new PointFlow[inputs.rows()];
    Arrays.setAll(
        points, a -> PointFlow.of(architecture, input.variance(inputs.data(), a * inputs.cols())));
    new KernelRange(architecture).sizes(inputs, (l, a) -> points[a].kernel(l));
  }

  /** K_aa of a layer and sample. */
  private interface Own {
    double kernel(int layer, int sample);
  }

  private void sizes(Matrix inputs, Own own) {
    boolean some = Arrays.stream(inputs.data()).anyMatch(x -> x != 0);
    for (int l = 0; l <= architecture.hiddenLayers(); l++) {
      int layer = l;
      double most = most(inputs.rows(), a -> own.kernel(layer, a));
      if (!(most <= LARGEST)) {
        throw overflow(architecture, l, most);
      }
      if (some && most < SMALLEST) {
        throw underflow(l, most);
      }
    }
  }

  private static double most(int samples, IntToDoubleFunction kernel) {
    double most = 0;
    for (int a = 0; a < samples; a++) {
      // NaN stays.
      most = Math.max(most, kernel.applyAsDouble(a));
    }
    return most;
  }

  private void finite(int layer, Matrix kernel) {
    for (double k : kernel.data()) {
      if (!Double.isFinite(k)) {
        throw overflow(architecture, layer, k);
      }
    }
  }

  private static boolean differ(Matrix inputs) {
    for (int a = 1; a < inputs.rows(); a++) {
      if (!Arrays.equals(inputs.row(a), inputs.row(0))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isConstant(Matrix kernel) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double k : kernel.data()) {
      least = Math.min(least, k);
      most = Math.max(most, k);
    }
    return most - least <= ROUNDING * Math.abs(most);
  }

  /** The kernel of a layer is beyond what can be squared, or not a number. */
  static RangeException overflow(Architecture architecture, int layer, double value) {
    return new RangeException(
        String.format(
            Locale.ROOT,
            """
            the kernel %s in %s: it is %.3g, and double precision ends near 1e308, for its square \
            near 1e154; lower {WEIGHT_VARIANCE} (%.3g into that layer) or {BIAS_VARIANCE}, use \
            fewer layers of {HIDDEN_WIDTHS}, or scale the features ({FEATURE_SCALING})\
            """,
            Double.isNaN(value) ? "is not a number" : "overflows",
            where(architecture, layer),
            value,
            architecture.weightVariance(layer)));
  }

  private RangeException underflow(int layer, double value) {
    return new RangeException(
        String.format(
            Locale.ROOT,
            """
            the kernel underflows in %s: it is at most %.3g, whose square is nothing in double \
            precision; raise {WEIGHT_VARIANCE} (%.3g into that layer), use fewer layers of \
            {HIDDEN_WIDTHS}, or scale the features ({FEATURE_SCALING})\
            """,
            where(architecture, layer),
            value,
            architecture.weightVariance(layer)));
  }

  private RangeException lost(SampleFlow flow) {
    int layer = 0;
    while (!isConstant(flow.kernel(layer))) {
      layer++;
    }
    return new RangeException(
        String.format(
            Locale.ROOT,
            """
            the kernel has lost all digits in %s: to working precision it is %.6g for every pair \
            of training samples, however their features differ; raise {WEIGHT_VARIANCE} (%.3g \
            into that layer), lower {BIAS_VARIANCE}, or use fewer layers of {HIDDEN_WIDTHS}\
            """,
            where(architecture, layer),
            flow.kernel(layer).get(0, 0),
            architecture.weightVariance(layer)));
  }

  private static String where(Architecture architecture, int layer) {
    int layers = architecture.hiddenLayers() + 1;
    return "layer " + (layer + 1) + " of " + layers + (layer + 1 == layers ? ", the output" : "");
  }
}
