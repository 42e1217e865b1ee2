package finitewidth.inducing;

import dev.ludovic.netlib.blas.BLAS;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumberBytes;
import finitewidth.linalg.PairIndex;
import finitewidth.linalg.Summable;
import java.io.Serializable;

/**
 * All that training rows are, once they are projected onto inducing points, with λ_x the variance
 * of row x (see {@link Approximation}): H = Σ v vᵀ/λ, r = Σ v yᵀ/λ, Σ |y|²/λ, Σ log λ, Σ d/λ, Σ
 * k_xx and the number of rows.
 *
 * <p>The triangle of H is packed, and every number carries what rounding has cost it, so that sums
 * over millions of rows are as good as one over a block.
 */
public final class ProjectedSums implements Summable<ProjectedSums>, Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SCALARS = 4;

  private final int points;
  private final int outputs;
  private final long rows;

  /** The triangle of H by rows, r by rows, then the scalars. */
  private final double[] sums;

  /** What is still to be added to them. */
  private final double[] lost;

  private ProjectedSums(int points, int outputs, long rows) {
    this(
        points,
        outputs,
        rows,
        new double[size(points, outputs)],
        new double[size(points, outputs)]);
  }

  private ProjectedSums(int points, int outputs, long rows, double[] sums, double[] lost) {
    this.points = points;
    this.outputs = outputs;
    this.rows = rows;
    this.sums = sums;
    this.lost = lost;
  }

  private static int size(int points, int outputs) {
    return PairIndex.count(points) + points * outputs + SCALARS;
  }

  /** The sums over the rows of one block. */
  public static ProjectedSums of(
      Projector projector, TrainingBlock block, double noiseVariance, Approximation approximation) {
    Projector.Projection projection = projector.project(block.inputs());
    Matrix v = projection.v();
    Matrix scaled = block.targets().copy();
    int u = v.cols();
    int m = scaled.cols();
    ProjectedSums result = new ProjectedSums(u, m, v.rows());
    double squares = 0;
    double logs = 0;
    double open = 0;
    double prior = 0;
    for (int x = 0; x < v.rows(); x++) {
      double lambda = approximation.rowVariance(noiseVariance, projection.conditional()[x]);
      double root = 1 / Math.sqrt(lambda);
      scale(scaled, x, root);
      if (approximation == Approximation.FITC) {
        scale(v, x, root);
      }
      for (int i = 0; i < m; i++) {
        squares += scaled.get(x, i) * scaled.get(x, i);
      }
      logs += Math.log(lambda);
      open += projection.conditional()[x] / lambda;
      prior += projection.prior()[x];
    }
    // What is the same for all rows need not go into V.
    double inverse = approximation == Approximation.FITC ? 1 : 1 / noiseVariance;
    double[] square = projector.gram(v, inverse);
    int at = 0;
    for (int a = 0; a < u; a++) {
      System.arraycopy(square, a * u, result.sums, at, a + 1);
      at += a + 1;
    }
    double[] cross = new double[u * m];
    BLAS.getInstance()
        .dgemm(
            "N",
            "T",
            m,
            u,
            v.rows(),
            Math.sqrt(inverse),
            scaled.data(),
            m,
            v.data(),
            u,
            0,
            cross,
            m);
    System.arraycopy(cross, 0, result.sums, at, cross.length);
    at += cross.length;
    result.sums[at] = squares;
    result.sums[at + 1] = logs;
    result.sums[at + 2] = open;
    result.sums[at + 3] = prior;
    return result;
  }

  private static void scale(Matrix rows, int x, double factor) {
    for (int a = x * rows.cols(); a < (x + 1) * rows.cols(); a++) {
      rows.data()[a] *= factor;
    }
  }

  @Override
  public ProjectedSums add(ProjectedSums other) {
    for (int k = 0; k < sums.length; k++) {
      // Knuth's two-sum: what the rounded sum leaves out is known exactly.
      double a = sums[k];
      double b = other.sums[k];
      double sum = a + b;
      double virtual = sum - a;
      lost[k] += other.lost[k] + ((a - (sum - virtual)) + (b - virtual));
      sums[k] = sum;
    }
    return new ProjectedSums(points, outputs, rows + other.rows, sums, lost);
  }

  private double number(int at) {
    return sums[at] + lost[at];
  }

  /** How many rows. */
  public long rows() {
    return rows;
  }

  /** u. */
  public int points() {
    return points;
  }

  /** m. */
  public int outputs() {
    return outputs;
  }

  /** H = Σ v vᵀ/λ, u × u. */
  public Matrix gram() {
    Matrix gram = Matrix.zeros(points, points);
    for (int a = 0, at = 0; a < points; a++) {
      for (int b = 0; b <= a; b++, at++) {
        gram.set(a, b, number(at));
        gram.set(b, a, number(at));
      }
    }
    return gram;
  }

  /** r = Σ v yᵀ/λ, u × m. */
  public Matrix cross() {
    Matrix cross = Matrix.zeros(points, outputs);
    int first = PairIndex.count(points);
    for (int k = 0; k < cross.data().length; k++) {
      cross.data()[k] = number(first + k);
    }
    return cross;
  }

  private double scalar(int k) {
    return number(sums.length - SCALARS + k);
  }

  /** Σ |y|²/λ over rows and outputs. */
  public double squares() {
    return scalar(0);
  }

  /** Σ log λ. */
  public double logVariances() {
    return scalar(1);
  }

  /** Σ d/λ: what the points leave open, in units of the rows' variances. */
  public double open() {
    return scalar(2);
  }

  /** Σ k_xx. */
  public double prior() {
    return scalar(3);
  }

  private Object writeReplace() {
    return new Packed(points, outputs, rows, NumberBytes.of(sums, lost));
  }

  /** What is sent. */
  private record Packed(int points, int outputs, long rows, byte[] bytes) implements Serializable {
    private Object readResolve() {
      ProjectedSums unpacked = new ProjectedSums(points, outputs, rows);
      NumberBytes.read(bytes, unpacked.sums, unpacked.lost);
      return unpacked;
    }
  }
}
