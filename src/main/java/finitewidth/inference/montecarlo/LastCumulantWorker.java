package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of rows' cumulants in the last hidden layer, where q = f_x̃² − F_x̃x̃ and r_i = f_x̃ h_i
 * − F_x̃φ_i: O(P) for a draw and row.
 */
final class LastCumulantWorker extends BatchWorker {
  private final Matrix phiRows;
  private final CumulantSums sums = new CumulantSums();
  private Matrix h = Matrix.zeros(0, 0);
  private Matrix known = Matrix.zeros(0, 0);

  LastCumulantWorker(SampledProblem problem, LastLayer layer) {
    super(problem, layer, false);
    phiRows = layer.phi().transpose();
  }

  @Override
  int quantities(int rows) {
    return CumulantSums.quantities(rows, outputs);
  }

  @Override
  void shapeChunk(int size) {
    h = Matrix.zeros(outputs, size);
    known = Matrix.zeros(0, size);
  }

  @Override
  void begin(long batch, List<SourceRows> blocks) {
    sums.clear(blocks, outputs);
  }

  @Override
  void training(int chunk) {
    Accumulate.times(1, phiRows, f, 0, h);
  }

  @Override
  void further(int chunk, int block, SourceRows rows) {
    int size = f.cols();
    if (known.rows() != rows.size()) {
      known = Matrix.zeros(rows.size(), size);
    }
    Accumulate.times(1, rows.weights(), f, 0, known);
    double[] up = plus.data();
    double[] down = minus.data();
    double[] w = known.data();
    Matrix third = sums.third[block];
    for (int r = 0, at = 0; r < rows.size(); r++) {
      double mean = rows.lastPart().points()[r];
      double squares = 0;
      double centre = 0;
      for (int d = 0; d < size; d++, at++) {
        double a = up[at] - w[at];
        double b = down[at] - w[at];
        double one = a * a - mean;
        double other = b * b - mean;
        squares += 0.5 * (one * one + other * other);
        centre += 0.5 * (one + other);
        w[at] = 0.5 * (one * a + other * b);
      }
      sums.fourth[block][r] += squares;
      for (int i = 0; i < outputs; i++) {
        third.add(r, i, -centre * rows.lastPart().phi().get(r, i));
      }
    }
    Accumulate.timesTranspose(1, known, h, 1, third);
  }

  @Override
  void finish(List<SourceRows> blocks, double[] result) {
    long[] draws = new long[outputs];
    Arrays.fill(draws, problem.drawsPerBatch());
    sums.write(result, problem.drawsPerBatch(), draws);
  }
}
