package finitewidth.training;

import finitewidth.data.read.TrainingBlocks;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inducing.Approximation;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.InducingPosterior;
import finitewidth.inducing.ProjectedSums;
import finitewidth.inducing.ProjectionPass;
import finitewidth.inference.Conditioning;
import finitewidth.inference.work.Stopwatch;

/**
 * All training rows, projected onto inducing points, and what follows from that.
 *
 * @param rows how many there were
 * @param conditioning on the points
 * @param passSeconds for the pass over the rows
 */
public record Projected(
    InducingPoints points,
    long rows,
    InducingPosterior posterior,
    Conditioning conditioning,
    double passSeconds) {

  /** Passes over all rows once. */
  public static Projected of(
      TrainingBlocks rows,
      Preprocessing preprocessing,
      InducingPoints points,
      Conditioning.Settings settings,
      Approximation approximation) {
    Stopwatch watch = new Stopwatch();
    ProjectedSums sums =
        rows.passes(preprocessing, "projection of training rows onto inducing points")
            .sum(new ProjectionPass(points, settings.noiseVariance(), approximation));
    double pass = watch.lap();
    InducingPosterior posterior = InducingPosterior.of(points, sums, approximation);
    return new Projected(
        points, sums.rows(), posterior, Conditioning.of(settings, points, posterior), pass);
  }
}
