package finitewidth.gaussian.closed;

import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.Optional;

/** σ(z) = z: F = K12, and the moments by Wick's theorem (docs/theory.md#linear-and-quadratic). */
public final class LinearActivation implements FourPointActivation {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public double value(double z) {
    return z;
  }

  @Override
  public Optional<Derivative> derivative() {
    return Optional.of((z, value) -> 1);
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    out.mean = k;
    out.first = 1;
    out.second = 0;
  }

  @Override
  public void twoPoint(TwoPointRow row, int count) {
    System.arraycopy(row.k12, 0, row.mean, 0, count);
    System.arraycopy(row.separation, 0, row.distance, 0, count);
    Arrays.fill(row.d1, 0, count, 0);
    Arrays.fill(row.d2, 0, count, 0);
    Arrays.fill(row.dc, 0, count, 1);
    row.constantCurvature(count, 0, 0);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new Wick(kernel);
  }

  private record Wick(Matrix kernel) implements FourPoint {
    @Override
    public void distinct(int a, int b, int c, int from, int to, double[] out) {
      double[] k = kernel.data();
      int n = kernel.cols();
      double ab = k[a * n + b];
      double ac = k[a * n + c];
      double bc = k[b * n + c];
      for (int d = from; d < to; d++) {
        out[d - from] = ab * k[c * n + d] + ac * k[b * n + d] + bc * k[a * n + d];
      }
    }

    @Override
    public void paired(int a, int c, int from, int to, double[] out) {
      // Wick's theorem does not mind coinciding points.
      distinct(a, a, c, from, to, out);
    }
  }
}
