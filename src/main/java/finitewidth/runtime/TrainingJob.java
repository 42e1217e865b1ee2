package finitewidth.runtime;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.exact.ApexRow;
import finitewidth.inference.exact.ExactProblem;
import finitewidth.inference.exact.LeafWorker;
import finitewidth.inference.exact.PairSums;
import finitewidth.inference.exact.Tiling;
import finitewidth.inference.exact.TrainingContraction;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Progress;
import finitewidth.linalg.SumTree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
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
  private record Work(ExactProblem problem, Tiling tiling) implements Serializable {}

  /** What one task sends home. */
  private record Part(List<SumTree.Node<PairSums>> subtrees, List<ApexRow> rows, long moments)
      implements Serializable {}

  /** The number of moments that {@link #run} will compute, over all source layers. */
  public static long moments(int samples, int sources) {
    return Tiling.moments(samples) * sources;
  }

  /** The same, keeping nothing for a rerun. */
  public static TrainingContraction run(
      JavaSparkContext spark, ContractionProblem problem, Progress progress) {
    return run(spark, problem, progress, Checkpoint.none());
  }

  /**
   * Computes the training contraction, in tasks that keep this cluster's cores busy to the end and
   * show progress, while all their results together stay below half of what Spark lets a driver
   * receive.
   *
   * @param checkpoint keeps finished leaves; those that it has are not computed again
   */
  public static TrainingContraction run(
      JavaSparkContext spark,
      ContractionProblem problem,
      Progress progress,
      Checkpoint checkpoint) {
    Cut cut =
        new Cut(
            problem.size(),
            problem.sources(),
            PairSums.bytes(problem),
            spark.defaultParallelism(),
            resultLimit(spark));
    return run(spark, problem, Tiling.of(problem.size()), cut::runs, progress, checkpoint);
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
    return new Cut(samples, sources, bytes, cores, limit)
        .runs(List.of(new LeafRun(0, Tiling.leaves(samples))))
        .size();
  }

  /**
   * How leaves become tasks.
   *
   * @param bytes of the sums of one task
   * @param limit {@link #resultLimit}
   */
  private record Cut(int samples, int sources, long bytes, int cores, long limit) {
    List<LeafRun> runs(List<LeafRun> missing) {
      long perLeaf = Math.max(1, moments(samples, sources) / Tiling.leaves(samples));
      return LeafRun.of(
          missing,
          cores,
          LEAST_PER_TASK / perLeaf,
          MOMENTS_PER_TASK / perLeaf,
          limit > 0 ? limit / 2 / bytes : Long.MAX_VALUE);
    }
  }

  /**
   * Computes the training contraction.
   *
   * @param cut makes of leaves to compute the leaves of each task; that does not change the result
   */
  static TrainingContraction run(
      JavaSparkContext spark,
      ContractionProblem problem,
      Tiling tiling,
      UnaryOperator<List<LeafRun>> cut,
      Progress progress,
      Checkpoint checkpoint) {
    TrainingSums sums = new TrainingSums(problem, tiling);
    Checkpoint.Keeping keeping = checkpoint.open(sums);
    try {
      progress.found(sums.restoredMoments());
      List<LeafRun> runs = cut.apply(sums.missing());
      if (!runs.isEmpty()) {
        compute(spark, new Work(new ExactProblem(problem), tiling), runs, sums, progress);
      }
    } finally {
      keeping.close();
    }
    return sums.total();
  }

  private static void compute(
      JavaSparkContext spark, Work work, List<LeafRun> runs, TrainingSums to, Progress progress) {
    JavaRDD<LeafRun> tasks =
        Parcels.parallelize(spark, runs, runs.size()).setName("leaves of the training contraction");
    Shared<Work> shared = Shared.of(spark, work);
    try (JobNames names = JobNames.of(spark, name(work, runs))) {
      PartitionJob.run(
          tasks,
          partition -> compute(shared.value(), partition),
          part -> {
            to.add(part.subtrees(), part.rows());
            progress.add(part.moments());
          });
    } finally {
      shared.destroy();
    }
  }

  private static String name(Work work, List<LeafRun> runs) {
    int leaves = runs.stream().mapToInt(LeafRun::size).sum();
    return "training contraction, "
        + JobNames.layers(work.problem().problem().sources())
        + ", "
        + JobNames.count(leaves, "leaf", "leaves")
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
        moments += tiling.leafMoments(leaf) * work.problem().problem().sources();
      }
    }
    return new Part(tree.subtrees(), rows, moments);
  }
}
