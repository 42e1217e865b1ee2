package finitewidth.inference.montecarlo;

import finitewidth.posterior.ByCoefficients;
import finitewidth.posterior.EvidenceByCoefficients;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The posterior to first order in 1/width by the sampled contraction: predictions and evidence with
 * standard errors. Immutable; broadcast.
 *
 * <p>It holds no draws: rows that come later are predicted with the same draws, made anew from the
 * seed.
 */
public final class DrawnAssembly implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NngpPosterior nngp;
  private final SampledContraction contraction;

  public DrawnAssembly(NngpPosterior nngp, SampledContraction contraction) {
    this.nngp = nngp;
    this.contraction = contraction;
  }

  /** The order-0 posterior. */
  public NngpPosterior nngp() {
    return nngp;
  }

  /** What was contracted, and with which draws. */
  public SampledContraction contraction() {
    return contraction;
  }

  /**
   * Rows that are ready to be drawn for.
   *
   * @param block these rows, and others that fill it up
   * @param mean by row and output, at infinite width, of these rows alone
   * @param variance by row, at infinite width, likewise
   */
  public record Rows(RowBlock block, double[][] mean, double[] variance) implements Serializable {}

  /** A preparation for one thread. */
  public Preparation preparation() {
    return new Preparation();
  }

  /** Prepares rows on one thread. */
  public final class Preparation {
    private final RowPreparation rows = contraction.rows();

    private Preparation() {}

    /**
     * Prepares the rows of one block.
     *
     * @param features one array for each of at most {@link RowBlock#ROWS} rows
     */
    public Rows prepare(double[][] features) {
      List<double[]> means = new ArrayList<>();
      double[] variances = new double[RowBlock.ROWS];
      RowBlock block =
          rows.prepare(
              features,
              (covariances, variance) -> {
                NngpPosterior.Projection order0 = nngp.project(covariances, variance);
                variances[means.size()] = order0.variance();
                means.add(order0.mean());
                return order0.weights();
              });
      int rows = features.length;
      return new Rows(
          block, means.subList(0, rows).toArray(double[][]::new), Arrays.copyOf(variances, rows));
    }
  }

  /** The log evidence with its standard errors. */
  public LogEvidence logEvidence(Estimates estimates) {
    double[] coefficients = new double[estimates.sources()];
    double[] errors = new double[estimates.sources()];
    for (int s = 0; s < coefficients.length; s++) {
      coefficients[s] = estimates.evidence(s);
      errors[s] = estimates.evidenceError(s);
    }
    return new EvidenceByCoefficients(nngp.logEvidence(), coefficients, errors).finite();
  }

  /**
   * The predictions of the rows that the estimates are of, without those that fill up blocks.
   *
   * @param rows all blocks in order
   */
  public List<ByCoefficients> predictions(List<Rows> rows, Estimates estimates) {
    List<ByCoefficients> predictions = new ArrayList<>();
    for (int b = 0; b < rows.size(); b++) {
      Rows block = rows.get(b);
      for (int k = 0; k < block.variance().length; k++) {
        int x = b * RowBlock.ROWS + k;
        predictions.add(prediction(block.mean()[k], block.variance()[k], x, estimates));
      }
    }
    return predictions;
  }

  private ByCoefficients prediction(double[] mean, double variance, int x, Estimates estimates) {
    int sources = estimates.sources();
    int outputs = estimates.outputs();
    boolean variances = contraction.problem().contraction().variance();
    double[][][] coefficients = new double[4][sources][outputs];
    for (int s = 0; s < sources; s++) {
      for (int i = 0; i < outputs; i++) {
        coefficients[0][s][i] = estimates.mean(s, x, i);
        coefficients[1][s][i] = estimates.meanError(s, x, i);
        if (variances) {
          coefficients[2][s][i] = estimates.variance(s, x, i);
          coefficients[3][s][i] = estimates.varianceError(s, x, i);
        }
      }
    }
    double[][] none = new double[sources][0];
    return new ByCoefficients(
        mean,
        variance,
        coefficients[0],
        variances ? coefficients[2] : none,
        coefficients[1],
        variances ? coefficients[3] : none);
  }
}
