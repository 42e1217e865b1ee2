package finitewidth.inference.montecarlo;

import finitewidth.inference.FirstOrder;
import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The shift M of the output's kernel over the training samples, and V_(ab)(cd) Φ_abΦ_cd for Φ =
 * φφᵀ, from the draws of the sampled contraction made anew: O(P²) for a draw.
 */
public final class OutputShifts implements Redrawn {
  private static final long serialVersionUID = 1L;

  private final SampledContraction contraction;

  private OutputShifts(SampledContraction contraction) {
    this.contraction = contraction;
  }

  /** With the draws of a contraction. */
  public static OutputShifts of(SampledContraction contraction) {
    return new OutputShifts(contraction);
  }

  @Override
  public SampledProblem problem() {
    return contraction.problem();
  }

  @Override
  public Moments noBatches(int s) {
    return new Moments(OutputShiftWorker.quantities(problem().size()));
  }

  @Override
  public Moments compute(int s, int from, int to) {
    OutputShiftWorker worker = new OutputShiftWorker(problem(), contraction.sources().get(s));
    Moments moments = noBatches(s);
    for (int batch = from; batch < to; batch++) {
      moments.add(worker.estimate(batch));
    }
    return moments;
  }

  /**
   * What moments say, known parts included.
   *
   * @param moments one for each source layer
   */
  FirstOrder.Shifts of(List<Moments> moments) {
    List<Matrix> kernels = new ArrayList<>();
    double[] targets = new double[moments.size()];
    for (int s = 0; s < targets.length; s++) {
      Moments of = moments.get(s);
      targets[s] = of.mean(0);
      Matrix kernel = contraction.sources().get(s).exactShift();
      for (int a = 0, at = 1; a < kernel.rows(); a++) {
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
