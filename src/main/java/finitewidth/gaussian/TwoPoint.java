package finitewidth.gaussian;

/**
 * F = ⟨σ(z1)σ(z2)⟩ and its derivatives in K11, K22 and K12; reused from call to call in hot loops.
 *
 * <p>Subscripts: 1 is K11, 2 is K22, c is the covariance K12 (one variable, not two).
 */
public final class TwoPoint {
  /** F. */
  public double mean;

  /** ⟨(σ(z1) − σ(z2))²⟩, without cancellation where the activation relies on it. */
  public double distance;

  /** ∂F/∂K11. */
  public double d1;

  /** ∂F/∂K22. */
  public double d2;

  /** ∂F/∂K12. */
  public double dc;

  /** ∂²F/∂K11². */
  public double d11;

  /** ∂²F/∂K22². */
  public double d22;

  /** ∂²F/∂K11∂K22. */
  public double d12;

  /** ∂²F/∂K11∂K12. */
  public double d1c;

  /** ∂²F/∂K22∂K12. */
  public double d2c;

  /** ∂²F/∂K12². */
  public double dcc;
}
