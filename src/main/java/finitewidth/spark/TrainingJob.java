package finitewidth.spark;

import finitewidth.contraction.ApexRow;
import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.LeafWorker;
import finitewidth.contraction.PairSums;
import finitewidth.contraction.Tiling;
import finitewidth.contraction.TrainingContraction;
import finitewidth.linalg.SumTree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
  /** A task of so many moments takes a few seconds: progress is told as tasks end. */
  private static final long MOMENTS_PER_TASK = 1L << 25;

  /** A task costs some ten milliseconds, and so many moments take some three hundred. */
  private static final long LEAST_PER_TASK = 1L << 22;

  private static final String RESULT_LIMIT = "spark.driver.maxResultSize";

  private TrainingJob() {}

  /** What all tasks share. */
  private record Work(ContractionProblem problem, Tiling tiling) implements Serializable {}

  /** What one task sends home. */
  private record Part(List<SumTree.Node<PairSums>> subtrees, List<ApexRow> rows, long moments)
      implements Serializable {}

  /** The number of moments that {@link #run} will compute, over all source layers. */
  public static long moments(int samples, int sources) {
    return Tiling.moments(samples) * sources;
  }

  /**
   * Computes the training contraction, in tasks that keep this cluster's cores busy to the end and
   * show progress, while all their results together stay below half of what Spark lets a driver
   * receive.
   */
  public static TrainingContraction run(
      JavaSparkContext spark, ContractionProblem problem, Progress progress) {
    List<LeafRun> runs =
        runs(
            problem.size(),
            problem.sources(),
            PairSums.bytes(problem),
            spark.defaultParallelism(),
            resultLimit(spark));
    return run(spark, problem, Tiling.of(problem.size()), runs, progress);
  }

  /** What Spark lets a driver receive from the tasks of one job, in bytes; 0 for any amount. */
  public static long resultLimit(JavaSparkContext spark) {
    return JavaUtils.byteStringAsBytes(spark.getConf().get(RESULT_LIMIT, "1g"));
  }

  /**
   * How many tasks {@link #run} takes.
   *
   * @param bytes of the sums of one task
   * @param limit {@link #resultLimit}
   */
  public static int tasks(int samples, int sources, long bytes, int cores, long limit) {
    return runs(samples, sources, bytes, cores, limit).size();
  }

  private static List<LeafRun> runs(int samples, int sources, long bytes, int cores, long limit) {
    int leaves = Tiling.leaves(samples);
    long perLeaf = Math.max(1, moments(samples, sources) / leaves);
    return LeafRun.of(
        leaves,
        cores,
        LEAST_PER_TASK / perLeaf,
        MOMENTS_PER_TASK / perLeaf,
        limit > 0 ? limit / 2 / bytes : Long.MAX_VALUE);
  }

  /**
   * Computes the training contraction.
   *
   * @param runs the leaves of each task; how they are cut does not change the result
   */
  static TrainingContraction run(
      JavaSparkContext spark,
      ContractionProblem problem,
      Tiling tiling,
      List<LeafRun> runs,
      Progress progress) {
    JavaRDD<LeafRun> tasks =
        spark.parallelize(runs, runs.size()).setName("leaves of the training contraction");
    Broadcast<Work> shared = spark.broadcast(new Work(problem, tiling));
    try {
      SumTree<PairSums> tree = new SumTree<>();
      List<ApexRow> rows = new ArrayList<>();
      spark.setJobDescription("finite-width: training contraction, all layers");
      PartitionJob.run(
          tasks,
          partition -> compute(shared.value(), partition),
          Part.class,
          part -> {
            part.subtrees().forEach(tree::add);
            rows.addAll(part.rows());
            progress.add(part.moments());
          });
      return TrainingContraction.assemble(problem, tree.total(tiling.leaves()), rows);
    } finally {
      spark.setJobDescription(null);
      shared.destroy();
    }
  }

  private static Part compute(Work work, Iterator<LeafRun> runs) {
    Tiling tiling = work.tiling();
    SumTree<PairSums> tree = new SumTree<>();
    LeafWorker worker = new LeafWorker(work.problem(), tiling);
    List<ApexRow> rows = new ArrayList<>();
    long moments = 0;
    while (runs.hasNext()) {
      LeafRun run = runs.next();
      for (int leaf = run.from(); leaf < run.to(); leaf++) {
        tree.add(leaf, worker.compute(leaf, rows));
        moments += tiling.leafMoments(leaf) * work.problem().sources();
      }
    }
    return new Part(tree.subtrees(), rows, moments);
  }
}
