package finitewidth.gaussian.quadrature;

/**
 * All that expectations need to know of σ at one variance: the Hermite series of σ, σ² and σ³, ⟨σ²⟩
 * with its derivatives, and the means of σ and its derivatives.
 *
 * @param variance k
 * @param root √k
 * @param powers of σ, σ² and σ³
 * @param derivatives ⟨σ⟩, ⟨σ'⟩, … ⟨σ''''⟩
 * @param mean ⟨σ²⟩
 * @param first d⟨σ²⟩/dk
 * @param second d²⟨σ²⟩/dk²
 * @param error of expectations relative to their natural scale
 */
record VarianceSeries(
    double variance,
    double root,
    HermiteSeries[] powers,
    double[] derivatives,
    double mean,
    double first,
    double second,
    double error) {

  /** Of σ itself. */
  HermiteSeries sigma() {
    return powers[0];
  }

  /** How many numbers it holds. */
  int size() {
    int size = 0;
    for (HermiteSeries series : powers) {
      size += series.a().length + series.kappa().length;
    }
    return size;
  }
}
