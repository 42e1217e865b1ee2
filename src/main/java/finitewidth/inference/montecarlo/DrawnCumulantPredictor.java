package finitewidth.inference.montecarlo;

import finitewidth.inference.Order;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Cumulants;
import finitewidth.posterior.Prediction;
import java.util.ArrayList;
import java.util.List;

/** Predicts rows with their {@link Cumulants} by the draws of a fit, made anew from the seed. */
final class DrawnCumulantPredictor implements BlockPredictor {
  private final BlockPredictor corrected;
  private final DrawnCumulants cumulants;

  DrawnCumulantPredictor(DrawnPosterior drawn) {
    corrected = drawn.predictor(Order.CORRECTED);
    cumulants = new DrawnCumulants(drawn);
  }

  @Override
  public int blockRows() {
    return RowBlock.ROWS;
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<Prediction> plain = corrected.predict(features);
    List<Cumulants> beside = cumulants.of(features);
    List<Prediction> predictions = new ArrayList<>();
    for (int x = 0; x < features.length; x++) {
      predictions.add(plain.get(x).coefficients().with(beside.get(x)));
    }
    return predictions;
  }
}
