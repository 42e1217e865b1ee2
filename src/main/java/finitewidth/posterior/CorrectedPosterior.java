package finitewidth.posterior;

import finitewidth.contraction.ContractionProblem;
import finitewidth.contraction.RowContraction;
import finitewidth.contraction.TrainingContraction;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.io.Serializable;

/**
 * The posterior to first order in 1/width, conditioned on training data (THEORY section 4).
 * Immutable; what is broadcast to score rows.
 *
 * <p>Everything rests on the kernel shift M = S + ½ V:B − V:A⁻¹, one matrix for all outputs:
 * δμ_i(x) = Σ_a (M_xa − w_x·M_Ra) φ_ai, and the variance of output i moves by N_xx − 2 w_x·N_Rx +
 * w_x·N w_x with N = M + Σ_cd V_(·c)(·d) φ_ci φ_di.
 */
public final class CorrectedPosterior implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NngpPosterior nngp;
  private final ContractionProblem problem;
  private final TrainingContraction training;

  /** M φ by source, P × m. */
  private final Matrix[] shiftedPhi;

  /** N by source and output; no outputs where variances are not wanted. */
  private final Matrix[][] varianceShift;

  /** Assembles the posterior from the finished training contraction. O(P² m H). */
  public CorrectedPosterior(
      NngpPosterior nngp, ContractionProblem problem, TrainingContraction training) {
    this.nngp = nngp;
    this.problem = problem;
    this.training = training;
    int sources = problem.sources();
    shiftedPhi = new Matrix[sources];
    varianceShift = new Matrix[sources][problem.crossWeights() - 1];
    for (int s = 0; s < sources; s++) {
      Matrix shift = kernelShift(s);
      shiftedPhi[s] = Products.times(shift, problem.phi());
      for (int i = 0; i < varianceShift[s].length; i++) {
        Matrix sum = shift.copy();
        double[] cross = training.cross(s, 1 + i).data();
        for (int k = 0; k < cross.length; k++) {
          sum.data()[k] += cross[k];
        }
        varianceShift[s][i] = sum;
      }
    }
  }

  /** M_RR of source layer s, P × P: a coefficient of 1/n_s. */
  public Matrix kernelShift(int s) {
    Matrix shift = training.selfEnergy(s).copy();
    double[] data = shift.data();
    double[] plain = training.plain(s).data();
    double[] cross = training.cross(s, 0).data();
    for (int k = 0; k < data.length; k++) {
      data[k] += 0.5 * plain[k] - cross[k];
    }
    return shift;
  }

  /** The order-0 posterior. */
  public NngpPosterior nngp() {
    return nngp;
  }

  /** The log evidence of the training targets, order by order. */
  public LogEvidence logEvidence() {
    return LogEvidence.of(nngp, problem, training);
  }

  /** The training contraction that all this rests on. */
  public TrainingContraction training() {
    return training;
  }

  /** What was contracted. */
  public ContractionProblem problem() {
    return problem;
  }

  /** A predictor for one thread; it holds O(P²) scratch for each source layer. */
  public Predictor predictor() {
    return new Predictor();
  }

  /** Predicts row after row on one thread; each row costs P³/6 moments for each source layer. */
  public final class Predictor {
    private final RowContraction contraction = new RowContraction(problem, training);

    private Predictor() {}

    /**
     * The predictive distribution at one row.
     *
     * @param x features, as many as the training rows have
     */
    public Prediction predict(double[] x) {
      RowContraction.Row row = contraction.contract(x);
      int hidden = problem.sources();
      NngpPosterior.Projection order0 =
          nngp.project(
              contraction.flow().kernel(hidden), contraction.flow().point().kernel(hidden));
      double[][] mean = new double[hidden][];
      double[][] variance = new double[hidden][varianceShift[0].length];
      for (int s = 0; s < hidden; s++) {
        double[] shift = shift(row, s);
        mean[s] = meanCoefficients(s, shift, order0.weights());
        for (int i = 0; i < variance[s].length; i++) {
          variance[s][i] = varianceCoefficient(s, i, shift, row, order0.weights());
        }
      }
      return new Prediction(order0.mean(), order0.variance(), mean, variance);
    }

    /** M_xa for all a, then M_xx. */
    private static double[] shift(RowContraction.Row row, int s) {
      double[] shift = new double[row.plain()[s].length];
      for (int a = 0; a < shift.length; a++) {
        shift[a] = row.selfEnergy()[s][a] + 0.5 * row.plain()[s][a] - row.cross()[s][0][a];
      }
      return shift;
    }

    private double[] meanCoefficients(int s, double[] shift, double[] weights) {
      double[] mean = new double[problem.outputs()];
      Matrix phi = problem.phi();
      for (int a = 0; a < phi.rows(); a++) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += shift[a] * phi.get(a, i) - weights[a] * shiftedPhi[s].get(a, i);
        }
      }
      return mean;
    }

    private double varianceCoefficient(
        int s, int i, double[] shift, RowContraction.Row row, double[] weights) {
      double[] cross = row.cross()[s][1 + i];
      int p = weights.length;
      double[] viaTraining = Products.times(varianceShift[s][i], weights);
      double sum = shift[p] + cross[p];
      for (int a = 0; a < p; a++) {
        sum += weights[a] * (viaTraining[a] - 2 * (shift[a] + cross[a]));
      }
      return sum;
    }
  }
}
