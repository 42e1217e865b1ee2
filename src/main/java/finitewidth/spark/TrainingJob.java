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
    Tiling tiling = Tiling.of(problem.size());
    long perLeaf = Math.max(1, moments(problem.size(), problem.sources()) / tiling.leaves());
    long limit = JavaUtils.byteStringAsBytes(spark.getConf().get(RESULT_LIMIT, "1g"));
    long most = limit > 0 ? limit / 2 / PairSums.bytes(problem) : Long.MAX_VALUE;
    List<LeafRun> runs =
        LeafRun.of(
            tiling.leaves(),
            spark.defaultParallelism(),
            LEAST_PER_TASK / perLeaf,
            MOMENTS_PER_TASK / perLeaf,
            most);
    return run(spark, problem, tiling, runs, progress);
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
    try (JobNames names = JobNames.of(spark, name(problem, tiling, runs))) {
      SumTree<PairSums> tree = new SumTree<>();
      List<ApexRow> rows = new ArrayList<>();
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
      shared.destroy();
    }
  }

  private static String name(ContractionProblem problem, Tiling tiling, List<LeafRun> runs) {
    return "training contraction, "
        + JobNames.layers(problem.sources())
        + ", "
        + JobNames.count(tiling.leaves(), "leaf", "leaves")
        + " in "
        + JobNames.count(runs.size(), "task", "tasks");
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
