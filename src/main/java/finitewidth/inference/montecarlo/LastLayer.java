package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import finitewidth.linalg.Products;
import finitewidth.prior.SampleFlow;

/**
 * The last hidden layer, whose dressing is one. A draw f has the weight ρ = ½ Σ_j h_j² − (m/2 + 1)
 * q with h_j = φ_jᵀf and q = fᵀA⁻¹f, and M = C_W² [Cov(ρ, ffᵀ) − E[q] F + F A⁻¹ F]
 * (docs/theory.md#sampled-contraction; no test vectors).
 */
final class LastLayer implements SourceDraws {
  private static final long serialVersionUID = 1L;

  private final int source;
  private final double weight;
  private final PivotedCholesky factor;
  private final Dressing preactivations;
  private final ChaosControl control;
  private final Matrix b;
  private final Matrix phi;
  private final Matrix moment;
  private final Matrix inverseFactor;
  private final Matrix inverse;
  private final double meanQ;
  private final double[] meanSquares;
  private final Matrix wick;
  private final Matrix directions;
  private final Matrix directionWick;
  private final Matrix selfEnergy;

  LastLayer(SampledProblem problem, Matrix selfEnergy) {
    SampleFlow flow = problem.contraction().flow();
    source = problem.sources() - 1;
    weight = problem.weight(source);
    this.selfEnergy = selfEnergy;
    phi = problem.contraction().phi();
    inverse = problem.contraction().inverse();
    moment = flow.moment(source);
    b = problem.dataMinusTrace();
    factor = PivotedCholesky.of(flow.kernel(source));
    preactivations = Dressing.ofPreactivations(flow, source);
    Matrix weights = b.copy();
    for (int i = 0; i < weights.data().length; i++) {
      weights.data()[i] = 0.5 * b.data()[i] - inverse.data()[i];
    }
    control =
        new ChaosControl(
            flow,
            source,
            preactivations,
            problem.reductions().chaos() ? weights : Matrix.zeros(b.rows(), b.rows()),
            factor);
    inverseFactor = problem.cholesky().inverseFactor();
    meanQ = Products.inner(inverse, moment);
    Matrix momentPhi = Products.times(moment, phi);
    Matrix squares = Products.transposeTimes(phi, momentPhi);
    meanSquares = new double[phi.cols()];
    for (int i = 0; i < meanSquares.length; i++) {
      meanSquares[i] = squares.get(i, i);
    }
    directions = problem.directions();
    boolean contractions = problem.reductions().contractions();
    wick = contractions ? Products.times(weights, momentPhi) : Matrix.zeros(phi.rows(), phi.cols());
    directionWick =
        contractions
            ? Products.times(weights, Products.times(moment, directions))
            : Matrix.zeros(directions.rows(), directions.cols());
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

  /** What {@link #wick} is for φ, for D. */
  Matrix directionWick() {
    return directionWick;
  }

  @Override
  public Matrix exactShift() {
    Matrix sandwiched = Products.times(moment, Products.times(inverse, moment));
    Matrix shift = selfEnergy.copy();
    for (int i = 0; i < shift.data().length; i++) {
      shift.data()[i] +=
          weight
              * (2 * control.shift().data()[i] - meanQ * moment.data()[i] + sandwiched.data()[i]);
    }
    return shift;
  }

  /** L⁻¹ of A = L Lᵀ. */
  Matrix inverseFactor() {
    return inverseFactor;
  }

  /** E[q] = tr A⁻¹F. */
  double meanQ() {
    return meanQ;
  }

  /** E[h_i²]. */
  double[] meanSquares() {
    return meanSquares;
  }

  /** ½B − A⁻¹ times Fφ, P × m: its product with f is what one contraction leaves of ρ h. */
  Matrix wick() {
    return wick;
  }

  /**
   * {@inheritDoc}
   *
   * <p>½ S:B − ½ (Σ_i E[h_i²] E[q] − tr φᵀFA⁻¹Fφ) + ¼ m (E[q]² − tr A⁻¹FA⁻¹F), the last two times
   * C_W².
   */
  @Override
  public double exactEvidence(Matrix self) {
    Matrix momentInverse = Products.times(moment, inverse);
    Matrix momentPhi = Products.times(moment, phi);
    double sandwiched = Products.inner(momentPhi, Products.times(inverse, momentPhi));
    double squared = Products.inner(momentInverse, momentInverse.transpose());
    double all = 0;
    for (double square : meanSquares) {
      all += square;
    }
    return 0.5 * Products.inner(self, b)
        + weight
            * (-0.5 * (all * meanQ - sandwiched) + 0.25 * phi.cols() * (meanQ * meanQ - squared));
  }

  @Override
  public SourceRows rows(RowFlows rows) {
    int s = source;
    int size = rows.size();
    int outputs = phi.cols();
    Matrix w = rows.weights();
    ExactRows exact = new ExactRows(w, phi, directions);
    SelfEnergyRows.add(exact, rows, s, selfEnergy);
    exact.addControl(2 * weight, control, rows, s);
    // F_x̃ and F_x̃x̃.
    Matrix wf = Products.times(w, moment);
    Matrix tilde = rows.moment(s).copy();
    for (int i = 0; i < tilde.data().length; i++) {
      tilde.data()[i] -= wf.data()[i];
    }
    double[] cross = Forms.rowDots(w, rows.moment(s));
    double[] own = Forms.rowDots(w, wf);
    Matrix tildePhi = Products.times(tilde, phi);
    Matrix tildeInverse = Products.times(tilde, inverse);
    double[] sandwiched = Forms.rowDots(tildeInverse, tilde);
    Matrix momentPhi = Products.times(moment, phi);
    Matrix viaInverse = Products.times(tildeInverse, momentPhi);
    Matrix viaWick = Products.times(tilde, wick);
    Matrix along = Products.times(tilde, directions);
    Matrix alongInverse = Products.times(tildeInverse, Products.times(moment, directions));
    Matrix alongWick = Products.times(tilde, directionWick);
    for (int i = 0; i < along.data().length; i++) {
      exact.along().data()[i] +=
          weight * (2 * alongWick.data()[i] - meanQ * along.data()[i] + alongInverse.data()[i]);
    }
    double[] tildePoints = new double[size];
    for (int x = 0; x < size; x++) {
      double point = rows.momentPoints(s)[x] - 2 * cross[x] + own[x];
      tildePoints[x] = point;
      for (int i = 0; i < outputs; i++) {
        double direct = tildePhi.get(x, i);
        exact
            .mean()
            .add(x, i, weight * (2 * viaWick.get(x, i) - meanQ * direct + viaInverse.get(x, i)));
        exact
            .variance()
            .add(
                x,
                i,
                weight * (sandwiched[x] + point * (meanSquares[i] - meanQ) - direct * direct));
      }
    }
    Matrix field = SourceRows.field(factor, rows.kernel(s));
    return new SourceRows(
        field,
        SourceRows.innovation(rows.kernelPoints(s), field),
        w,
        exact.mean(),
        exact.variance(),
        exact.along(),
        null,
        new SourceRows.Last(tildePoints, tildePhi));
  }

  @Override
  public BatchWorker worker(SampledProblem problem, boolean shifts) {
    return new LastLayerWorker(problem, this, shifts);
  }

  @Override
  public BatchWorker cumulantWorker(SampledProblem problem) {
    return new LastCumulantWorker(problem, this);
  }
}
