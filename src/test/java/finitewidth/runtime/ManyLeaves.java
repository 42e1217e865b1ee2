package finitewidth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.exact.TrainingContraction;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.SampleFlow;

/** A training contraction of several leaves and three source layers. */
public record ManyLeaves(NngpPosterior nngp, ContractionProblem problem) {
  public static final int SAMPLES = 75;

  public static ManyLeaves of(double tolerance) {
    SampleFlow flow =
        SampleFlow.of(Problems.network("quadratic", 3), Problems.gaussian(SAMPLES, 4, 1));
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(3), Problems.gaussian(SAMPLES, 2, 2), 0.1);
    return new ManyLeaves(
        nngp, new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, tolerance));
  }

  /** To the last bit. */
  public void assertSame(TrainingContraction found, TrainingContraction expected) {
    for (int s = 0; s < problem.sources(); s++) {
      assertThat(found.plain(s).data()).isEqualTo(expected.plain(s).data());
      assertThat(found.selfEnergy(s).data()).isEqualTo(expected.selfEnergy(s).data());
      for (int x = 0; x < problem.crossWeights(); x++) {
        assertThat(found.cross(s, x).data()).isEqualTo(expected.cross(s, x).data());
      }
    }
  }
}
