package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import finitewidth.linalg.SumTree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The training contraction in pieces: the kernels of all layers go out once, each task takes a run
 * of leaves through all layers, and only contracted sums come back.
 *
 * <p>The leaves and the order in which their sums meet depend on the problem alone, so the result
 * has the same bits for any number of partitions and executors.
 */
public final class TrainingJob {
  /** A task of so many moments takes a few seconds: progress is told as tasks end. */
  private static final long MOMENTS_PER_TASK = 1L << 25;

  /** A task costs some ten milliseconds, and so many moments take some three hundred. */
  private static final long LEAST_PER_TASK = 1L << 22;

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

  /**
   * Computes the training contraction, in tasks that keep this cluster's cores busy to the end and
   * show progress, while all their results together stay below what may come home at once. Leaves
   * that the runtime's checkpoint has are not computed again.
   */
  public static TrainingContraction run(
      Runtime runtime, ContractionProblem problem, Progress progress) {
    Cut cut =
        new Cut(
            problem.size(),
            problem.sources(),
            PairSums.bytes(problem),
            runtime.cores(),
            runtime.resultBytes());
    return run(runtime, problem, Tiling.of(problem.size()), cut::runs, progress);
  }

  /**
   * How many tasks {@link #run} takes.
   *
   * @param bytes of the sums of one task
   * @param limit what may come home at once, in bytes
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
   * @param limit what may come home at once, in bytes
   */
  private record Cut(int samples, int sources, long bytes, int cores, long limit) {
    List<LeafRun> runs(List<LeafRun> missing) {
      long perLeaf = Math.max(1, moments(samples, sources) / Tiling.leaves(samples));
      return LeafRun.of(
          missing, cores, LEAST_PER_TASK / perLeaf, MOMENTS_PER_TASK / perLeaf, limit / bytes);
    }
  }

  /**
   * Computes the training contraction.
   *
   * @param cut makes of leaves to compute the leaves of each task; that does not change the result
   */
  public static TrainingContraction run(
      Runtime runtime,
      ContractionProblem problem,
      Tiling tiling,
      UnaryOperator<List<LeafRun>> cut,
      Progress progress) {
    TrainingSums sums = new TrainingSums(problem, tiling);
    Checkpoint.Keeping keeping = runtime.checkpoint().open(sums);
    try {
      progress.found(sums.restoredMoments());
      List<LeafRun> runs = cut.apply(sums.missing());
      if (!runs.isEmpty()) {
        compute(runtime, new Work(new ExactProblem(problem), tiling), runs, sums, progress);
      }
    } finally {
      keeping.close();
    }
    return sums.total();
  }

  private static void compute(
      Runtime runtime, Work work, List<LeafRun> runs, TrainingSums to, Progress progress) {
    try (Shared<Work> shared = runtime.share(work)) {
      runtime.run(
          new Runtime.Name(name(work, runs), "leaves of the training contraction"),
          runs,
          runs.size(),
          some -> compute(shared.value(), some),
          part -> {
            to.add(part.subtrees(), part.rows());
            progress.add(part.moments());
          });
    }
  }

  private static String name(Work work, List<LeafRun> runs) {
    int leaves = runs.stream().mapToInt(LeafRun::size).sum();
    return "training contraction, %s, %s in %s"
        .formatted(
            Counted.layers(work.problem().problem().sources()),
            Counted.of(leaves, "leaf", "leaves"),
            Counted.of(runs.size(), "task", "tasks"));
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
