package finitewidth.job.page;

import finitewidth.data.scale.TargetScaler;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.output.ReportFile;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.Trained;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import finitewidth.report.fit.FitResults;
import finitewidth.report.summary.FitSummary;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowSample;
import java.util.Comparator;
import java.util.List;
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
    LogEvidence evidence = fitted.posterior().logEvidence();
    Scoring scoring =
        new Scoring(
            scaler, trained.schema().classes(), config.noiseVariance(), trained.test().scored());
    return new FitResults(
        ReportFile.dataName(config.data().train()),
        summary,
        trained.schema().outputNames(),
        trained.schema().classes().isPresent(),
        trained.test().scored(),
        scoring.noises(summary.hyperparameters().noiseVariance()),
        rows.stream().map(row -> scoring.result(row, widths)).toList(),
        new WidthCurves(widths, config.widths(), evidence, scoring, trained.targets()).of(rows),
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
}
