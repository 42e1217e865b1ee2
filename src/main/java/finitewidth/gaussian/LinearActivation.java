package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/** σ(z) = z: F = K12, and the moments by Wick's theorem (THEORY section 3). */
final class LinearActivation implements Activation {
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
  public void onePoint(double k, OnePoint out) {
    out.mean = k;
    out.first = 1;
    out.second = 0;
  }

  @Override
  public void twoPoint(double k11, double k22, double k12, double distance, TwoPoint out) {
    out.mean = k12;
    out.distance = distance;
    out.d1 = 0;
    out.d2 = 0;
    out.dc = 1;
    out.d11 = 0;
    out.d22 = 0;
    out.d12 = 0;
    out.d1c = 0;
    out.d2c = 0;
    out.dcc = 0;
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
