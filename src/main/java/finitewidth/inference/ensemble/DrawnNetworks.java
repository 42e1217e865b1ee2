package finitewidth.inference.ensemble;

import finitewidth.inference.ProblemFingerprint;
import finitewidth.inference.ensemble.EnsembleJob.Batch;
import finitewidth.inference.ensemble.EnsembleJob.Done;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Batches of networks that are drawn. A piece is one batch: its choice of widths and its number (4
 * bytes each), then its sums.
 */
final class DrawnNetworks implements Work {
  private static final int HEAD = 2 * Integer.BYTES;

  private final EnsembleProblem problem;
  private final List<int[]> choices;
  private final long perBatch;
  private final long seed;
  private final Map<Batch, DrawSums> sums = new HashMap<>();
  private double restoredSeconds;
  private List<Done> fresh = new ArrayList<>();

  DrawnNetworks(EnsembleProblem problem, List<int[]> choices, long perBatch, long seed) {
    this.problem = problem;
    this.choices = choices;
    this.perBatch = perBatch;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "networks";
  }

  @Override
  public Fingerprint fingerprint() {
    return fingerprint(problem, choices, perBatch, seed);
  }

  /** Of networks drawn of several choices of widths. */
  private static Fingerprint fingerprint(
      EnsembleProblem problem, List<int[]> choices, long perBatch, long seed) {
    Fingerprint.Builder all = Fingerprint.of("networks");
    ProblemFingerprint.add(all, problem.architecture());
    all.add(problem.noise()).add(problem.targets()).add(problem.inputRoot());
    all.add((long) problem.training()).add((long) problem.tests()).add(perBatch).add(seed);
    all.add(problem.firstMoment());
    if (problem.hasHiddenKernels()) {
      all.add("hidden kernels");
    }
    for (int[] widths : choices) {
      all.add((long) widths.length);
      for (int width : widths) {
        all.add((long) width);
      }
    }
    return all.done();
  }

  @Override
  public long largestPiece() {
    return HEAD + DrawSums.bytes(problem);
  }

  @Override
  public synchronized void restore(ByteBuffer piece) {
    if (piece.remaining() < HEAD) {
      throw new IllegalArgumentException("it is too short for a batch of networks");
    }
    Batch batch = new Batch(piece.getInt(), piece.getInt());
    DrawSums found = DrawSums.read(problem, piece);
    boolean fits =
        batch.choice() >= 0
            && batch.choice() < choices.size()
            && batch.number() >= 0
            && batch.number() < EnsembleEstimate.GROUPS
            && found.draws() == perBatch;
    if (!fits) {
      throw new IllegalArgumentException("there is no such batch of networks: " + batch);
    }
    if (sums.putIfAbsent(batch, found) == null) {
      restoredSeconds += seconds(batch);
    }
  }

  @Override
  public synchronized String found() {
    return sums.size() + " of " + all().size() + " batches of networks";
  }

  @Override
  public synchronized double restoredSeconds() {
    return restoredSeconds;
  }

  @Override
  public double coreSeconds() {
    return all().stream().mapToDouble(this::seconds).sum();
  }

  private double seconds(Batch batch) {
    int[] widths = choices.get(batch.choice());
    return perBatch
        * EnsembleCost.seconds(
            problem.training(), problem.tests(), problem.hasHiddenKernels(), widths);
  }

  private List<Batch> all() {
    List<Batch> all = new ArrayList<>();
    for (int number = 0; number < EnsembleEstimate.GROUPS; number++) {
      for (int choice = 0; choice < choices.size(); choice++) {
        all.add(new Batch(choice, number));
      }
    }
    return all;
  }

  /** Batches that are not there yet. */
  synchronized List<Batch> missing() {
    List<Batch> missing = all();
    missing.removeAll(sums.keySet());
    return missing;
  }

  /** Networks of those that were kept. */
  synchronized long restoredDraws() {
    return perBatch * sums.size();
  }

  /** Takes in what a task has done. */
  synchronized void add(List<Done> done) {
    fresh.addAll(done);
    done.forEach(some -> sums.put(some.batch(), some.sums()));
  }

  @Override
  public void save(Pieces to) throws IOException {
    for (Done done : takeFresh()) {
      ByteBuffer piece =
          ByteBuffer.allocate(Math.toIntExact(largestPiece())).order(ByteOrder.LITTLE_ENDIAN);
      piece.putInt(done.batch().choice()).putInt(done.batch().number());
      done.sums().write(piece);
      to.put(piece.flip());
    }
  }

  private synchronized List<Done> takeFresh() {
    List<Done> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }

  /** An estimate for each choice of widths, when all batches are there. */
  synchronized List<EnsembleEstimate> estimates() {
    List<EnsembleEstimate> estimates = new ArrayList<>();
    for (int choice = 0; choice < choices.size(); choice++) {
      List<DrawSums> own = new ArrayList<>();
      for (int number = 0; number < EnsembleEstimate.GROUPS; number++) {
        own.add(sums.get(new Batch(choice, number)));
      }
      estimates.add(new EnsembleEstimate(problem, own));
    }
    return estimates;
  }
}
