package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.List;

/** The kernels of hidden layers by the sampled contraction. */
public final class DrawnHiddenKernels {
  private DrawnHiddenKernels() {}

  /** Of all hidden layers, with all draws of a fit, made anew. */
  static List<HiddenKernel> of(Runtime runtime, DrawnPosterior drawn) {
    KernelShifts shifts = KernelShifts.hidden(drawn.sampled().contraction());
    return of(shifts, RedrawnJob.run(runtime, shifts, drawn.batches(), "hidden kernels"));
  }

  /**
   * The kernels of all hidden layers by the sampled contraction, for any activation. The
   * self-energy needs fourth moments of pairs only and is exact.
   *
   * @param shifts of hidden layers
   * @param moments of as many batches as are wanted, for each source layer
   */
  public static List<HiddenKernel> of(KernelShifts shifts, List<Moments> moments) {
    ContractionProblem problem = shifts.problem().contraction();
    List<HiddenKernel> kernels = new ArrayList<>();
    for (int h = 0; h < problem.sources(); h++) {
      SampleFlow flow = HiddenKernel.upTo(problem.flow(), h);
      List<Matrix> shift = new ArrayList<>();
      List<Matrix> errors = new ArrayList<>();
      for (int s = 0; s <= h; s++) {
        shift.add(shifts.shift(s, h - s, moments.get(s)));
        errors.add(shifts.error(s, h - s, moments.get(s)));
      }
      kernels.add(
          new HiddenKernel(
              h,
              flow.kernel(h + 1),
              HiddenKernel.selfEnergy(flow, problem.tolerance()),
              shift,
              errors));
    }
    return kernels;
  }
}
