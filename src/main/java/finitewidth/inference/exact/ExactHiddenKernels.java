package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.List;

/** The kernels of hidden layers by the exact contraction. */
public final class ExactHiddenKernels {
  private ExactHiddenKernels() {}

  /**
   * The kernels of all hidden layers, from the finished training contraction, of which all sums
   * over quadruples come: O(P² H²) beside.
   */
  public static List<HiddenKernel> of(ContractionProblem problem, TrainingContraction contraction) {
    List<HiddenKernel> kernels = new ArrayList<>();
    for (int h = 0; h < problem.sources(); h++) {
      kernels.add(of(problem, contraction, h));
    }
    return kernels;
  }

  private static HiddenKernel of(
      ContractionProblem problem, TrainingContraction contraction, int h) {
    boolean last = h == problem.sources() - 1;
    SampleFlow flow = HiddenKernel.upTo(problem.flow(), h);
    List<Matrix> shifts = new ArrayList<>();
    for (int s = 0; s <= h; s++) {
      Matrix shift = TrainingContraction.dress(flow, s, contraction.sources().get(s).undressed());
      for (int k = 0; k < shift.data().length; k++) {
        shift.data()[k] *= 0.5;
      }
      shifts.add(shift);
    }
    List<Matrix> selfEnergy =
        last
            ? contraction.sources().stream().map(TrainingContraction.Source::selfEnergy).toList()
            : HiddenKernel.selfEnergy(flow, problem.tolerance());
    return new HiddenKernel(h, flow.kernel(h + 1), selfEnergy, shifts);
  }
}
