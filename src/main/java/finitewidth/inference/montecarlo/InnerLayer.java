package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import finitewidth.linalg.Products;
import finitewidth.prior.SampleFlow;

/**
 * A hidden layer with others above it. A draw f makes the kernel fluctuate by H = T^s[ffᵀ − F], and
 * M = C_W² E[½ t H − H A⁻¹ H] with t = tr HB = fᵀB^sf − B^s:F. The second term takes test vectors ω
 * with E[ωωᵀ] = A⁻¹ (docs/theory.md#sampled-contraction).
 */
final class InnerLayer implements SourceDraws {
  private static final long serialVersionUID = 1L;

  private final int source;
  private final double weight;
  private final PivotedCholesky factor;
  private final Dressing activations;
  private final Dressing preactivations;
  private final ChaosControl control;
  private final Matrix b;
  private final Matrix phi;
  private final Matrix directions;
  private final Matrix moment;
  private final Matrix meanField;
  private final Matrix formHalf;
  private final double formMean;
  private final Matrix inverseFactor;
  private final Matrix selfEnergy;

  InnerLayer(SampledProblem problem, int source, Matrix selfEnergy) {
    this.source = source;
    this.selfEnergy = selfEnergy;
    SampleFlow flow = problem.contraction().flow();
    weight = problem.weight(source);
    phi = problem.contraction().phi();
    directions = problem.directions();
    moment = flow.moment(source);
    b = problem.dataMinusTrace();
    factor = PivotedCholesky.of(flow.kernel(source));
    activations = Dressing.ofActivations(flow, source);
    preactivations = Dressing.ofPreactivations(flow, source);
    control =
        new ChaosControl(
            flow,
            source,
            preactivations,
            problem.reductions().chaos() ? b : Matrix.zeros(b.rows(), b.rows()),
            factor);
    Matrix pulledBack = problem.contraction().pulledBack(source);
    formHalf = Forms.half(pulledBack);
    formMean = Products.inner(pulledBack, moment);
    inverseFactor = problem.cholesky().inverseFactor();
    meanField = activations.p().copy();
    for (int i = 0; i < meanField.data().length; i++) {
      meanField.data()[i] *= moment.data()[i];
    }
  }

  @Override
  public int source() {
    return source;
  }

  @Override
  public PivotedCholesky factor() {
    return factor;
  }

  @Override
  public ChaosControl control() {
    return control;
  }

  @Override
  public Dressing preactivations() {
    return preactivations;
  }

  /** T^s. */
  Dressing activations() {
    return activations;
  }

  @Override
  public Matrix selfEnergy() {
    return selfEnergy;
  }

  Matrix phi() {
    return phi;
  }

  /** D, P × K. */
  Matrix directions() {
    return directions;
  }

  @Override
  public Matrix exactShift() {
    Matrix shift = selfEnergy.copy();
    for (int i = 0; i < shift.data().length; i++) {
      shift.data()[i] += weight * control.shift().data()[i];
    }
    return shift;
  }

  /** F, P × P. */
  Matrix moment() {
    return moment;
  }

  /** P∘F, P × P. */
  Matrix meanField() {
    return meanField;
  }

  /** The lower triangular form of B^s. */
  Matrix formHalf() {
    return formHalf;
  }

  /** B^s:F. */
  double formMean() {
    return formMean;
  }

  /** L⁻¹ of A = L Lᵀ. */
  Matrix inverseFactor() {
    return inverseFactor;
  }

  /** {@inheritDoc} ½ S:B + ⅛ C_W² Var of the control. */
  @Override
  public double exactEvidence(Matrix self) {
    return 0.5 * Products.inner(self, b) + weight * control.variance() / 8;
  }

  @Override
  public SourceRows rows(RowFlows rows) {
    int s = source;
    Matrix w = rows.weights();
    ExactRows exact = new ExactRows(w, phi, directions);
    SelfEnergyRows.add(exact, rows, s, selfEnergy);
    exact.addControl(weight, control, rows, s);
    RowFlows.RowDressing dressing = rows.activations(s);
    Matrix rowMoment = rows.moment(s);
    Matrix rowMeanField = dressing.p().copy();
    for (int i = 0; i < rowMeanField.data().length; i++) {
      rowMeanField.data()[i] *= rowMoment.data()[i];
    }
    Matrix field = SourceRows.field(factor, rows.kernel(s));
    return new SourceRows(
        field,
        SourceRows.innovation(rows.kernelPoints(s), field),
        w,
        exact.mean(),
        exact.variance(),
        exact.along(),
        new SourceRows.Inner(
            dressing,
            rowMeanField,
            rows.momentPoints(s),
            Products.times(dressing.qx(), phi),
            Products.times(rowMeanField, phi)),
        null);
  }

  @Override
  public BatchWorker worker(SampledProblem problem, boolean shifts) {
    return new InnerLayerWorker(problem, this, shifts);
  }

  @Override
  public BatchWorker cumulantWorker(SampledProblem problem) {
    return new InnerCumulantWorker(problem, this);
  }
}
