package finitewidth.gaussian;

/** ⟨σ(z)²⟩ for z ~ N(0, K) and its derivatives in K; reused from call to call in hot loops. */
public final class OnePoint {
  /** ⟨σ²⟩. */
  public double mean;

  /** d⟨σ²⟩/dK. */
  public double first;

  /** d²⟨σ²⟩/dK². */
  public double second;
}
