package finitewidth.inference.montecarlo;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import finitewidth.posterior.Prediction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws of the sampled contraction for a list of rows. What draws share goes out once; a task makes
 * runs of batches anew from the seed, and only the moments of its runs come back, which the driver
 * puts together in the order of the batches. The result has the same bits for any number of
 * partitions and executors.
 *
 * <p>Batches that are there already are kept: {@link #extend} only adds to them.
 */
public final class SampledJob implements AutoCloseable {
  /** Tasks for each core, so that cores finish together and progress is told. */
  private static final int TASKS_PER_CORE = 4;

  /** Numbers that prepared rows may take together: half a gigabyte of doubles. */
  public static final long NUMBERS = 1L << 26;

  /** Tables of a row with each training sample, for each hidden layer. */
  static final long TABLES = 9;

  /** A quarter of a gigabyte, a quarter of Spark's own limit. */
  private static final long RESULT_NUMBERS = 1L << 25;

  private final Runtime runtime;
  private final Shared<DrawnAssembly> posterior;
  private final List<DrawnAssembly.Rows> rows;

  private final List<RowBlock> blocks;
  private final Shared<List<RowBlock>> shared;
  private final List<Moments> moments;
  private final DrawnRuns drawn;
  private final boolean shifts;

  private final Checkpoint.Keeping keeping;

  /** A run of batches of one source layer. */
  record Run(int source, int from, int to) implements Serializable {}

  /** What came of a run. */
  record Done(Run run, Moments moments) implements Serializable {}

  /** What a task sends home. */
  private record Part(List<Done> runs) implements Serializable {}

  private SampledJob(
      Runtime runtime,
      Shared<DrawnAssembly> posterior,
      List<DrawnAssembly.Rows> rows,
      List<double[]> features,
      boolean shifts) {
    this.runtime = runtime;
    this.shifts = shifts;
    this.posterior = posterior;
    this.rows = rows;
    blocks = rows.stream().map(DrawnAssembly.Rows::block).toList();
    shared = runtime.share(new ArrayList<>(blocks));
    moments = new ArrayList<>();
    for (int s = 0; s < problem().sources(); s++) {
      moments.add(SampledContraction.noBatches(problem(), blocks.size(), shifts));
    }
    drawn = new DrawnRuns(posterior.value().contraction(), features, shifts);
    keeping = runtime.checkpoint().open(drawn);
  }

  /**
   * How many rows can be prepared at a time.
   *
   * @param size P
   * @param sources H
   * @param numbers that prepared rows may take together
   */
  public static long together(long size, int sources, long numbers) {
    return Math.max(1, numbers / (TABLES * size * sources));
  }

  /**
   * Prepares rows, a block a task. Runs of batches that the runtime's checkpoint has are not drawn
   * again.
   *
   * @param features preprocessed, one array for each row
   * @param shifts whether those of the output's kernel over the training samples are summed up, too
   */
  public static SampledJob prepare(
      Runtime runtime, Shared<DrawnAssembly> posterior, List<double[]> features, boolean shifts) {
    List<double[][]> blocks = new ArrayList<>();
    for (int from = 0; from < features.size(); from += RowBlock.ROWS) {
      int to = Math.min(features.size(), from + RowBlock.ROWS);
      blocks.add(features.subList(from, to).toArray(double[][]::new));
    }
    String name = "kernels of " + Counted.of(blocks.size(), "block", "blocks") + " of test rows";
    List<DrawnAssembly.Rows> rows =
        runtime.map(
            new Runtime.Name(name, "blocks of test rows"),
            blocks,
            block -> posterior.value().preparation().prepare(block));
    return new SampledJob(runtime, posterior, rows, features, shifts);
  }

  private SampledProblem problem() {
    return posterior.value().contraction().problem();
  }

  /** The predictions of all rows in order, as far as batches have been drawn. */
  public List<Prediction> predictions() {
    return new ArrayList<>(posterior.value().predictions(rows, estimates()));
  }

  /** The standard deviations of the rows' NNGP posteriors. */
  public double[] deviations() {
    return rows.stream()
        .flatMapToDouble(block -> Arrays.stream(block.variance()))
        .map(Math::sqrt)
        .toArray();
  }

  /** What the batches so far say, also of the rows that fill up the last block, at the end. */
  public Estimates estimates() {
    return new Estimates(posterior.value().contraction(), blocks, List.copyOf(moments));
  }

  /** What the batches so far say of the output's kernel, where shifts are summed up. */
  Optional<FirstOrder.Shifts> shifts() {
    return shifts
        ? Optional.of(
            OutputShifts.of(posterior.value().contraction())
                .of(moments, blocks.size() * RowBlock.ROWS))
        : Optional.empty();
  }

  /**
   * Draws what is missing.
   *
   * @param batches how many there shall be of each source layer
   */
  public void extend(int[] batches, Progress progress) {
    List<Run> runs = new ArrayList<>();
    for (int s = 0; s < batches.length; s++) {
      for (int from = moments.get(s).batches(); from < batches[s]; from += StoppingRule.RUN) {
        runs.add(new Run(s, from, Math.min(batches[s], from + StoppingRule.RUN)));
      }
    }
    // Runs that came before one that precedes them.
    Map<Run, Moments> waiting = drawn.takeRestored(runs);
    runs.removeAll(waiting.keySet());
    progress.found(waiting.keySet().stream().mapToLong(this::draws).sum());
    takeIn(waiting);
    // What tasks of one job send home must stay below what Spark lets a driver receive.
    int atOnce = (int) Math.max(1, RESULT_NUMBERS / (2L * moments.get(0).quantities()));
    for (int from = 0; from < runs.size(); from += atOnce) {
      List<Run> some = runs.subList(from, Math.min(runs.size(), from + atOnce));
      draw(some, Math.min(some.size(), TASKS_PER_CORE * runtime.cores()), waiting, progress);
    }
    if (!waiting.isEmpty()) {
      throw new IllegalStateException("some batches are missing before " + waiting.keySet());
    }
  }

  private long draws(Run run) {
    return (long) (run.to() - run.from()) * problem().drawsPerBatch();
  }

  /** By source layer, the batches that are drawn. */
  private static String name(List<Run> runs) {
    Map<Integer, Run> spans = new TreeMap<>();
    for (Run run : runs) {
      spans.merge(run.source(), run, (a, b) -> new Run(a.source(), a.from(), b.to()));
    }
    return spans.values().stream()
        .map(
            span ->
                "layer %s batches %s to %s"
                    .formatted(span.source() + 1, span.from() + 1, span.to()))
        .collect(Collectors.joining(", ", "sampled contraction, ", ""));
  }

  /** Dear and cheap layers' runs in turn: a task then costs about what the others cost. */
  private static List<Run> spread(List<Run> runs, int tasks) {
    List<Run> spread = new ArrayList<>();
    for (int first = 0; first < tasks; first++) {
      for (int i = first; i < runs.size(); i += tasks) {
        spread.add(runs.get(i));
      }
    }
    return spread;
  }

  private void draw(List<Run> runs, int tasks, Map<Run, Moments> waiting, Progress progress) {
    Shared<DrawnAssembly> all = posterior;
    Shared<List<RowBlock>> further = shared;
    boolean withShifts = shifts;
    runtime.run(
        new Runtime.Name(name(runs), "runs of batches"),
        spread(runs, tasks),
        tasks,
        some -> compute(all.value(), further.value(), withShifts, some),
        part -> {
          // Else nobody would ever take them from there.
          if (runtime.checkpoint().keeps()) {
            drawn.add(part.runs());
          }
          for (Done done : part.runs()) {
            waiting.put(done.run(), done.moments());
            progress.add(draws(done.run()));
          }
          takeIn(waiting);
        });
  }

  private void takeIn(Map<Run, Moments> waiting) {
    List<Run> inOrder =
        waiting.keySet().stream().sorted((a, b) -> Integer.compare(a.from(), b.from())).toList();
    for (Run run : inOrder) {
      Moments so = moments.get(run.source());
      if (so.batches() == run.from()) {
        so.add(Objects.requireNonNull(waiting.remove(run)));
      }
    }
  }

  private static Part compute(
      DrawnAssembly posterior, List<RowBlock> blocks, boolean shifts, Iterator<Run> runs) {
    SampledContraction contraction = posterior.contraction();
    Map<Integer, SampledContraction.Batches> workers = new HashMap<>();
    List<Done> done = new ArrayList<>();
    while (runs.hasNext()) {
      Run run = runs.next();
      SampledContraction.Batches worker =
          workers.computeIfAbsent(run.source(), s -> contraction.batches(s, shifts));
      done.add(new Done(run, worker.compute(run.from(), run.to(), blocks)));
    }
    return new Part(done);
  }

  /** Draws of all source layers together, for progress. */
  public long missing(int[] batches) {
    return IntStream.range(0, batches.length)
        .mapToLong(
            s ->
                (long) Math.max(0, batches[s] - moments.get(s).batches())
                    * problem().drawsPerBatch())
        .sum();
  }

  @Override
  public void close() {
    keeping.close();
    shared.close();
  }
}
