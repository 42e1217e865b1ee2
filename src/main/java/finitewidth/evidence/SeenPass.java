package finitewidth.evidence;

import finitewidth.inducing.BlockPass;
import finitewidth.inducing.ProjectedSums;
import finitewidth.inducing.ProjectionPass;
import finitewidth.inducing.TrainingBlock;

/** The first pass: the sums that the evidence consists of, of the inputs that the network sees. */
record SeenPass(ProjectionPass pass, Hyperparameters hyperparameters)
    implements BlockPass<ProjectedSums> {

  @Override
  public long bytes() {
    return pass.bytes();
  }

  @Override
  public Worker<ProjectedSums> worker() {
    Worker<ProjectedSums> worker = pass.worker();
    return block ->
        worker.sums(
            new TrainingBlock(
                block.number(), hyperparameters.scaled(block.inputs()), block.targets()));
  }
}
