package finitewidth.spark;

import finitewidth.contraction.ApexRow;
import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.LeafWorker;
import finitewidth.contraction.PairSums;
import finitewidth.contraction.SumTree;
import finitewidth.contraction.Tiling;
import finitewidth.contraction.TrainingContraction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.network.util.JavaUtils;

/**
 * The training contraction over Spark: the kernels of all layers go out once by broadcast, each
 * task takes a run of leaves through all layers, and only contracted sums come back.
 *
 * <p>The leaves and the order in which their sums meet depend on the problem alone, so the result
 * has the same bits for any number of partitions and executors.
 */
public final class TrainingJob {
  /** Tasks for each core, so that cores finish together. */
  private static final int TASKS_PER_CORE = 8;

  /** A task of so many moments takes a few seconds: progress is told as tasks end. */
  private static final long MOMENTS_PER_TASK = 1L << 23;

  private static final String RESULT_LIMIT = "spark.driver.maxResultSize";

  private TrainingJob() {}

  /** What one task sends home. */
  private record Part(List<SumTree.Node> subtrees, List<ApexRow> rows, long moments)
      implements Serializable {}

  /** The number of moments that {@link #run} will compute, over all source layers. */
  public static long moments(int samples, int sources) {
    return Tiling.moments(samples) * sources;
  }

  /**
   * A number of partitions that keeps this cluster's cores busy and shows progress, while all
   * tasks' results together stay below half of what Spark lets a driver receive.
   */
  public static int partitions(JavaSparkContext spark, ContractionProblem problem) {
    Tiling tiling = Tiling.of(problem.size(), problem.sources());
    long busy = (long) TASKS_PER_CORE * spark.defaultParallelism();
    long visible = moments(problem.size(), problem.sources()) / MOMENTS_PER_TASK;
    long wanted = Math.min(tiling.leaves(), Math.max(busy, visible));
    long limit = JavaUtils.byteStringAsBytes(spark.getConf().get(RESULT_LIMIT, "1g"));
    if (limit > 0) {
      wanted = Math.min(wanted, limit / 2 / PairSums.bytes(problem));
    }
    // A power of two: every partition is then one whole subtree of the sum.
    return (int) Long.highestOneBit(Math.max(1, wanted));
  }

  /**
   * Computes the training contraction.
   *
   * @param partitions how many tasks to cut it into; does not change the result
   */
  public static TrainingContraction run(
      JavaSparkContext spark, ContractionProblem problem, int partitions, Progress progress) {
    Tiling tiling = Tiling.of(problem.size(), problem.sources());
    JavaRDD<Integer> leaves =
        spark
            .parallelize(IntStream.range(0, tiling.leaves()).boxed().toList(), partitions)
            .setName("leaves of the training contraction");
    Broadcast<ContractionProblem> shared = spark.broadcast(problem);
    try {
      SumTree tree = new SumTree(tiling.leaves());
      List<ApexRow> rows = new ArrayList<>();
      spark.setJobDescription("finite-width: training contraction, all layers");
      PartitionJob.run(
          leaves,
          partition -> compute(shared.value(), tiling, partition),
          Part.class,
          part -> {
            part.subtrees().forEach(tree::add);
            rows.addAll(part.rows());
            progress.add(part.moments());
          });
      return TrainingContraction.assemble(problem, tree.total(), rows);
    } finally {
      spark.setJobDescription(null);
      shared.destroy();
    }
  }

  private static Part compute(ContractionProblem problem, Tiling tiling, Iterator<Integer> leaves) {
    SumTree tree = new SumTree(tiling.leaves());
    List<ApexRow> rows = new ArrayList<>();
    long moments = 0;
    if (leaves.hasNext()) {
      LeafWorker worker = new LeafWorker(problem, tiling);
      while (leaves.hasNext()) {
        int leaf = leaves.next();
        tree.add(new SumTree.Node(0, leaf, worker.compute(leaf, rows)));
        moments += tiling.leafMoments(leaf) * problem.sources();
      }
    }
    return new Part(tree.subtrees(), rows, moments);
  }
}
