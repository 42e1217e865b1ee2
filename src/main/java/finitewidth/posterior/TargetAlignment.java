package finitewidth.posterior;

import finitewidth.linalg.Matrix;

/**
 * How far a kernel G tells training samples apart as their targets do: the cosine ⟨G, YYᵀ⟩/(‖G‖
 * ‖YYᵀ‖) of Frobenius' inner product, between −1 and 1 (N. Cristianini, J. Shawe-Taylor, A.
 * Elisseeff, J. Kandola, On kernel-target alignment, 2001).
 */
public final class TargetAlignment {
  private final Matrix targets;

  /**
   * @param targets Y, P × m
   */
  public TargetAlignment(Matrix targets) {
    this.targets = targets;
  }

  /** The elements of a kernel over the samples. */
  public interface Kernel {
    /** G_ab. */
    double at(int a, int b);
  }

  /** The alignment of a kernel; NaN if it, or every target, is zero. */
  public double of(Kernel kernel) {
    double both = 0;
    double ofKernel = 0;
    double ofTargets = 0;
    for (int a = 0; a < targets.rows(); a++) {
      for (int b = 0; b < targets.rows(); b++) {
        double g = kernel.at(a, b);
        double y = 0;
        for (int i = 0; i < targets.cols(); i++) {
          y += targets.get(a, i) * targets.get(b, i);
        }
        both += g * y;
        ofKernel += g * g;
        ofTargets += y * y;
      }
    }
    return both / Math.sqrt(ofKernel * ofTargets);
  }
}
