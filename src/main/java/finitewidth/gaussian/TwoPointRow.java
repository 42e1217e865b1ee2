package finitewidth.gaussian;

/**
 * The two-point functions of one point z1 with a row of points z2, one array each: {@link TwoPoint}
 * for many pairs at once. Reused from row to row; belongs to one thread.
 *
 * <p>The caller fills {@link #k11} and the first elements of {@link #k22}, {@link #k12} and {@link
 * #separation}, and {@link Activation#twoPoint(TwoPointRow, int)} writes as many of the others. The
 * arrays are longer than the capacity, by up to the longest vector there is, and what stands beyond
 * the pairs asked for is of no meaning: a row ends with the same instructions as it began, so a
 * pair has the same bits wherever it stands in a row.
 */
public final class TwoPointRow {
  /** Doubles in the longest vector of any machine that Java knows (2048 bits). */
  private static final int LONGEST_VECTOR = 32;

  private final boolean curvature;

  /** In: variance of z1. */
  public double k11;

  /** In: variances of z2. */
  public final double[] k22;

  /** In: covariances. */
  public final double[] k12;

  /** In: K11 + K22 − 2 K12 without cancellation, zero exactly where the points coincide. */
  public final double[] separation;

  /** F. */
  public final double[] mean;

  /** ⟨(σ(z1) − σ(z2))²⟩. */
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
    int length = Math.addExact(capacity, LONGEST_VECTOR - 1) / LONGEST_VECTOR * LONGEST_VECTOR;
    k22 = new double[length];
    k12 = new double[length];
    separation = new double[length];
    mean = new double[length];
    distance = new double[length];
    d1 = new double[length];
    d2 = new double[length];
    dc = new double[length];
    int second = curvature ? length : 0;
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

  void set(int i, TwoPoint pair) {
    mean[i] = pair.mean;
    distance[i] = pair.distance;
    d1[i] = pair.d1;
    d2[i] = pair.d2;
    dc[i] = pair.dc;
    if (curvature) {
      d11[i] = pair.d11;
      d22[i] = pair.d22;
      d12[i] = pair.d12;
      d1c[i] = pair.d1c;
      d2c[i] = pair.d2c;
      dcc[i] = pair.dcc;
    }
  }
}
