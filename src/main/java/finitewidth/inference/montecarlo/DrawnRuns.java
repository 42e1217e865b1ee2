package finitewidth.inference.montecarlo;

import finitewidth.inference.Cost;
import finitewidth.inference.ProblemFingerprint;
import finitewidth.inference.montecarlo.SampledJob.Done;
import finitewidth.inference.montecarlo.SampledJob.Run;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs of batches that are drawn. How runs are cut follows from the stopping rule, and so from the
 * problem alone. A piece is one run: source layer, first batch and the one after the last (4 bytes
 * each), then its moments.
 */
final class DrawnRuns implements Work {
  private static final int HEAD = 3 * Integer.BYTES;

  private final SampledContraction contraction;
  private final List<double[]> features;
  private final boolean shifts;
  private final int quantities;
  private final Map<Run, Moments> restored = new HashMap<>();
  private double restoredOperations;
  private double drawnOperations;
  private List<Done> fresh = new ArrayList<>();

  /**
   * @param features of the rows that are drawn for
   * @param shifts whether shifts of the output's kernel are summed up, too
   */
  DrawnRuns(SampledContraction contraction, List<double[]> features, boolean shifts) {
    this.contraction = contraction;
    this.features = features;
    this.shifts = shifts;
    int blocks = (features.size() + RowBlock.ROWS - 1) / RowBlock.ROWS;
    quantities = SampledContraction.noBatches(contraction.problem(), blocks, shifts).quantities();
  }

  @Override
  public String name() {
    return "draws";
  }

  @Override
  public Fingerprint fingerprint() {
    return fingerprint(contraction.problem(), features, shifts);
  }

  /**
   * Of draws for a list of rows.
   *
   * @param features of the rows, preprocessed
   */
  private static Fingerprint fingerprint(
      SampledProblem problem, List<double[]> features, boolean shifts) {
    Fingerprint.Builder all = Fingerprint.of(shifts ? "draws with shifts" : "draws");
    all.add(ProblemFingerprint.of(problem.contraction())).add(problem.cholesky().factor());
    all.add(problem.seed()).add((long) problem.drawsPerBatch());
    features.forEach(all::add);
    return all.done();
  }

  @Override
  public long largestPiece() {
    return HEAD + Moments.bytes(quantities);
  }

  @Override
  public synchronized void restore(ByteBuffer piece) {
    SampledProblem problem = contraction.problem();
    if (piece.remaining() < HEAD) {
      throw new IllegalArgumentException("it is too short for a run of batches");
    }
    Run run = new Run(piece.getInt(), piece.getInt(), piece.getInt());
    Moments moments = Moments.read(quantities, piece);
    boolean fits =
        run.source() >= 0
            && run.source() < problem.sources()
            && run.from() >= 0
            && moments.batches() > 0
            && moments.batches() == run.to() - run.from();
    if (!fits) {
      throw new IllegalArgumentException("there is no such run of batches: " + run);
    }
    if (restored.putIfAbsent(run, moments) == null) {
      restoredOperations += operations(run);
    }
  }

  private double operations(Run run) {
    return (double) (run.to() - run.from())
        * contraction.problem().drawsPerBatch()
        * contraction.operations(run.source(), features.size());
  }

  @Override
  public synchronized String found() {
    return restored.size() + " runs of batches of draws";
  }

  @Override
  public synchronized double restoredSeconds() {
    return Cost.products(restoredOperations);
  }

  @Override
  public synchronized double coreSeconds() {
    return Cost.products(restoredOperations + drawnOperations);
  }

  /** Those of these runs that were kept, which then are the caller's. */
  synchronized Map<Run, Moments> takeRestored(Collection<Run> wanted) {
    Map<Run, Moments> taken = new HashMap<>();
    for (Run run : wanted) {
      if (restored.containsKey(run)) {
        taken.put(run, restored.remove(run));
      }
    }
    return taken;
  }

  /** Takes in what a task has done. */
  synchronized void add(List<Done> done) {
    fresh.addAll(done);
    done.forEach(some -> drawnOperations += operations(some.run()));
  }

  @Override
  public void save(Pieces to) throws IOException {
    for (Done done : takeFresh()) {
      ByteBuffer piece =
          ByteBuffer.allocate(Math.toIntExact(largestPiece())).order(ByteOrder.LITTLE_ENDIAN);
      Run run = done.run();
      piece.putInt(run.source()).putInt(run.from()).putInt(run.to());
      done.moments().write(piece);
      to.put(piece.flip());
    }
  }

  private synchronized List<Done> takeFresh() {
    List<Done> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }
}
