package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * A batch's sums of q² and q r_i over draws for blocks of rows, with q = H_x̃x̃ and r_i = x̃ᵀHφ_i:
 * of them come Var H_x̃x̃ and Cov(H_x̃x̃, H_x̃φ_i), as the mean of H is zero exactly.
 */
final class CumulantSums {
  /** Σ q² by block and row. */
  double[][] fourth = new double[0][];

  /** Σ q r_i by block, B × m. */
  Matrix[] third = new Matrix[0];

  /**
   * How many quantities a batch estimates: of all rows the first, then of each row and output the
   * second.
   */
  static int quantities(int rows, int outputs) {
    return Math.multiplyExact(rows, 1 + outputs);
  }

  void clear(List<SourceRows> blocks, int outputs) {
    boolean fits = fourth.length == blocks.size();
    for (int b = 0; fits && b < fourth.length; b++) {
      fits = fourth[b].length == blocks.get(b).size();
    }
    if (fits) {
      for (int b = 0; b < fourth.length; b++) {
        Arrays.fill(fourth[b], 0);
        Arrays.fill(third[b].data(), 0);
      }
      return;
    }
    fourth = new double[blocks.size()][];
    third = new Matrix[blocks.size()];
    for (int b = 0; b < fourth.length; b++) {
      fourth[b] = new double[blocks.get(b).size()];
      third[b] = Matrix.zeros(fourth[b].length, outputs);
    }
  }

  /**
   * Writes the means, those of q² of all rows first.
   *
   * @param draws of all
   * @param drawsByOutput of the sums with r_i
   */
  void write(double[] result, long draws, long[] drawsByOutput) {
    int at = 0;
    for (double[] block : fourth) {
      for (double sum : block) {
        result[at++] = sum / draws;
      }
    }
    for (Matrix block : third) {
      for (int i = 0; i < block.data().length; i++) {
        result[at++] = block.data()[i] / drawsByOutput[i % block.cols()];
      }
    }
  }
}
