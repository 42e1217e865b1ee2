package finitewidth.inference.montecarlo;

import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Quantities over the training samples from draws made anew, such as shifts of kernels. Moments of
 * runs of batches come back and are put together in the order of the batches: the result has the
 * same bits for any number of partitions and executors. Nothing of it is kept in a checkpoint.
 */
public final class RedrawnJob {
  /** Numbers that come home at once, a quarter of a gigabyte. */
  private static final long RESULT_NUMBERS = 1L << 25;

  private RedrawnJob() {}

  /** A run of batches of one source layer. */
  private record Run(int source, int from, int to) implements Serializable {}

  private record Done(Run run, Moments moments) implements Serializable {}

  private record Part(List<Done> runs) implements Serializable {}

  /**
   * Draws.
   *
   * @param batches how many of each source layer
   * @param what is drawn, in words
   * @return moments of each source layer
   */
  public static List<Moments> run(Runtime runtime, Redrawn quantities, int[] batches, String what) {
    List<Run> runs = runs(batches);
    List<Moments> moments = new ArrayList<>();
    long draws = 0;
    long largest = 1;
    for (int s = 0; s < batches.length; s++) {
      moments.add(quantities.noBatches(s));
      draws += (long) batches[s] * quantities.problem().drawsPerBatch();
      largest = Math.max(largest, moments.get(s).quantities());
    }
    // No draws of the contraction, which are counted where they are made first.
    Progress progress = new Progress(runtime.messages().progress(), what, draws, "draws made anew");
    int atOnce = (int) Math.max(1, RESULT_NUMBERS / (2 * largest));
    try (Shared<Redrawn> shared = runtime.share(quantities)) {
      for (int from = 0; from < runs.size(); from += atOnce) {
        List<Run> some = runs.subList(from, Math.min(runs.size(), from + atOnce));
        draw(runtime, shared, some, what, moments, progress);
      }
    }
    return moments;
  }

  /** The runs of each layer in order; dear and cheap layers in turn. */
  private static List<Run> runs(int[] batches) {
    List<Run> runs = new ArrayList<>();
    for (int from = 0, left = 1; left > 0; from += StoppingRule.RUN) {
      left = 0;
      for (int s = 0; s < batches.length; s++) {
        if (from < batches[s]) {
          runs.add(new Run(s, from, Math.min(batches[s], from + StoppingRule.RUN)));
          left++;
        }
      }
    }
    return runs;
  }

  /** Adds what comes home to the moments, and keeps what comes before its turn. */
  private static void draw(
      Runtime runtime,
      Shared<Redrawn> quantities,
      List<Run> runs,
      String what,
      List<Moments> moments,
      Progress progress) {
    List<SortedMap<Integer, Moments>> waiting = new ArrayList<>();
    moments.forEach(each -> waiting.add(new TreeMap<>()));
    int perBatch = quantities.value().problem().drawsPerBatch();
    runtime.run(
        new Runtime.Name(what, "runs of batches"),
        new ArrayList<>(runs),
        runs.size(),
        some -> compute(quantities.value(), some),
        part -> {
          for (Done one : part.runs()) {
            waiting.get(one.run().source()).put(one.run().from(), one.moments());
            progress.add((long) (one.run().to() - one.run().from()) * perBatch);
          }
          for (int s = 0; s < moments.size(); s++) {
            Moments so = moments.get(s);
            SortedMap<Integer, Moments> own = waiting.get(s);
            while (!own.isEmpty() && own.firstKey() == so.batches()) {
              so.add(Objects.requireNonNull(own.remove(own.firstKey())));
            }
          }
        });
  }

  private static Part compute(Redrawn quantities, Iterator<Run> runs) {
    List<Done> done = new ArrayList<>();
    while (runs.hasNext()) {
      Run run = runs.next();
      done.add(new Done(run, quantities.compute(run.source(), run.from(), run.to())));
    }
    return new Part(done);
  }
}
