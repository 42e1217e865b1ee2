package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.ProblemFingerprint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import finitewidth.linalg.SumTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The leaves of the training contraction that are done, however they were cut. A piece is a whole
 * subtree: leaves that finish between two writes are added up before they are kept, so that few and
 * large pieces are.
 */
public final class TrainingSums implements Work {
  private final ContractionProblem problem;
  private final Tiling tiling;
  private final double coreSeconds;
  private final ApexRow[] rows;
  private final BitSet restored = new BitSet();

  /** What is kept, or was. */
  private final SumTree<PairSums> tree = new SumTree<>();

  /** What is to be kept next. */
  private SumTree<PairSums> fresh = new SumTree<>();

  public TrainingSums(ContractionProblem problem, Tiling tiling) {
    this.problem = problem;
    this.tiling = tiling;
    coreSeconds = ExactCost.seconds(problem.shape(), 0);
    rows = new ApexRow[problem.size()];
  }

  @Override
  public String name() {
    return "training contraction";
  }

  @Override
  public Fingerprint fingerprint() {
    return ProblemFingerprint.of(problem);
  }

  @Override
  public long largestPiece() {
    return Subtree.largest(problem, tiling);
  }

  @Override
  public double coreSeconds() {
    return coreSeconds;
  }

  @Override
  public synchronized void restore(ByteBuffer piece) {
    Subtree subtree = Subtree.read(problem, tiling, piece);
    // Of two jobs with the same problem both may have kept the same leaves.
    if (restored.get(subtree.from(), subtree.to()).isEmpty()) {
      restored.set(subtree.from(), subtree.to());
      subtree.rows().forEach(row -> rows[row.apex()] = row);
      tree.add(subtree.node());
    }
  }

  /** Leaves that were not kept. */
  synchronized List<LeafRun> missing() {
    return LeafRun.missing(tiling.leaves(), restored);
  }

  /** Moments of those that were, over all source layers. */
  synchronized long restoredMoments() {
    return restored.stream().mapToLong(tiling::leafMoments).sum() * problem.sources();
  }

  @Override
  public String found() {
    return String.format(Locale.ROOT, "%.0f %% of the %s", Math.floor(100 * share()), name());
  }

  @Override
  public double restoredSeconds() {
    return share() * coreSeconds;
  }

  private double share() {
    return (double) restoredMoments() / TrainingJob.moments(problem.size(), problem.sources());
  }

  /** Takes in what a task has done. */
  public synchronized void add(List<SumTree.Node<PairSums>> subtrees, List<ApexRow> apexes) {
    apexes.forEach(row -> rows[row.apex()] = row);
    subtrees.forEach(fresh::add);
  }

  @Override
  public void save(Pieces to) throws IOException {
    SumTree<PairSums> saving = takeFresh();
    try {
      for (SumTree.Node<PairSums> node : saving.subtrees()) {
        to.put(Subtree.of(tiling, node, this::row).toBytes(problem, tiling));
      }
    } finally {
      putBack(saving);
    }
  }

  private synchronized SumTree<PairSums> takeFresh() {
    SumTree<PairSums> taken = fresh;
    fresh = new SumTree<>();
    return taken;
  }

  private synchronized void putBack(SumTree<PairSums> saved) {
    tree.merge(saved);
  }

  private synchronized ApexRow row(int apex) {
    return rows[apex];
  }

  /**
   * The contraction, when all leaves are done; the sums are used up.
   *
   * @throws IllegalStateException if leaves are missing
   */
  synchronized TrainingContraction total() {
    return TrainingContraction.assemble(
        problem, tree.merge(fresh).total(tiling.leaves()), List.of(rows));
  }
}
