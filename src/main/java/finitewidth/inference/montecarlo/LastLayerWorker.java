package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of the last hidden layer: two products over the training samples, two for each row. The
 * kernel's shift is E[ρ ffᵀ], with ρ less its control variate.
 */
final class LastLayerWorker extends BatchWorker {
  private final LastLayer layer;
  private final Matrix phiRows;
  private final Matrix wickRows;
  private final Matrix directionRows;
  private final Matrix directionWickRows;
  private Matrix whitened = Matrix.zeros(0, 0);
  private Matrix h = Matrix.zeros(0, 0);
  private Matrix meanFactors = Matrix.zeros(0, 0);
  private Matrix varianceFactors = Matrix.zeros(0, 0);
  private Matrix along = Matrix.zeros(0, 0);
  private Matrix alongFactors = Matrix.zeros(0, 0);
  private double[] q = new double[0];
  private double[] rho = new double[0];
  private Matrix known = Matrix.zeros(0, 0);
  private double evidence;
  private double fourth;
  private final Matrix weighted;
  private Matrix scaled = Matrix.zeros(0, 0);
  private List<Matrix> meanSums = List.of();
  private List<Matrix> varianceSums = List.of();
  private List<Matrix> alongSums = List.of();

  LastLayerWorker(SampledProblem problem, LastLayer layer, boolean shifts) {
    super(problem, layer, shifts);
    this.layer = layer;
    phiRows = layer.phi().transpose();
    wickRows = layer.wick().transpose();
    directionRows = layer.directions().transpose();
    directionWickRows = layer.directionWick().transpose();
    weighted = shifts ? Matrix.zeros(n, n) : Matrix.zeros(0, 0);
  }

  @Override
  void shapeChunk(int size) {
    whitened = Matrix.zeros(n, size);
    h = Matrix.zeros(outputs, size);
    meanFactors = Matrix.zeros(outputs, size);
    varianceFactors = Matrix.zeros(outputs, size);
    along = Matrix.zeros(directionRows.rows(), size);
    alongFactors = Matrix.zeros(directionRows.rows(), size);
    q = new double[size];
    rho = new double[size];
    known = Matrix.zeros(0, size);
    scaled = shifts ? Matrix.zeros(n, size) : scaled;
  }

  @Override
  void begin(long batch, List<SourceRows> blocks) {
    evidence = 0;
    fourth = 0;
    Arrays.fill(weighted.data(), 0);
    meanSums = new ArrayList<>();
    varianceSums = new ArrayList<>();
    alongSums = new ArrayList<>();
    for (SourceRows block : blocks) {
      meanSums.add(Matrix.zeros(block.size(), outputs));
      varianceSums.add(Matrix.zeros(block.size(), variance ? outputs : 0));
      alongSums.add(Matrix.zeros(block.size(), directionRows.rows()));
    }
  }

  @Override
  void training(int chunk) {
    int size = f.cols();
    System.arraycopy(f.data(), 0, whitened.data(), 0, f.data().length);
    Accumulate.lowerTimes(layer.inverseFactor(), whitened);
    Forms.columnDots(whitened, whitened, q);
    Accumulate.times(1, phiRows, f, 0, h);
    double half = 0.5 * outputs;
    for (int d = 0; d < size; d++) {
      double squares = 0;
      for (int i = 0; i < outputs; i++) {
        double hi = h.data()[i * size + d];
        squares += hi * hi - layer.meanSquares()[i];
      }
      double excess = q[d] - layer.meanQ();
      double t = squares - outputs * excess;
      rho[d] = 0.5 * squares - (half + 1) * excess;
      fourth += squares * squares;
      evidence += t * t - 4 * squares * excess + 2 * outputs * excess * excess;
    }
    control(rho);
    if (shifts) {
      Forms.addLowerOuter(f, rho, scaled, weighted);
    }
    Accumulate.times(-2, wickRows, f, 0, meanFactors);
    for (int i = 0, at = 0; i < outputs; i++) {
      for (int d = 0; d < size; d++, at++) {
        double hi = h.data()[at];
        meanFactors.data()[at] += rho[d] * hi;
        varianceFactors.data()[at] = rho[d] + hi * hi - layer.meanSquares()[i];
      }
    }
    if (along.rows() > 0) {
      Accumulate.times(1, directionRows, f, 0, along);
      Accumulate.times(-2, directionWickRows, f, 0, alongFactors);
      for (int k = 0, at = 0; k < along.rows(); k++) {
        for (int d = 0; d < size; d++, at++) {
          alongFactors.data()[at] += rho[d] * along.data()[at];
        }
      }
    }
  }

  @Override
  void further(int chunk, int block, SourceRows rows) {
    if (known.rows() != rows.size()) {
      known = Matrix.zeros(rows.size(), f.cols());
    }
    Accumulate.times(1, rows.weights(), f, 0, known);
    double[] up = plus.data();
    double[] down = minus.data();
    double[] w = known.data();
    for (int i = 0; i < w.length; i++) {
      double a = up[i] - w[i];
      double b = down[i] - w[i];
      up[i] = 0.5 * (a + b);
      down[i] = 0.5 * (a * a + b * b);
    }
    Accumulate.timesTranspose(1, plus, meanFactors, 1, meanSums.get(block));
    if (along.rows() > 0) {
      Accumulate.timesTranspose(1, plus, alongFactors, 1, alongSums.get(block));
    }
    if (variance) {
      Accumulate.timesTranspose(1, minus, varianceFactors, 1, varianceSums.get(block));
    }
  }

  @Override
  void finish(List<SourceRows> blocks, double[] result) {
    double scale = 1.0 / problem.drawsPerBatch();
    result[0] = evidence * scale / 8;
    int at = 1;
    for (Matrix sums : meanSums) {
      for (double sum : sums.data()) {
        result[at++] = sum * scale;
      }
    }
    for (Matrix sums : varianceSums) {
      for (double sum : sums.data()) {
        result[at++] = sum * scale;
      }
    }
    for (Matrix sums : alongSums) {
      for (double sum : sums.data()) {
        result[at++] = sum * scale;
      }
    }
    if (shifts) {
      result[at++] = fourth * scale;
      for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
          result[at++] = weighted.get(a, b) * scale;
        }
      }
    }
  }
}
