package finitewidth.job;

import finitewidth.data.TargetScaler;
import finitewidth.density.Edgeworth;
import finitewidth.flow.Widths;
import finitewidth.posterior.Prediction;
import finitewidth.report.html.RowTails;
import finitewidth.report.html.Tails;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.gamma.InverseErfc;

/** What the page of a fit shows of quantiles. */
final class TailsView {
  private final Quantiles quantiles;
  private final Widths widths;
  private final TargetScaler scaler;
  private final double noise;

  private TailsView(JobConfig config, TargetScaler scaler) {
    quantiles = config.output().quantiles();
    widths = Networks.widths(config.network());
    this.scaler = scaler;
    noise = quantiles.of() == Quantiles.Of.TARGET ? config.noiseVariance() : 0;
  }

  /**
   * Empty where quantiles were not asked for.
   *
   * @param rows that are corrected
   */
  static Optional<Tails> of(JobConfig config, TargetScaler scaler, List<ScoredRow> rows) {
    Quantiles quantiles = config.output().quantiles();
    if (quantiles.isNone()
        || rows.isEmpty()
        || rows.stream().anyMatch(row -> row.prediction().cumulants().isNone())) {
      return Optional.empty();
    }
    TailsView view = new TailsView(config, scaler);
    return Optional.of(
        new Tails(
            quantiles.probabilities(),
            quantiles.of() == Quantiles.Of.TARGET,
            rows.stream().map(view::tails).toList()));
  }

  private RowTails tails(ScoredRow row) {
    Prediction prediction = row.prediction();
    int outputs = prediction.outputs();
    int count = quantiles.probabilities().size();
    double[] deltaMean = prediction.deltaMean(widths);
    double[] deltaVariance = prediction.deltaVariance(widths);
    double[] skewness = new double[outputs];
    double[] kurtosis = new double[outputs];
    boolean[] positive = new boolean[outputs];
    double[][] values = new double[count][outputs];
    double[][] gaussian = new double[count][outputs];
    for (int i = 0; i < outputs; i++) {
      double mean = prediction.nngpMean()[i] + deltaMean[i];
      double variance = prediction.nngpVariance() + deltaVariance[i] + noise;
      Edgeworth edgeworth =
          Edgeworth.ofCumulants(
              mean,
              variance,
              prediction.cumulants().third(widths, i),
              prediction.cumulants().fourth(widths));
      skewness[i] = 6 * edgeworth.third();
      kurtosis[i] = 24 * edgeworth.fourth();
      positive[i] = edgeworth.isPositive();
      for (int k = 0; k < count; k++) {
        double y = -Math.sqrt(2) * InverseErfc.value(2 * quantiles.probabilities().get(k));
        values[k][i] = scaler.value(i, edgeworth.quantile(y));
        gaussian[k][i] = scaler.value(i, mean + Math.sqrt(variance) * y);
      }
    }
    return new RowTails(row.id().toString(), skewness, kurtosis, positive, values, gaussian);
  }
}
