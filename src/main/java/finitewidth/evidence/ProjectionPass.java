package finitewidth.evidence;

import finitewidth.inducing.Approximation;
import finitewidth.inducing.BlockPass;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.ProjectedSums;
import finitewidth.inducing.Projector;
import finitewidth.inducing.TrainingBlock;

/** The first pass: the sums that the evidence consists of. */
record ProjectionPass(InducingPoints points, Prior prior, double noise, Approximation approximation)
    implements BlockPass<ProjectedSums> {

  @Override
  public Worker<ProjectedSums> worker() {
    Projector projector = points.projector();
    return block ->
        ProjectedSums.of(
            projector,
            new TrainingBlock(block.number(), prior.scaled(block.inputs()), block.targets()),
            noise,
            approximation);
  }
}
