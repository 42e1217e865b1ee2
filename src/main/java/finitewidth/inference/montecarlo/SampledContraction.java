package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that draws share, worked out once from the training samples: O(P³ H) products and the
 * self-energy. Immutable; broadcast.
 */
public final class SampledContraction implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampledProblem problem;
  private final List<SourceDraws> sources;
  private final double[] exactEvidence;

  private SampledContraction(
      SampledProblem problem, List<SourceDraws> sources, double[] exactEvidence) {
    this.problem = problem;
    this.sources = sources;
    this.exactEvidence = exactEvidence;
  }

  public static SampledContraction of(SampledProblem problem) {
    Matrix[] selfEnergy = new SelfEnergies(problem.contraction()).training();
    List<SourceDraws> sources = new ArrayList<>();
    double[] exactEvidence = new double[problem.sources()];
    for (int s = 0; s < problem.sources(); s++) {
      SourceDraws source =
          s == problem.sources() - 1
              ? new LastLayer(problem, selfEnergy[s])
              : new InnerLayer(problem, s, selfEnergy[s]);
      sources.add(source);
      exactEvidence[s] = source.exactEvidence(selfEnergy[s]);
    }
    return new SampledContraction(problem, sources, exactEvidence);
  }

  public SampledProblem problem() {
    return problem;
  }

  /** What is known of the evidence's coefficient of source layer s. */
  double exactEvidence(int s) {
    return exactEvidence[s];
  }

  /** What prepares blocks of rows on one thread. */
  public RowPreparation rows() {
    return new RowPreparation(this);
  }

  /** What computes batches of source layer s on one thread. */
  public Batches batches(int s) {
    return batches(s, false);
  }

  /**
   * The same.
   *
   * @param shifts whether the shift of the output's kernel is wanted, too
   */
  Batches batches(int s, boolean shifts) {
    return new Batches(sources.get(s).worker(problem, shifts), s);
  }

  /** The same of the third and fourth cumulants, see {@link CumulantEstimates}. */
  public Batches cumulantBatches(int s) {
    return new Batches(sources.get(s).cumulantWorker(problem), s);
  }

  /** Moments of no batches, of a source layer for so many blocks of rows. */
  public static Moments noBatches(SampledProblem problem, int blocks) {
    return noBatches(problem, blocks, false);
  }

  /** The same, perhaps with shifts. */
  static Moments noBatches(SampledProblem problem, int blocks, boolean shifts) {
    int rows = Math.multiplyExact(blocks, RowBlock.ROWS);
    return new Moments(Quantities.of(problem, rows, shifts).count());
  }

  /** The cost of one draw of source layer s for so many rows, in floating-point operations. */
  public double operations(int s, long rows) {
    return DrawCost.operations(shape(s), rows);
  }

  /** Floating-point operations of the matrix products of such a draw. */
  public double products(int s, long rows) {
    return DrawCost.products(shape(s), rows);
  }

  private DrawCost.Shape shape(int s) {
    return DrawCost.Shape.of(problem.contraction(), s, sources.get(s).factor().rank());
  }

  List<SourceDraws> sources() {
    return sources;
  }

  /** Estimates from batches of one source layer, on one thread. */
  public final class Batches {
    private final BatchWorker worker;
    private final int source;

    private Batches(BatchWorker worker, int source) {
      this.worker = worker;
      this.source = source;
    }

    /** No moments yet, of one block of rows. */
    public Moments none() {
      return new Moments(worker.quantities(RowBlock.ROWS));
    }

    /** The same where rows after the first so many only fill up the last block. */
    public Moments compute(int from, int to, List<RowBlock> blocks, int wanted) {
      worker.wanted(wanted);
      return compute(from, to, blocks);
    }

    /** The moments of the batches from..to−1 for the rows of these blocks. */
    public Moments compute(int from, int to, List<RowBlock> blocks) {
      List<SourceRows> rows = blocks.stream().map(block -> block.source(source)).toList();
      int count = rows.stream().mapToInt(SourceRows::size).sum();
      Moments moments = new Moments(worker.quantities(count));
      for (int batch = from; batch < to; batch++) {
        moments.add(worker.estimate(batch, rows));
      }
      return moments;
    }
  }
}
