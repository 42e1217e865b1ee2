package finitewidth;

import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.function.Function;

/**
 * Predictions of many rows as arrays, rows × outputs, for callers that would rather have numbers
 * than objects. They are of the latent function, without noise, in the units of the targets that
 * the network was given. Rows are empty where something is not known.
 *
 * @param mean to the order there is
 * @param variance likewise; one that first order has corrected may be negative
 * @param nngpMean at infinite width
 * @param deltaMean what finite width adds
 * @param deltaVariance likewise
 * @param meanError standard errors of deltaMean
 * @param varianceError standard errors of deltaVariance
 * @param trusted one for each row
 */
public record PredictedArrays(
    double[][] mean,
    double[][] variance,
    double[][] nngpMean,
    double[][] deltaMean,
    double[][] deltaVariance,
    double[][] meanError,
    double[][] varianceError,
    boolean[] trusted) {

  /** Predictions read at widths. */
  public static PredictedArrays of(List<Prediction> predictions, Widths widths) {
    List<Predictive> rows = predictions.stream().map(prediction -> prediction.at(widths)).toList();
    boolean[] trusted = new boolean[rows.size()];
    for (int i = 0; i < trusted.length; i++) {
      trusted[i] = rows.get(i).trusted();
    }
    return new PredictedArrays(
        arrays(rows, Predictive::mean),
        arrays(
            rows,
            row ->
                row.hasCorrection() && !row.hasVarianceCorrection()
                    ? new double[0]
                    : row.variance()),
        arrays(rows, Predictive::nngpMean),
        arrays(rows, Predictive::deltaMean),
        arrays(rows, Predictive::deltaVariance),
        arrays(rows, Predictive::meanError),
        arrays(rows, Predictive::varianceError),
        trusted);
  }

  private static double[][] arrays(List<Predictive> rows, Function<Predictive, double[]> column) {
    return rows.stream().map(column).toArray(double[][]::new);
  }
}
