package finitewidth.inference.ensemble;

import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Draws of the exact finite-width posterior. What draws share goes out once; a task makes batches
 * anew from the seed and their numbers, and only their sums come back. Batches are cut by the
 * number of draws alone, and an estimate takes them in their order, so it has the same bits for any
 * number of partitions and executors.
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

  /**
   * What {@link #run} costs.
   *
   * @param on training rows
   * @param tests how many rows are drawn for with these
   */
  public static Cost cost(
      ConditioningShape on, Drawing drawing, long tests, boolean hiddenKernels) {
    return EnsembleCost.together(on, drawing, tests, hiddenKernels);
  }

  /**
   * Draws networks of several choices of widths. Batches that the runtime's checkpoint has are not
   * drawn again.
   *
   * @param choices the widths of all hidden layers, for each choice
   * @param draws of each choice, rounded up to whole batches
   * @return an estimate for each choice, in their order
   */
  public static List<EnsembleEstimate> run(
      Runtime runtime,
      EnsembleProblem problem,
      List<int[]> choices,
      long draws,
      long seed,
      Progress progress) {
    long perBatch = drawsPerBatch(draws);
    DrawnNetworks drawn = new DrawnNetworks(problem, choices, perBatch, seed);
    Checkpoint.Keeping keeping = runtime.checkpoint().open(drawn);
    try {
      progress.found(drawn.restoredDraws());
      List<int[]> widths = new ArrayList<>(choices);
      draw(
          runtime,
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
      Runtime runtime,
      EnsembleProblem problem,
      List<int[]> choices,
      List<Batch> batches,
      Draw draw,
      Consumer<List<Done>> whenDone) {
    if (batches.isEmpty()) {
      return;
    }
    int tasks = Math.min(batches.size(), Math.max(FEWEST_TASKS, TASKS_PER_CORE * runtime.cores()));
    try (Shared<EnsembleProblem> shared = runtime.share(problem)) {
      runtime.run(
          new Runtime.Name(name(choices, batches.size(), tasks), "batches of networks"),
          batches,
          tasks,
          some -> draw.of(shared.value(), some),
          part -> whenDone.accept(part.batches()));
    }
  }

  private static String name(List<int[]> choices, int batches, int tasks) {
    return "exact posterior of finite networks, %s, %s of widths, %s in %s"
        .formatted(
            Counted.layers(choices.get(0).length),
            Counted.of(choices.size(), "choice", "choices"),
            Counted.of(batches, "batch", "batches"),
            Counted.of(tasks, "task", "tasks"));
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
