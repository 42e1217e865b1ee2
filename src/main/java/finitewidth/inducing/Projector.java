package finitewidth.inducing;

import dev.ludovic.netlib.blas.BLAS;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.prior.KernelRow;

/**
 * Projects rows onto inducing points: v_x = L⁻¹ k_ux, so that W = V L⁻¹, and what the points leave
 * open, d_x = k_xx − |v_x|². O(u² + u H) a row, most of it one BLAS call a block. Belongs to one
 * thread.
 */
public final class Projector {
  /** Rounding of d_x, as a fraction of k_xx: below zero by no more than that it counts as zero. */
  private static final double ROUNDING = 1e-8;

  private final InducingPoints points;
  private final KernelRow kernels;

  /** V of the last block, and a square: millions of bytes that would be garbage block by block. */
  private Matrix rows;

  private final double[] square;

  Projector(InducingPoints points) {
    this.points = points;
    kernels = KernelRow.of(points.network(), points.inputs());
    rows = Matrix.zeros(0, points.size());
    square = new double[points.size() * points.size()];
  }

  /**
   * Rows, projected.
   *
   * @param v V, b × u, the projector's own until it projects the next rows
   * @param conditional d_x
   * @param prior k_xx
   */
  public record Projection(Matrix v, double[] conditional, double[] prior) {}

  /** The points. */
  public InducingPoints points() {
    return points;
  }

  /**
   * Projects rows.
   *
   * @param inputs b × n_0
   */
  public Projection project(Matrix inputs) {
    int b = inputs.rows();
    int u = points.size();
    if (rows.rows() != b) {
      rows = Matrix.zeros(b, u);
    }
    Matrix v = rows;
    double[] prior = new double[b];
    for (int x = 0; x < b; x++) {
      prior[x] = kernels.follow(inputs.row(x), v.data(), x * u);
    }
    points.factor().solveLowerRows(v);
    double[] conditional = new double[b];
    for (int x = 0; x < b; x++) {
      double open = prior[x] - square(v.data(), x * u, u);
      if (open < -ROUNDING * prior[x]) {
        throw new NumericsException(
            "the inducing points explain more than a row's whole variance (by "
                + -open / prior[x]
                + " of it): their kernel is too nearly singular; take fewer inducing points");
      }
      conditional[x] = Math.max(0, open);
    }
    return new Projection(v, conditional, prior);
  }

  /**
   * c VᵀV.
   *
   * @param v V, b × u
   * @param factor c
   * @return the lower triangle by rows of length u, the projector's own until it is asked again;
   *     above it nothing in particular
   */
  double[] gram(Matrix v, double factor) {
    int u = points.size();
    // BLAS is column-major: our V is its Vᵀ, and its upper triangle our lower.
    BLAS.getInstance().dsyrk("U", "N", u, v.rows(), factor, v.data(), u, 0, square, u);
    return square;
  }

  /** |v|² in four sums that do not wait for one another. */
  private static double square(double[] v, int from, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int a = from;
    for (; a + 3 < from + length; a += 4) {
      sum0 += v[a] * v[a];
      sum1 += v[a + 1] * v[a + 1];
      sum2 += v[a + 2] * v[a + 2];
      sum3 += v[a + 3] * v[a + 3];
    }
    for (; a < from + length; a++) {
      sum0 += v[a] * v[a];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
