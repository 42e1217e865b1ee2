package finitewidth.inference;

import finitewidth.linalg.Matrix;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.SampleFlow;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * All that a piece of the contraction needs: the kernels and dressings of every layer over the
 * training samples, and what V is contracted with.
 *
 * <p>Wanted are, for pairs (a, b) of samples and per source layer s
 * (docs/theory.md#contracting-the-vertex),
 *
 * <ul>
 *   <li>G1_ab = Σ_cd V_(ab)(cd) B_cd with B = φφᵀ − m A⁻¹, and
 *   <li>G2[X]_ab = Σ_cd V_(ac)(bd) X_cd for X = A⁻¹ and, where predictive variances are wanted, X =
 *       φ_iφ_iᵀ of every output i.
 * </ul>
 *
 * <p>Immutable once built; broadcast to executors, who only lay it out anew for their loops.
 */
public final class ContractionProblem implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampleFlow flow;
  private final Matrix phi;

  /** Null where nothing is contracted. */
  private final @Nullable Matrix inverse;

  private final boolean variance;
  private final double tolerance;
  private final Matrix[] pulledBack;

  /**
   * @param flow the P training samples, followed through all layers
   * @param phi φ = A⁻¹Y, P × m
   * @param inverse A⁻¹, P × P, symmetric
   * @param variance whether the contractions with φ_iφ_iᵀ are wanted
   * @param tolerance of the four-point moments, see {@link
   *     finitewidth.gaussian.FourPointActivation#fourPoint}
   */
  public ContractionProblem(
      SampleFlow flow, Matrix phi, Matrix inverse, boolean variance, double tolerance) {
    this(flow, phi, inverse, pulledBack(flow, phi, inverse), variance, tolerance);
  }

  private ContractionProblem(
      SampleFlow flow,
      Matrix phi,
      @Nullable Matrix inverse,
      Matrix[] pulledBack,
      boolean variance,
      double tolerance) {
    this.flow = flow;
    this.phi = phi;
    this.inverse = inverse;
    this.pulledBack = pulledBack;
    this.variance = variance;
    this.tolerance = tolerance;
  }

  /**
   * The same for an engine that contracts nothing, without A⁻¹.
   *
   * @param flow the P training samples, followed through all layers
   * @param phi φ = A⁻¹Y, P × m
   */
  public static ContractionProblem uncontracted(
      SampleFlow flow, Matrix phi, boolean variance, double tolerance) {
    return new ContractionProblem(flow, phi, null, new Matrix[0], variance, tolerance);
  }

  private static Matrix[] pulledBack(SampleFlow flow, Matrix phi, Matrix inverse) {
    if (phi.rows() != flow.size() || inverse.rows() != flow.size()) {
      throw new IllegalArgumentException(
          "phi has %s rows and A⁻¹ %s for %s samples"
              .formatted(phi.rows(), inverse.rows(), flow.size()));
    }
    Matrix b = NngpPosterior.dataMinusTrace(phi, inverse);
    Matrix[] pulledBack = new Matrix[flow.architecture().hiddenLayers()];
    for (int s = 0; s < pulledBack.length; s++) {
      pulledBack[s] = pullBack(b, flow.p(s), flow.q(s));
    }
    return pulledBack;
  }

  /** B^s = P∘B + diag(2 Σ_c Q_ac B_ac): Σ_cd B_cd T_cd[X] = Σ_cd B^s_cd X_cd. */
  public static Matrix pullBack(Matrix b, Matrix p, Matrix q) {
    int n = b.rows();
    Matrix pulled = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      double diagonal = 0;
      for (int c = 0; c < n; c++) {
        pulled.set(a, c, p.get(a, c) * b.get(a, c));
        diagonal += q.get(a, c) * b.get(a, c);
      }
      pulled.add(a, a, 2 * diagonal);
    }
    return pulled;
  }

  public SampleFlow flow() {
    return flow;
  }

  /** P, the number of training samples. */
  public int size() {
    return flow.size();
  }

  /** H, the number of source layers. */
  public int sources() {
    return flow.architecture().hiddenLayers();
  }

  /** m. */
  public int outputs() {
    return phi.cols();
  }

  /** Whether predictive variances are wanted. */
  public boolean variance() {
    return variance;
  }

  /** How large all this is. */
  public ConditioningShape shape() {
    return new ConditioningShape(
        flow.architecture(), size(), flow.inputs().cols(), outputs(), variance);
  }

  /** φ, P × m. */
  public Matrix phi() {
    return phi;
  }

  /** Whether there is A⁻¹, so that something can be contracted. */
  public boolean contracts() {
    return inverse != null;
  }

  /**
   * A⁻¹, P × P.
   *
   * @throws IllegalStateException where nothing is contracted
   */
  public Matrix inverse() {
    if (inverse == null) {
      throw new IllegalStateException("A⁻¹ was not made, as the engine was said not to contract");
    }
    return inverse;
  }

  /** How many X there are in G2[X]: A⁻¹, then φ_iφ_iᵀ of each output where wanted. */
  public int crossWeights() {
    return variance ? 1 + outputs() : 1;
  }

  /** X number x, P × P: A⁻¹ for 0, φ_iφ_iᵀ for 1 + i. */
  public Matrix crossWeight(int x) {
    if (x == 0) {
      return inverse();
    }
    int n = size();
    Matrix outer = Matrix.zeros(n, n);
    for (int c = 0; c < n; c++) {
      for (int d = 0; d < n; d++) {
        outer.set(c, d, phi.get(c, x - 1) * phi.get(d, x - 1));
      }
    }
    return outer;
  }

  /** B^s, the weights of G1 pulled back to hidden layer s, P × P. */
  public Matrix pulledBack(int s) {
    return pulledBack[s];
  }

  /** Whether the dressing of source s mixes in diagonal elements; it is 1 for the last layer. */
  public boolean mixes(int s) {
    return s < sources() - 1;
  }

  /** Of the four-point moments. */
  public double tolerance() {
    return tolerance;
  }
}
