package finitewidth.job.page;

import finitewidth.data.Classes;
import finitewidth.data.scale.TargetScaler;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.output.ReportFile;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.Trained;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import finitewidth.report.fit.FitResults;
import finitewidth.report.fit.RowResult;
import finitewidth.report.summary.FitSummary;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowSample;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/** Gathers what the page of a fit shows; of many test rows a seeded choice comes to the driver. */
public final class FitView {
  private final JobConfig config;
  private final Trained trained;
  private final TestRows test;
  private final CorrectedRows fitted;

  /**
   * @param config with the width that was chosen
   */
  public FitView(JobConfig config, Trained trained, TestRows test, CorrectedRows fitted) {
    this.config = config;
    this.trained = trained;
    this.test = test;
    this.fitted = fitted;
  }

  public FitResults results(FitSummary summary) {
    List<PredictedRow> rows = sample();
    TargetScaler scaler = trained.preprocessing().targets();
    Widths widths = Networks.widths(config.network());
    return new FitResults(
        ReportFile.dataName(config.data().train()),
        summary,
        trained.schema().outputNames(),
        trained.schema().classes().isPresent(),
        trained.test().scored(),
        numbers(i -> scaler.variance(i, summary.hyperparameters().noiseVariance())),
        rows.stream().map(this::result).toList(),
        new WidthCurves(config, trained, fitted.posterior().logEvidence()).of(rows),
        new InputCurves(config, trained, fitted.posterior()).of(test, rows),
        HiddenLayers.of(trained, fitted.hiddenKernels(), widths),
        TailsView.of(config, scaler, rows));
  }

  /** Rows that are corrected, by number. */
  private List<PredictedRow> sample() {
    int most = FitResults.mostRows(trained.schema().outputs());
    JavaRDD<PredictedRow> rows = fitted.rows();
    if (test.correctedCount() > most) {
      long[] chosen = RowSample.of(rows.map(PredictedRow::number), most, config.data().seed());
      rows = rows.filter(row -> RowSample.has(chosen, row.number()));
    }
    List<PredictedRow> sample = Parcels.collect(rows);
    sample.removeIf(row -> row.prediction().isNone());
    sample.sort(Comparator.comparingLong(PredictedRow::number));
    return sample;
  }

  private RowResult result(PredictedRow row) {
    TargetScaler scaler = trained.preprocessing().targets();
    Optional<Classes> classes = trained.schema().classes();
    Widths widths = Networks.widths(config.network());
    Prediction prediction = row.prediction();
    Predictive predictive = prediction.at(widths);
    double[] deltaMean = predictive.deltaMean();
    double[] deltaVariance = predictive.deltaVariance();
    return new RowResult(
        row.id().toString(),
        classes.map(known -> known.code(row.label())).orElse(row.targets()),
        classes.map(known -> known.indexOf(row.label()).orElse(-1)).orElse(-1),
        numbers(i -> scaler.value(i, prediction.nngpMean()[i])),
        numbers(i -> scaler.variance(i, prediction.nngpVariance())),
        deltaMean.length == 0 ? deltaMean : numbers(i -> scaler.difference(i, deltaMean[i])),
        deltaVariance.length == 0
            ? deltaVariance
            : numbers(i -> scaler.variance(i, deltaVariance[i])),
        predictive.trusted());
  }

  private double[] numbers(IntToDoubleFunction output) {
    return IntStream.range(0, trained.schema().outputs()).mapToDouble(output).toArray();
  }
}
