package finitewidth.runtime;

import finitewidth.inference.ensemble.DrawSums;
import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.inference.ensemble.EnsembleProblem;
import finitewidth.inference.ensemble.EnsembleWorker;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Progress;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Draws of the exact finite-width posterior over Spark. What draws share goes out once by
 * broadcast; a task makes batches anew from the seed and their numbers, and only their sums come
 * back. Batches are cut by the number of draws alone, and an estimate takes them in their order, so
 * it has the same bits for any number of partitions and executors.
 */
public final class EnsembleJob {
  /** Tasks for each core, so that cores finish together. */
  private static final int TASKS_PER_CORE = 4;

  /** And so many at least, so that progress is told. */
  private static final int FEWEST_TASKS = 32;

  private EnsembleJob() {}

  /** One batch of networks of one choice of widths. */
  record Batch(int choice, int number) implements Serializable {}

  record Done(Batch batch, DrawSums sums) implements Serializable {}

  private record Part(List<Done> batches) implements Serializable {}

  /** Draws to do of so many asked for: batches are of equal size. */
  public static long drawsPerBatch(long draws) {
    return (draws + EnsembleEstimate.GROUPS - 1) / EnsembleEstimate.GROUPS;
  }

  /** Draws that are done where so many are asked for. */
  public static long allDraws(long draws) {
    return drawsPerBatch(draws) * EnsembleEstimate.GROUPS;
  }

  /** The same, keeping nothing for a rerun. */
  public static List<EnsembleEstimate> run(
      JavaSparkContext spark,
      EnsembleProblem problem,
      List<int[]> choices,
      long draws,
      long seed,
      Progress progress) {
    return run(spark, problem, choices, draws, seed, progress, Checkpoint.none());
  }

  /**
   * Draws networks of several choices of widths.
   *
   * @param choices the widths of all hidden layers, for each choice
   * @param draws of each choice, rounded up to whole batches
   * @param checkpoint keeps finished batches; those that it has are not drawn again
   * @return an estimate for each choice, in their order
   */
  public static List<EnsembleEstimate> run(
      JavaSparkContext spark,
      EnsembleProblem problem,
      List<int[]> choices,
      long draws,
      long seed,
      Progress progress,
      Checkpoint checkpoint) {
    long perBatch = drawsPerBatch(draws);
    DrawnNetworks drawn = new DrawnNetworks(problem, choices, perBatch, seed);
    Checkpoint.Keeping keeping = checkpoint.open(drawn);
    try {
      progress.found(drawn.restoredDraws());
      List<int[]> widths = new ArrayList<>(choices);
      draw(
          spark,
          problem,
          widths,
          drawn.missing(),
          (shared, batches) -> compute(shared, widths, perBatch, seed, batches),
          done -> {
            drawn.add(done);
            progress.add(perBatch * done.size());
          });
    } finally {
      keeping.close();
    }
    return drawn.estimates();
  }

  /** What a task does with its batches. */
  @FunctionalInterface
  private interface Draw extends Serializable {
    Part of(EnsembleProblem problem, Iterator<Batch> batches);
  }

  private static void draw(
      JavaSparkContext spark,
      EnsembleProblem problem,
      List<int[]> choices,
      List<Batch> batches,
      Draw draw,
      Consumer<List<Done>> whenDone) {
    if (batches.isEmpty()) {
      return;
    }
    int tasks =
        Math.min(
            batches.size(), Math.max(FEWEST_TASKS, TASKS_PER_CORE * spark.defaultParallelism()));
    Shared<EnsembleProblem> shared = Shared.of(spark, problem);
    try (JobNames names = JobNames.of(spark, name(choices, batches.size(), tasks))) {
      PartitionJob.run(
          Parcels.parallelize(spark, batches, tasks).setName("batches of networks"),
          partition -> draw.of(shared.value(), partition),
          part -> whenDone.accept(part.batches()));
    } finally {
      shared.destroy();
    }
  }

  private static String name(List<int[]> choices, int batches, int tasks) {
    return "exact posterior of finite networks, "
        + JobNames.layers(choices.get(0).length)
        + ", "
        + JobNames.count(choices.size(), "choice", "choices")
        + " of widths, "
        + JobNames.count(batches, "batch", "batches")
        + " in "
        + JobNames.count(tasks, "task", "tasks");
  }

  private static Part compute(
      EnsembleProblem problem,
      List<int[]> choices,
      long draws,
      long seed,
      Iterator<Batch> batches) {
    Map<Integer, EnsembleWorker> workers = new HashMap<>();
    List<Done> done = new ArrayList<>();
    while (batches.hasNext()) {
      Batch batch = batches.next();
      EnsembleWorker worker =
          workers.computeIfAbsent(
              batch.choice(), choice -> new EnsembleWorker(problem, choices.get(choice)));
      done.add(new Done(batch, worker.compute(seed, batch.number(), draws)));
    }
    return new Part(done);
  }
}
