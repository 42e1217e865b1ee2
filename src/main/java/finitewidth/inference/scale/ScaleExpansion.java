package finitewidth.inference.scale;

/**
 * What integrating the scale contributes to first order, to be taken out of first order: the vertex
 * ũ K̃_abK̃_cd + w̃ (K̃_acK̃_bd + K̃_adK̃_bc) with w̃ = Σ_l 1/n_l and ũ = Σ_l (v_l − 2)/n_l,
 * contracted in closed form. In the basis of {@link Whitened} everything is made of κ and y.
 *
 * @param u ũ
 * @param w w̃
 */
public record ScaleExpansion(Whitened at, Sums sums, double u, double w) {

  /**
   * Sums over coordinates that all of this has.
   *
   * @param kappa Σκ = tr K̃A⁻¹
   * @param kappaSquare Σκ²
   * @param data Σκy² = φᵀK̃φ
   * @param dataSquare Σκ²y²
   */
  public record Sums(double kappa, double kappaSquare, double data, double dataSquare) {
    public static Sums of(Whitened at) {
      double kappa = 0;
      double kappaSquare = 0;
      double data = 0;
      double dataSquare = 0;
      for (int k = 0; k < at.size(); k++) {
        double each = at.kappa()[k];
        double square = at.y()[k] * at.y()[k];
        kappa += each;
        kappaSquare += each * each;
        data += each * square;
        dataSquare += each * each * square;
      }
      return new Sums(kappa, kappaSquare, data, dataSquare);
    }

    /** K̃:B = Σκ(y² − 1). */
    double weighted() {
      return data - kappa;
    }
  }

  /** What it adds to W M Wᵀ: M = ½ V:B − V.A⁻¹, element (j, k). */
  public double shift(int j, int k) {
    double both = at.kappa()[j] * at.kappa()[k];
    double pairs = w * both * at.y()[j] * at.y()[k];
    if (j != k) {
      return pairs;
    }
    return pairs - w * both + diagonal(k) - (u + w) * both;
  }

  private double diagonal(int k) {
    return at.kappa()[k] * (0.5 * u * sums.weighted() - w * sums.kappa());
  }

  /** Its share of δ log p = ⅛ [B:V:B − 4 Φ:(V.A⁻¹) + 2 A⁻¹:(V.A⁻¹)]. */
  public double logEvidence() {
    double weighted = sums.weighted();
    double plain =
        u * weighted * weighted
            + 2 * w * (sums.data() * sums.data() - 2 * sums.dataSquare() + sums.kappaSquare());
    double data = (u + w) * sums.dataSquare() + w * sums.kappa() * sums.data();
    double trace = (u + w) * sums.kappaSquare() + w * sums.kappa() * sums.kappa();
    return (plain - 4 * data + 2 * trace) / 8;
  }

  /**
   * A row's contractions with K̃ alone, x̃ = x − w_x·R.
   *
   * @param along K̃_x̃R, whitened
   * @param own K̃_x̃x̃
   * @param data K̃_x̃R φ
   * @param square K̃_x̃R A⁻¹ K̃_Rx̃
   */
  public record Row(double[] along, double own, double data, double square) {
    public static Row of(Whitened at, Whitened.Row row) {
      double[] along = new double[at.size()];
      double own = row.scaledVariance();
      double data = 0;
      double square = 0;
      for (int k = 0; k < along.length; k++) {
        double a = row.own()[k];
        along[k] = row.scaled()[k] - at.kappa()[k] * a;
        own -= a * (row.scaled()[k] + along[k]);
        data += along[k] * at.y()[k];
        square += along[k] * along[k];
      }
      return new Row(along, own, data, square);
    }
  }

  /** Its share of δc = M_x̃x̃ + V_(x̃c)(x̃d) φ_cφ_d. */
  public double variance(Row row) {
    double data = row.data() * row.data();
    double plain = 0.5 * u * row.own() * sums.weighted() + w * (data - row.square());
    double inverse = (u + w) * row.square() + w * row.own() * sums.kappa();
    double means = (u + w) * data + w * row.own() * sums.data();
    return plain - inverse + means;
  }

  /**
   * Its share of M_x̃R φ' for φ' = Wᵀψ.
   *
   * @param tilted yᵀκψ
   */
  public double along(Row row, double[] psi, double tilted) {
    double plain = 0;
    double scaled = 0;
    for (int k = 0; k < psi.length; k++) {
      double each = row.along()[k] * psi[k];
      plain += each;
      scaled += each * at.kappa()[k];
    }
    return plain * (0.5 * u * sums.weighted() - w * sums.kappa())
        + w * (row.data() * tilted - scaled)
        - (u + w) * scaled;
  }

  /** yᵀκψ. */
  public double tilted(double[] psi) {
    double sum = 0;
    for (int k = 0; k < psi.length; k++) {
      sum += at.y()[k] * at.kappa()[k] * psi[k];
    }
    return sum;
  }
}
