package finitewidth.spark;

import finitewidth.ensemble.DrawSums;
import finitewidth.ensemble.EnsembleEstimate;
import finitewidth.ensemble.EnsembleProblem;
import finitewidth.ensemble.EnsembleWorker;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

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
  private record Batch(int choice, int number) implements Serializable {}

  private record Done(Batch batch, DrawSums sums) implements Serializable {}

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
   * Draws networks of several choices of widths.
   *
   * @param choices the widths of all hidden layers, for each choice
   * @param draws of each choice, rounded up to whole batches
   * @return an estimate for each choice, in their order
   */
  public static List<EnsembleEstimate> run(
      JavaSparkContext spark,
      EnsembleProblem problem,
      List<int[]> choices,
      long draws,
      long seed,
      Progress progress) {
    long perBatch = drawsPerBatch(draws);
    List<Batch> batches = new ArrayList<>();
    for (int number = 0; number < EnsembleEstimate.GROUPS; number++) {
      for (int choice = 0; choice < choices.size(); choice++) {
        batches.add(new Batch(choice, number));
      }
    }
    int tasks =
        Math.min(
            batches.size(), Math.max(FEWEST_TASKS, TASKS_PER_CORE * spark.defaultParallelism()));
    List<List<DrawSums>> sums =
        IntStream.range(0, choices.size())
            .<List<DrawSums>>mapToObj(
                choice ->
                    new ArrayList<>(Collections.nCopies(EnsembleEstimate.GROUPS, (DrawSums) null)))
            .toList();
    List<int[]> widths = new ArrayList<>(choices);
    Broadcast<EnsembleProblem> shared = spark.broadcast(problem);
    spark.setJobDescription("finite-width: exact posterior of finite networks");
    try {
      PartitionJob.run(
          spark.parallelize(batches, tasks).setName("batches of networks"),
          partition -> compute(shared.value(), widths, perBatch, seed, partition),
          Part.class,
          part -> {
            for (Done done : part.batches()) {
              sums.get(done.batch().choice()).set(done.batch().number(), done.sums());
              progress.add(perBatch);
            }
          });
    } finally {
      spark.setJobDescription(null);
      shared.destroy();
    }
    return sums.stream().map(all -> new EnsembleEstimate(problem, all)).toList();
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
