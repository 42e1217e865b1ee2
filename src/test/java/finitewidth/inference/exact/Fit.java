package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.util.List;

/** The whole computation on one thread, without Spark. */
public final class Fit {
  private Fit() {}

  public static ExactPosterior of(
      Architecture network, Matrix inputs, Matrix targets, double noise) {
    SampleFlow flow = SampleFlow.of(network, inputs);
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(network.hiddenLayers()), targets, noise);
    ContractionProblem problem = problem(flow, nngp);
    return ExactPosterior.of(nngp, problem, LeafWorker.computeAll(problem));
  }

  private static ContractionProblem problem(SampleFlow flow, NngpPosterior nngp) {
    return new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-12);
  }

  /** Of every hidden layer. */
  public static List<HiddenKernel> hiddenKernels(
      Architecture network, Matrix inputs, Matrix targets, double noise) {
    SampleFlow flow = SampleFlow.of(network, inputs);
    ContractionProblem problem =
        problem(flow, NngpPosterior.of(flow.kernel(network.hiddenLayers()), targets, noise));
    return ExactHiddenKernels.of(problem, LeafWorker.computeAll(problem));
  }
}
