package finitewidth.training;

import finitewidth.data.TrainingSet;
import finitewidth.data.read.TrainingBlocks;
import finitewidth.inducing.ConditionalVariances;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.InducingPosterior;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRange;
import finitewidth.runtime.ClusterCentres;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How inducing points are chosen from many rows: from a random sample of them, which comes to the
 * driver.
 *
 * @param points how many
 * @param sampleRows most rows of the sample
 * @param seed of the sample and of the choice
 */
public record PointChoice(int points, Method method, int sampleRows, long seed) {

  /** How points are chosen from the sample. */
  public enum Method {
    /** Again and again the row whose value the points so far leave most uncertain. */
    GREEDY,
    /** Centres of clusters. */
    K_MEANS
  }

  /** The rows to choose from, at least two where there are two. */
  public TrainingSet sample(TrainingBlocks rows) {
    return rows.sample(Math.max(2, sampleRows), seed);
  }

  /**
   * Chooses, where there are more rows than points; points that depend on others to working
   * precision are left out.
   *
   * @param inputs of the sample, preprocessed
   */
  public InducingPoints choose(JavaSparkContext spark, Architecture network, Matrix inputs) {
    KernelRange.check(network, inputs);
    if (points >= inputs.rows()) {
      return InducingPoints.of(network, inputs);
    }
    Matrix candidates =
        switch (method) {
          case GREEDY ->
              Matrix.copyOf(
                  Arrays.stream(ConditionalVariances.choose(network, inputs, points))
                      .mapToObj(inputs::row)
                      .toArray(double[][]::new));
          case K_MEANS -> ClusterCentres.of(spark, inputs, points, seed);
        };
    return InducingPoints.of(network, candidates);
  }

  /** What the user should know of the points, with codes for settings. */
  public List<String> warnings(InducingPoints used, InducingPosterior posterior) {
    List<String> warnings = new ArrayList<>();
    if (used.size() < points) {
      warnings.add(
          """
          {INDUCING_POINTS} = %s: %s are used; more of the rows to choose from coincide with these \
          or depend on them to working precision\
          """
              .formatted(points, used.size()));
    }
    if (posterior.unseen() > 0) {
      warnings.add(
          """
          {INDUCING_POINTS} = %s: the training rows say nothing of %s of the %s directions of the \
          points, which keep the prior; fewer points would do\
          """
              .formatted(points, posterior.unseen(), used.size()));
    }
    return warnings;
  }
}
