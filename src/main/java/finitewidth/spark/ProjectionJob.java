package finitewidth.spark;

import finitewidth.inducing.Approximation;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.ProjectedSums;
import finitewidth.inducing.Projector;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.SumTree;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The one pass over the training rows that inducing points need: points go out by broadcast, each
 * task projects its blocks and adds them up, and the sums meet in a tree over executors. Nothing of
 * the size of the data comes to the driver.
 *
 * <p>Sums meet along the tree over block numbers, so the result has the same bits for any number of
 * partitions and executors.
 */
public final class ProjectionJob {
  /** Of Spark's tree: partial sums meet on executors before the driver sees them. */
  private static final int DEPTH = 2;

  private ProjectionJob() {}

  /** What every task needs. */
  private record Work(InducingPoints points, double noiseVariance, Approximation approximation)
      implements Serializable {}

  /**
   * Sums over all rows.
   *
   * @param blocks at least one, see {@link RowBlocks}
   */
  public static ProjectedSums run(
      JavaSparkContext spark,
      JavaRDD<TrainingBlock> blocks,
      InducingPoints points,
      double noiseVariance,
      Approximation approximation) {
    Broadcast<Work> shared = spark.broadcast(new Work(points, noiseVariance, approximation));
    try {
      spark.setJobDescription("finite-width: projection of training rows onto inducing points");
      return blocks
          .mapPartitions(partition -> sums(shared.value(), partition))
          .treeReduce(SumTree::merge, DEPTH)
          .total()
          .sum();
    } finally {
      spark.setJobDescription(null);
      shared.destroy();
    }
  }

  private static Iterator<SumTree<ProjectedSums>> sums(Work work, Iterator<TrainingBlock> blocks) {
    if (!blocks.hasNext()) {
      return List.<SumTree<ProjectedSums>>of().iterator();
    }
    Projector projector = work.points().projector();
    SumTree<ProjectedSums> tree = new SumTree<>();
    while (blocks.hasNext()) {
      TrainingBlock block = blocks.next();
      tree.add(
          block.number(),
          ProjectedSums.of(projector, block, work.noiseVariance(), work.approximation()));
    }
    return List.of(tree).iterator();
  }
}
