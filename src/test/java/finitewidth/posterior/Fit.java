package finitewidth.posterior;

import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.LeafWorker;
import finitewidth.flow.Architecture;
import finitewidth.flow.SampleFlow;
import finitewidth.linalg.Matrix;

/** The whole computation on one thread, without Spark. */
public final class Fit {
  private Fit() {}

  public static CorrectedPosterior of(
      Architecture network, Matrix inputs, Matrix targets, double noise) {
    SampleFlow flow = SampleFlow.of(network, inputs);
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(network.hiddenLayers()), targets, noise);
    ContractionProblem problem =
        new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-12);
    return CorrectedPosterior.of(nngp, problem, LeafWorker.computeAll(problem));
  }
}
