package finitewidth.gaussian.closed;

import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import java.util.Optional;

/**
 * σ(z) = z²: F = K11 K22 + 2 K12², and the moments by Wick's theorem
 * (docs/theory.md#linear-and-quadratic).
 */
public final class QuadraticActivation implements FourPointActivation {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "quadratic";
  }

  @Override
  public double value(double z) {
    return z * z;
  }

  @Override
  public Optional<Derivative> derivative() {
    return Optional.of((z, value) -> 2 * z);
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    out.mean = 3 * k * k;
    out.first = 6 * k;
    out.second = 6;
  }

  /** F = K11 K22 + 2 K12². */
  @Override
  public void twoPoint(TwoPointRow row, int count) {
    double k11 = row.k11;
    for (int i = 0; i < count; i++) {
      double k22 = row.k22[i];
      double k12 = row.k12[i];
      double mean = k11 * k22 + 2 * k12 * k12;
      row.mean[i] = mean;
      row.distance[i] = 3 * (k11 * k11 + k22 * k22) - 2 * mean;
      row.d1[i] = k22;
      row.d2[i] = k11;
      row.dc[i] = 4 * k12;
    }
    row.constantCurvature(count, 1, 4);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new Wick(kernel);
  }

  /**
   * The 105 pairings of z1² z2² z3² z4², by the cycles they form: K11K22K33K44 + 2ΣK_ij²K_kkK_ll +
   * 8ΣK_ijK_jkK_kiK_ll + 4ΣK_ij²K_kl² + 16Σ(four-cycles).
   */
  private record Wick(Matrix kernel) implements FourPoint {
    @Override
    public void distinct(int a, int b, int c, int from, int to, double[] out) {
      double[] k = kernel.data();
      int n = kernel.cols();
      double aa = k[a * n + a];
      double bb = k[b * n + b];
      double cc = k[c * n + c];
      double ab = k[a * n + b];
      double ac = k[a * n + c];
      double bc = k[b * n + c];
      // Everything the first three points do without d, as the coefficient of K_dd.
      double triple =
          aa * bb * cc + 2 * (ab * ab * cc + ac * ac * bb + bc * bc * aa) + 8 * ab * ac * bc;
      double aSquare = 2 * (bb * cc + 2 * bc * bc);
      double bSquare = 2 * (aa * cc + 2 * ac * ac);
      double cSquare = 2 * (aa * bb + 2 * ab * ab);
      double abCross = 8 * ab * cc + 16 * ac * bc;
      double acCross = 8 * ac * bb + 16 * ab * bc;
      double bcCross = 8 * bc * aa + 16 * ab * ac;
      for (int d = from; d < to; d++) {
        double ad = k[a * n + d];
        double bd = k[b * n + d];
        double cd = k[c * n + d];
        out[d - from] =
            triple * k[d * n + d]
                + ad * (aSquare * ad + abCross * bd)
                + bd * (bSquare * bd + bcCross * cd)
                + cd * (cSquare * cd + acCross * ad);
      }
    }

    @Override
    public void paired(int a, int c, int from, int to, double[] out) {
      // Wick's theorem does not mind coinciding points.
      distinct(a, a, c, from, to, out);
    }
  }
}
