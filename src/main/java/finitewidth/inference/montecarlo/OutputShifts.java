package finitewidth.inference.montecarlo;

import finitewidth.inference.FirstOrder;
import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The shift M of the output's kernel over the training samples, and V_(ab)(cd) Φ_abΦ_cd for Φ =
 * φφᵀ. Draws of the sampled contraction sum them up on their way, or are made anew for them: O(P²)
 * for a draw.
 */
public final class OutputShifts implements Redrawn {
  private static final long serialVersionUID = 1L;

  /** Of larger problems what comes home would be more than is worth it: 16 MB for a run. */
  private static final int MOST_ON_THE_WAY = 1 << 20;

  private final SampledContraction contraction;

  private OutputShifts(SampledContraction contraction) {
    this.contraction = contraction;
  }

  /** With the draws of a contraction. */
  public static OutputShifts of(SampledContraction contraction) {
    return new OutputShifts(contraction);
  }

  /** Whether draws of a problem of this size sum up shifts on their way. */
  static boolean onTheWay(int size) {
    return Quantities.triangle(size) <= MOST_ON_THE_WAY;
  }

  @Override
  public SampledProblem problem() {
    return contraction.problem();
  }

  @Override
  public Moments noBatches(int s) {
    return SampledContraction.noBatches(problem(), 0, true);
  }

  @Override
  public Moments compute(int s, int from, int to) {
    return contraction.batches(s, true).compute(from, to, List.of());
  }

  /**
   * What moments say, known parts included.
   *
   * @param moments one for each source layer
   * @param rows for which they were drawn, too
   */
  FirstOrder.Shifts of(List<Moments> moments, int rows) {
    int first = Quantities.of(problem(), rows, true).shifts();
    List<Matrix> kernels = new ArrayList<>();
    double[] targets = new double[moments.size()];
    for (int s = 0; s < targets.length; s++) {
      Moments of = moments.get(s);
      targets[s] = of.mean(first);
      Matrix kernel = contraction.sources().get(s).exactShift();
      for (int a = 0, at = first + 1; a < kernel.rows(); a++) {
        for (int b = 0; b <= a; b++, at++) {
          double value = 0.5 * (kernel.get(a, b) + kernel.get(b, a)) + of.mean(at);
          kernel.set(a, b, value);
          kernel.set(b, a, value);
        }
      }
      kernels.add(kernel);
    }
    return new FirstOrder.Shifts(kernels, targets);
  }
}
