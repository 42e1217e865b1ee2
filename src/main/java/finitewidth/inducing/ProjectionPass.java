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
  public long bytes() {
    // A triangle, and what rounding has cost it.
    return (long) Double.BYTES * points.size() * points.size();
  }

  @Override
  public Worker<ProjectedSums> worker() {
    Projector projector = points.projector();
    return block -> ProjectedSums.of(projector, block, noiseVariance, approximation);
  }
}
