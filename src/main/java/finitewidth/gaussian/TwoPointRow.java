package finitewidth.gaussian;

import java.util.Arrays;

/**
 * The two-point functions F = ⟨σ(z1)σ(z2)⟩ of one point z1 with a row of points z2 and their
 * derivatives in K11, K22 and K12, an array each. Reused from row to row; belongs to one thread.
 *
 * <p>The caller fills {@link #k11} and the first elements of {@link #k22}, {@link #k12} and {@link
 * #separation}, and {@link Activation#twoPoint} writes as many of the others. Subscripts: 1 is K11,
 * 2 is K22, c is the covariance K12 (one variable, not two).
 */
public final class TwoPointRow {
  private final boolean curvature;

  /** In: variance of z1, not negative. */
  public double k11;

  /** In: variances of z2, not negative. */
  public final double[] k22;

  /** In: covariances. */
  public final double[] k12;

  /**
   * In: ⟨(z1 − z2)²⟩ = K11 + K22 − 2 K12 computed without cancellation; zero exactly when the two
   * points coincide. Activations whose derivatives are not smooth there (ReLU) rely on it.
   */
  public final double[] separation;

  /** F. */
  public final double[] mean;

  /** ⟨(σ(z1) − σ(z2))²⟩, without cancellation where the activation relies on it. */
  public final double[] distance;

  /** ∂F/∂K11. */
  public final double[] d1;

  /** ∂F/∂K22. */
  public final double[] d2;

  /** ∂F/∂K12. */
  public final double[] dc;

  /** ∂²F/∂K11²; this and all further arrays are empty without curvature. */
  public final double[] d11;

  /** ∂²F/∂K22². */
  public final double[] d22;

  /** ∂²F/∂K11∂K22. */
  public final double[] d12;

  /** ∂²F/∂K11∂K12. */
  public final double[] d1c;

  /** ∂²F/∂K22∂K12. */
  public final double[] d2c;

  /** ∂²F/∂K12². */
  public final double[] dcc;

  /**
   * @param capacity longest row
   * @param curvature whether second derivatives are wanted
   */
  public TwoPointRow(int capacity, boolean curvature) {
    this.curvature = curvature;
    k22 = new double[capacity];
    k12 = new double[capacity];
    separation = new double[capacity];
    mean = new double[capacity];
    distance = new double[capacity];
    d1 = new double[capacity];
    d2 = new double[capacity];
    dc = new double[capacity];
    int second = curvature ? capacity : 0;
    d11 = new double[second];
    d22 = new double[second];
    d12 = new double[second];
    d1c = new double[second];
    d2c = new double[second];
    dcc = new double[second];
  }

  /** Whether second derivatives are wanted. */
  public boolean curvature() {
    return curvature;
  }

  /** Second derivatives of a polynomial of second degree, where they are wanted. */
  public void constantCurvature(int count, double both, double covariance) {
    if (curvature) {
      Arrays.fill(d11, 0, count, 0);
      Arrays.fill(d22, 0, count, 0);
      Arrays.fill(d12, 0, count, both);
      Arrays.fill(d1c, 0, count, 0);
      Arrays.fill(d2c, 0, count, 0);
      Arrays.fill(dcc, 0, count, covariance);
    }
  }
}
