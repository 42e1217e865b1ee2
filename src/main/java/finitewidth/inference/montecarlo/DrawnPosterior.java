package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FittedPosterior;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;

/**
 * A posterior with the draws that a fit has settled on.
 *
 * @param batches of each source layer; rows that come later are predicted with these
 */
public record DrawnPosterior(SampledPosterior sampled, int[] batches, LogEvidence logEvidence)
    implements FittedPosterior {

  @Override
  public NngpPosterior nngp() {
    return sampled.nngp();
  }

  @Override
  public ContractionProblem problem() {
    return sampled.contraction().problem().contraction();
  }

  @Override
  public BlockPredictor correctedPredictor() {
    return new DrawnPredictor(this);
  }

  @Override
  public BlockPredictor cumulantPredictor() {
    return new DrawnCumulantPredictor(this);
  }

  /** Third and fourth cumulants alone, for one thread. */
  public DrawnCumulants cumulants() {
    return new DrawnCumulants(this);
  }
}
