package finitewidth.evidence;

import finitewidth.inducing.Approximation;
import finitewidth.inducing.BlockPass;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.prior.CrossFlow;
import finitewidth.prior.CrossGradient;
import java.util.Arrays;

/**
 * The second pass: the derivatives of the evidence in the kernels of every row, taken back through
 * the layers. See {@link ProjectedEvidence} for the formulas.
 *
 * @param beta β, u × m
 * @param inverse B⁻¹, u × u
 */
record DerivativePass(
    InducingPoints points,
    Hyperparameters hyperparameters,
    Approximation approximation,
    Matrix beta,
    Matrix inverse)
    implements BlockPass<RowDerivatives> {
  /** Rows at a time: many for BLAS, few so that what the way back needs stays near. */
  private static final int BATCH = 128;

  DerivativePass(
      InducingPoints points,
      Hyperparameters hyperparameters,
      Approximation approximation,
      WhitenedEvidence there) {
    this(points, hyperparameters, approximation, there.beta(), there.inverse());
  }

  @Override
  public long bytes() {
    return (long) Double.BYTES * points.size() * points.size();
  }

  @Override
  public Worker<RowDerivatives> worker() {
    CrossFlow flow =
        new CrossFlow(points.network(), points.inputs(), hyperparameters.inputScales().length > 0);
    return block -> sums(flow, block);
  }

  private RowDerivatives sums(CrossFlow flow, TrainingBlock block) {
    Matrix seen = hyperparameters.scaled(block.inputs());
    RowDerivatives sums = sums(flow, block, seen, 0);
    for (int from = BATCH; from < block.rows(); from += BATCH) {
      sums = sums.add(sums(flow, block, seen, from));
    }
    return sums;
  }

  private RowDerivatives sums(CrossFlow flow, TrainingBlock block, Matrix seen, int from) {
    int to = Math.min(block.rows(), from + BATCH);
    return new Batch(flow, rows(seen, from, to), rows(block.targets(), from, to)).run();
  }

  private static Matrix rows(Matrix matrix, int from, int to) {
    int cols = matrix.cols();
    return Matrix.wrap(to - from, cols, Arrays.copyOfRange(matrix.data(), from * cols, to * cols));
  }

  /** Some rows. */
  private final class Batch {
    private final CrossFlow flow;
    private final Matrix inputs;

    /** y, and then e. */
    private final Matrix errors;

    private final int u = points.size();
    private final int outputs = beta.cols();

    Batch(CrossFlow flow, Matrix inputs, Matrix targets) {
      this.flow = flow;
      this.inputs = inputs;
      errors = targets;
    }

    RowDerivatives run() {
      int b = inputs.rows();
      Matrix v = Matrix.zeros(b, u);
      double[] variances = new double[b];
      flow.follow(inputs, v, variances);
      points.factor().solveLowerRows(v);
      Accumulate.times(-1, v, beta, 1, errors);
      Matrix shrunk = Matrix.zeros(b, u);
      Accumulate.times(1, v, inverse, 0, shrunk);
      Matrix byKernel = Matrix.zeros(b, u);
      Accumulate.timesTranspose(1, errors, beta, 0, byKernel);
      double[] byOpen = new double[b];
      double byNoise = 0;
      for (int x = 0; x < b; x++) {
        double open = Math.max(0, variances[x] - dot(v, v, x));
        double lambda = approximation.rowVariance(hyperparameters.noiseVariance(), open);
        double byVariance =
            (0.5 * (dot(errors, errors, x) + outputs * dot(v, shrunk, x)) / lambda - 0.5 * outputs)
                / lambda;
        if (approximation == Approximation.DTC) {
          byOpen[x] = -0.5 * outputs / lambda;
          byVariance -= byOpen[x] * open / lambda;
        } else {
          byOpen[x] = byVariance;
        }
        byNoise += byVariance;
        combine(byKernel, v, shrunk, x, 1 / lambda, -2 * byOpen[x]);
      }
      points.factor().solveUpperRows(byKernel);
      CrossGradient cross = flow.gradient(byKernel, byOpen);
      return new RowDerivatives(cross, flow.varianceGradient(1), byNoise, gram(v, byOpen));
    }

    /** v̄ = (β e − m B⁻¹v)/λ − 2 d̄ v, of which β e is there already. */
    private void combine(
        Matrix byKernel, Matrix v, Matrix shrunk, int x, double inverseLambda, double factor) {
      double[] to = byKernel.data();
      for (int a = x * u; a < (x + 1) * u; a++) {
        to[a] = (to[a] - outputs * shrunk.data()[a]) * inverseLambda + factor * v.data()[a];
      }
    }

    private Matrix gram(Matrix v, double[] byOpen) {
      if (approximation == Approximation.DTC) {
        return Matrix.zeros(0, 0);
      }
      Matrix scaled = v.copy();
      for (int k = 0; k < scaled.data().length; k++) {
        scaled.data()[k] *= byOpen[k / u];
      }
      Matrix gram = Matrix.zeros(u, u);
      Accumulate.transposeTimes(1, scaled, v, 0, gram);
      return gram;
    }

    /** Of rows x, in four sums that do not wait for one another. */
    private static double dot(Matrix left, Matrix right, int x) {
      double[] l = left.data();
      double[] r = right.data();
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      int end = (x + 1) * left.cols();
      int a = x * left.cols();
      for (; a + 3 < end; a += 4) {
        sum0 += l[a] * r[a];
        sum1 += l[a + 1] * r[a + 1];
        sum2 += l[a + 2] * r[a + 2];
        sum3 += l[a + 3] * r[a + 3];
      }
      for (; a < end; a++) {
        sum0 += l[a] * r[a];
      }
      return (sum0 + sum1) + (sum2 + sum3);
    }
  }
}
