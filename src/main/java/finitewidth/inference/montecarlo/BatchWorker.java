package finitewidth.inference.montecarlo;

import finitewidth.gaussian.Activation;
import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import java.util.List;

/**
 * Computes batches of draws of one source layer: fields over the training samples, a chunk of
 * columns at a time, and what they say of the evidence and of further rows. Holds scratch; belongs
 * to one thread.
 *
 * <p>All rows share one innovation per draw: each row's estimate is as good as with its own, no row
 * depends on another, and a test row costs no deviates of its own. Each innovation is used with
 * both signs.
 */
abstract sealed class BatchWorker
    permits LastLayerWorker, InnerLayerWorker, LastCumulantWorker, InnerCumulantWorker {
  final SampledProblem problem;
  final int n;
  final int outputs;
  final boolean variance;

  /** Whether the shift of the output's kernel over the training samples is summed up, too. */
  final boolean shifts;

  private final SourceDraws draws;
  private final Activation activation;
  private final Fields fields;

  /** Innovations of the fields, r × chunk. */
  Matrix g;

  /** σ(z), P × chunk. */
  Matrix f;

  private Matrix scratchG;
  private double[] dots;
  private double[] innovations;
  private int wanted = Integer.MAX_VALUE;

  /** The mean square and mean of f over both signs, and f itself, B × chunk. */
  Matrix plus;

  Matrix minus;

  BatchWorker(SampledProblem problem, SourceDraws draws, boolean shifts) {
    this.problem = problem;
    this.shifts = shifts;
    this.draws = draws;
    n = problem.size();
    outputs = problem.outputs();
    variance = problem.contraction().variance();
    activation = problem.contraction().flow().architecture().activation();
    fields = new Fields(draws.factor(), activation);
    shape(0);
  }

  /** Later rows than so many only fill up the last block: what is dear is not done for them. */
  final void wanted(int rows) {
    wanted = rows;
  }

  /** Whether row r of a block is wanted; earlier blocks are full. */
  final boolean wanted(int block, int r) {
    return block * RowBlock.ROWS + r < wanted;
  }

  /** Where the quantities of so many rows are. */
  final Quantities layout(int rows) {
    return Quantities.of(problem, rows, shifts);
  }

  /** How many this worker estimates. */
  int quantities(int rows) {
    return layout(rows).count();
  }

  /**
   * One independent estimate, as {@link Quantities} has it but for exact parts; workers of
   * cumulants have others.
   */
  final double[] estimate(long batch, List<SourceRows> blocks) {
    Normals normals = normals(batch, Normals.Purpose.FIELDS);
    Normals signs = normals(batch, Normals.Purpose.INNOVATIONS);
    begin(batch, blocks);
    int left = problem.drawsPerBatch();
    for (int chunk = 0; left > 0; chunk++) {
      int size = Math.min(left, SampledProblem.CHUNK);
      left -= size;
      if (g.cols() != size) {
        shape(size);
        shapeChunk(size);
      }
      fields.draw(normals);
      signs.fill(innovations);
      training(chunk);
      for (int block = 0; block < blocks.size(); block++) {
        rows(blocks.get(block));
        further(chunk, block, blocks.get(block));
      }
    }
    int rows = blocks.stream().mapToInt(SourceRows::size).sum();
    double[] result = new double[quantities(rows)];
    finish(blocks, result);
    double weight = problem.weight(draws.source());
    for (int i = 0; i < result.length; i++) {
      result[i] *= weight;
    }
    return result;
  }

  final Normals normals(long batch, Normals.Purpose purpose) {
    return new Normals(problem.seed(), draws.source(), batch, purpose);
  }

  private void shape(int size) {
    fields.shape(size);
    g = fields.g();
    f = fields.f();
    scratchG = Matrix.zeros(g.rows(), size);
    dots = new double[size];
    innovations = new double[size];
    plus = Matrix.zeros(0, size);
    minus = Matrix.zeros(0, size);
  }

  /** Subtracts the control variate from each draw's value. */
  final void control(double[] values) {
    draws.control().subtract(g, scratchG, dots, values);
  }

  private void rows(SourceRows block) {
    int size = f.cols();
    if (plus.rows() != block.size() || plus.cols() != size) {
      plus = Matrix.zeros(block.size(), size);
      minus = Matrix.zeros(block.size(), size);
    }
    Accumulate.times(1, block.field(), g, 0, plus);
    double[] up = plus.data();
    double[] down = minus.data();
    boolean mirrored = problem.reductions().mirrored();
    for (int x = 0, at = 0; x < block.size(); x++) {
      double scale = block.innovation()[x];
      for (int d = 0; d < size; d++, at++) {
        double known = up[at];
        double step = scale * innovations[d];
        up[at] = activation.value(known + step);
        down[at] = mirrored ? activation.value(known - step) : up[at];
      }
    }
  }

  /** Before the first chunk of a batch. */
  abstract void begin(long batch, List<SourceRows> blocks);

  /** When chunks have another number of columns. */
  abstract void shapeChunk(int size);

  /** With g and f of a chunk. */
  abstract void training(int chunk);

  /** With plus and minus of a block. */
  abstract void further(int chunk, int block, SourceRows rows);

  /** After the last chunk; C_W² comes later. */
  abstract void finish(List<SourceRows> blocks, double[] result);
}
