package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Cumulants;
import finitewidth.posterior.Prediction;
import finitewidth.prior.SampleRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predicts rows with their {@link Cumulants}, a block at a time: the rows of a block share the
 * moments of the training samples.
 */
final class CumulantPredictor implements BlockPredictor {
  private final ExactPosterior posterior;
  private final ExactPosterior.Predictor corrected;
  private final FormCovariances forms;
  private final int blockRows;

  CumulantPredictor(ExactPosterior posterior) {
    this.posterior = posterior;
    corrected = posterior.predictor();
    ContractionProblem problem = posterior.problem();
    forms = new FormCovariances(posterior.exact());
    blockRows = Cumulants.blockRows(problem.size(), problem.outputs());
  }

  @Override
  public int blockRows() {
    return blockRows;
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<FormCovariances.Row> rows = Arrays.stream(features).map(this::row).toList();
    double[][][] covariances = forms.of(rows);
    List<Prediction> predictions = new ArrayList<>();
    for (int r = 0; r < features.length; r++) {
      predictions.add(
          corrected.predict(features[r]).coefficients().with(cumulants(covariances[r])));
    }
    return predictions;
  }

  private FormCovariances.Row row(double[] x) {
    ContractionProblem problem = posterior.problem();
    SampleRow flow = new SampleRow(problem.flow());
    flow.follow(x);
    int hidden = problem.sources();
    double[] weights =
        posterior.nngp().project(flow.kernel(hidden), flow.point().kernel(hidden)).weights();
    int p = weights.length;
    double[] u = new double[p + 1];
    for (int a = 0; a < p; a++) {
      u[a] = -weights[a];
    }
    u[p] = 1;
    Matrix phi = problem.phi();
    double[][] v = new double[problem.outputs()][];
    for (int i = 0; i < v.length; i++) {
      v[i] = Arrays.copyOf(phi.column(i), p + 1);
    }
    return new FormCovariances.Row(flow, u, v);
  }

  private static Cumulants cumulants(double[][] covariances) {
    double[][] third = new double[covariances.length][];
    double[] fourth = new double[covariances.length];
    for (int s = 0; s < fourth.length; s++) {
      fourth[s] = 3 * covariances[s][0];
      third[s] = Arrays.copyOfRange(covariances[s], 1, covariances[s].length);
      for (int i = 0; i < third[s].length; i++) {
        third[s][i] *= 3;
      }
    }
    return new Cumulants(third, fourth);
  }
}
