package finitewidth.inference.scale;

/**
 * What integrating the scale contributes to first order, to be taken out of first order: the vertex
 * ũ K̃_abK̃_cd + w̃ (K̃_acK̃_bd + K̃_adK̃_bc), contracted in closed form. In the basis of {@link
 * Whitened} everything is made of κ and y.
 *
 * @param u ũ
 * @param w w̃
 */
public record ScaleExpansion(Whitened at, Sums sums, double u, double w) {

  /**
   * Sums over coordinates that all of this has, of m outputs.
   *
   * @param kappa Σκ = tr K̃A⁻¹
   * @param kappaSquare Σκ²
   * @param data [output] Σκy² = φᵀK̃φ
   * @param all Σ over the outputs of that
   * @param dataSquare Σκ²|y|²
   * @param pairs ‖φᵀK̃φ‖², over all pairs of outputs
   */
  public record Sums(
      int outputs,
      double kappa,
      double kappaSquare,
      double[] data,
      double all,
      double dataSquare,
      double pairs) {
    public static Sums of(Whitened at) {
      double kappa = 0;
      double kappaSquare = 0;
      double dataSquare = 0;
      int m = at.outputs();
      double[][] between = new double[m][m];
      for (int k = 0; k < at.size(); k++) {
        double each = at.kappa()[k];
        kappa += each;
        kappaSquare += each * each;
        for (int i = 0; i < m; i++) {
          double y = at.y()[i][k];
          dataSquare += each * each * y * y;
          for (int j = 0; j < m; j++) {
            between[i][j] += each * y * at.y()[j][k];
          }
        }
      }
      double[] data = new double[m];
      double all = 0;
      double pairs = 0;
      for (int i = 0; i < m; i++) {
        data[i] = between[i][i];
        all += data[i];
        for (int j = 0; j < m; j++) {
          pairs += between[i][j] * between[i][j];
        }
      }
      return new Sums(m, kappa, kappaSquare, data, all, dataSquare, pairs);
    }

    /** K̃:B = Σκ(|y|² − m). */
    double weighted() {
      return all - outputs * kappa;
    }
  }

  /** What it adds to W M Wᵀ: M = ½ V:B − V.A⁻¹, element (j, k). */
  public double shift(int j, int k) {
    double both = at.kappa()[j] * at.kappa()[k];
    double product = 0;
    for (double[] y : at.y()) {
      product += y[j] * y[k];
    }
    double pairs = w * both * product;
    if (j != k) {
      return pairs;
    }
    return pairs - sums.outputs() * w * both + diagonal(k) - (u + w) * both;
  }

  private double diagonal(int k) {
    return at.kappa()[k] * (0.5 * u * sums.weighted() - w * sums.kappa());
  }

  /** Its share of δ log p = ⅛ [B:V:B − 4 Φ:(V.A⁻¹) + 2m A⁻¹:(V.A⁻¹)]. */
  public double logEvidence() {
    int m = sums.outputs();
    double weighted = sums.weighted();
    double plain =
        u * weighted * weighted
            + 2 * w * (sums.pairs() - 2 * m * sums.dataSquare() + m * m * sums.kappaSquare());
    double data = (u + w) * sums.dataSquare() + w * sums.kappa() * sums.all();
    double trace = (u + w) * sums.kappaSquare() + w * sums.kappa() * sums.kappa();
    return (plain - 4 * data + 2 * m * trace) / 8;
  }

  /**
   * A row's contractions with K̃ alone, x̃ = x − w_x·R.
   *
   * @param along K̃_x̃R, whitened
   * @param own K̃_x̃x̃
   * @param data [output] K̃_x̃R φ
   * @param square K̃_x̃R A⁻¹ K̃_Rx̃
   */
  public record Row(double[] along, double own, double[] data, double square) {
    public static Row of(Whitened at, Whitened.Row row) {
      double[] along = new double[at.size()];
      double own = row.scaledVariance();
      double[] data = new double[at.outputs()];
      double square = 0;
      for (int k = 0; k < along.length; k++) {
        double a = row.own()[k];
        along[k] = row.scaled()[k] - at.kappa()[k] * a;
        own -= a * (row.scaled()[k] + along[k]);
        for (int i = 0; i < data.length; i++) {
          data[i] += along[k] * at.y()[i][k];
        }
        square += along[k] * along[k];
      }
      return new Row(along, own, data, square);
    }
  }

  /** Its share of δc = M_x̃x̃ + V_(x̃c)(x̃d) φ_ciφ_di of output i. */
  public double variance(Row row, int i) {
    double data = 0;
    for (double each : row.data()) {
      data += each * each;
    }
    double plain =
        0.5 * u * row.own() * sums.weighted() + w * (data - sums.outputs() * row.square());
    double inverse = (u + w) * row.square() + w * row.own() * sums.kappa();
    double means = (u + w) * row.data()[i] * row.data()[i] + w * row.own() * sums.data()[i];
    return plain - inverse + means;
  }

  /**
   * Its share of M_x̃R φ' for φ' = Wᵀψ.
   *
   * @param tilted of ψ
   */
  public double along(Row row, double[] psi, double[] tilted) {
    double plain = 0;
    double scaled = 0;
    for (int k = 0; k < psi.length; k++) {
      double each = row.along()[k] * psi[k];
      plain += each;
      scaled += each * at.kappa()[k];
    }
    double data = 0;
    for (int i = 0; i < tilted.length; i++) {
      data += row.data()[i] * tilted[i];
    }
    return plain * (0.5 * u * sums.weighted() - w * sums.kappa())
        + w * (data - sums.outputs() * scaled)
        - (u + w) * scaled;
  }

  /** [output] yᵀκψ. */
  public double[] tilted(double[] psi) {
    double[] sum = new double[at.outputs()];
    for (int i = 0; i < sum.length; i++) {
      for (int k = 0; k < psi.length; k++) {
        sum[i] += at.y()[i][k] * at.kappa()[k] * psi[k];
      }
    }
    return sum;
  }
}
