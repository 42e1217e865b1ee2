package finitewidth.inducing;

/**
 * The one pass over the training rows that a posterior on inducing points needs.
 *
 * @param noiseVariance s²
 */
public record ProjectionPass(
    InducingPoints points, double noiseVariance, Approximation approximation)
    implements BlockPass<ProjectedSums> {

  @Override
  public Worker<ProjectedSums> worker() {
    Projector projector = points.projector();
    return block -> ProjectedSums.of(projector, block, noiseVariance, approximation);
  }
}
