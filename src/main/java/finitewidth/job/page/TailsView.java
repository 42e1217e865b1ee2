package finitewidth.job.page;

import finitewidth.data.scale.TargetScaler;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.Quantiles;
import finitewidth.job.score.PredictedRow;
import finitewidth.posterior.PredictiveDensity;
import finitewidth.prior.Widths;
import finitewidth.report.fit.RowTails;
import finitewidth.report.fit.Tails;
import java.util.List;
import java.util.Optional;

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
    noise = config.noiseVariance();
  }

  /**
   * Empty where quantiles were not asked for.
   *
   * @param rows that are corrected
   */
  static Optional<Tails> of(JobConfig config, TargetScaler scaler, List<PredictedRow> rows) {
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

  private RowTails tails(PredictedRow row) {
    PredictiveDensity density =
        quantiles.of() == Quantiles.Of.TARGET
            ? PredictiveDensity.target(row.prediction(), widths, noise)
            : PredictiveDensity.latent(row.prediction(), widths);
    int outputs = scaler.outputs();
    int count = quantiles.probabilities().size();
    double[] skewness = new double[outputs];
    double[] kurtosis = new double[outputs];
    boolean[] positive = new boolean[outputs];
    double[][] values = new double[count][outputs];
    double[][] gaussian = new double[count][outputs];
    for (int i = 0; i < outputs; i++) {
      skewness[i] = density.skewness(i);
      kurtosis[i] = density.excessKurtosis(i);
      positive[i] = density.isPositive(i);
      for (int k = 0; k < count; k++) {
        double p = quantiles.probabilities().get(k);
        values[k][i] = scaler.value(i, density.quantile(i, p));
        gaussian[k][i] = scaler.value(i, density.gaussianQuantile(i, p));
      }
    }
    return new RowTails(row.id().toString(), skewness, kurtosis, positive, values, gaussian);
  }
}
