package finitewidth.job.validate;

import finitewidth.Library;
import finitewidth.data.DataRow;
import finitewidth.data.TrainingSet;
import finitewidth.data.read.DataReader;
import finitewidth.data.read.OpenedData;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.table.DataFiles;
import finitewidth.inference.Conditioning;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.ValidateConfig;
import finitewidth.job.config.Verb;
import finitewidth.job.config.Words;
import finitewidth.job.console.Console;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.fit.FitJob;
import finitewidth.job.output.ReportFile;
import finitewidth.job.output.ResultDirectory;
import finitewidth.job.run.InputFingerprint;
import finitewidth.job.run.Job;
import finitewidth.job.run.JobCheckpoint;
import finitewidth.job.run.Preflight;
import finitewidth.job.run.Provenance;
import finitewidth.job.run.RunSession;
import finitewidth.job.run.Sessions;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.train.HyperparameterFit;
import finitewidth.job.train.TrainingKernels;
import finitewidth.linalg.Blas;
import finitewidth.linalg.NumericsException;
import finitewidth.report.summary.CheckpointSummary;
import finitewidth.report.summary.ContractionSummary;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.Json;
import finitewidth.report.summary.RunSummary;
import finitewidth.report.summary.ValidateSummary;
import finitewidth.report.summary.Validation;
import finitewidth.report.validate.ValidatePage;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.SparkRuntime;
import finitewidth.settings.Key;
import finitewidth.settings.Naming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * {@code validate}: a subset of the rows to the exact posterior of finite networks and, beside it,
 * to the one that is judged, both to a result directory.
 */
public final class ValidateJob implements Job {
  private static final String UNSAMPLED =
      Key.HYPERPARAMETERS
          + " = sampled: posteriors of one prior are compared, that of the hyperparameters that are"
          + " given, which are the medians of what a fit samples";

  private final JobConfig given;
  private final boolean sampled;
  private final ValidateConfig asked;
  private final Provenance provenance;
  private final Console console;
  private final Stopwatch watch = new Stopwatch();

  public ValidateJob(
      JobConfig given, ValidateConfig asked, Provenance provenance, Console console) {
    this.provenance = provenance;
    this.given = given.unsampled();
    sampled = given.sampled().isPresent();
    this.asked = asked;
    this.console = console;
  }

  @Override
  public void estimate() throws IOException {
    DataFiles files = DataFiles.locate(Sessions.hadoop(), given.data());
    try (RunSession started = Sessions.start(Verb.VALIDATE, console)) {
      SparkSession session = started.spark();
      Preflight.dry(session, console)
          .validate(given, asked, reader(session, files).openForFit().shape());
    }
  }

  private DataReader reader(SparkSession session, DataFiles files) {
    return new DataReader(session, given.data(), files, given.preprocess().features())
        .rowsFrom(Key.VALIDATE_TRAIN_ROWS.path(), Key.VALIDATE_TEST_ROWS.path());
  }

  @Override
  public void run() throws IOException {
    Configuration hadoop = Sessions.hadoop();
    DataFiles files = DataFiles.locate(hadoop, given.data());
    RunSummary.Inputs read = InputFingerprint.of(hadoop, files);
    try (ResultDirectory result =
            ResultDirectory.reserve(
                hadoop, given.output(), FitJob.inputs(files), console.run(), console::say);
        JobCheckpoint checkpoint = JobCheckpoint.open(hadoop, given.output(), result, console);
        RunSession started = Sessions.start(Verb.VALIDATE, console)) {
      SparkSession session = started.spark();
      result.writtenBy(session.sparkContext().applicationId());
      Preflight preflight = Preflight.of(session, console);
      OpenedData opened = reader(session, files).openForFit();
      ValidateConfig validate = preflight.validate(given, asked, opened.shape());
      TrainingSet data = opened.onDriver();
      Preprocessing scalers = given.preprocess().fit(data);
      HyperparameterFit hyperparameters = HyperparameterFit.of(given, data, scalers, console);
      // Errors of the correction are largest at the narrowest width.
      JobConfig config =
          hyperparameters
              .config()
              .with(
                  hyperparameters.config().network().withWidth(validate.widths().get(0)),
                  hyperparameters.config().noiseVariance());
      Preprocessing preprocessing = hyperparameters.preprocessing();
      TrainingKernels.announce(data.rows(), data.schema(), opened.test(), console);
      double readSeconds = watch.lap();
      SparkRuntime runtime =
          new SparkRuntime(
              JavaSparkContext.fromSparkContext(session.sparkContext()),
              checkpoint.checkpoint(),
              console);
      Conditioning training = TrainingKernels.of(config, data, preprocessing);
      List<DataRow> tests = Parcels.collect(preprocessing.inputs(opened.test()));
      tests.sort(Comparator.comparingLong(DataRow::number));
      TestTargets targets =
          TestTargets.of(
              tests, data.schema().classes(), preprocessing.targets(), config.noiseVariance());
      Judging judging = new Judging(runtime, config, validate, training, tests, targets, console);
      try (CorrectedRows fitted = judging.own()) {
        List<PredictedRow> rows = fitted.collect();
        double correctSeconds = watch.lap();
        ExactPosteriors exact =
            ExactPosteriors.of(runtime, config, validate, training, tests, targets, console);
        double drawSeconds = watch.lap();
        List<ValidatedWidth> widths =
            ValidatedWidth.of(validate, judging.layers(), exact, rows, fitted.posterior());
        Judging.Others others = judging.others(exact);
        Optional<Referee> referee =
            validate.referees()
                ? Optional.of(
                    Referee.of(
                        widths,
                        judging.own(fitted, correctSeconds, rows, widths),
                        others.methods(),
                        rows,
                        targets,
                        judging.layers()))
                : Optional.empty();
        double othersSeconds = watch.lap();
        ValidateReport report =
            ValidateReport.of(
                config, rows, fitted, exact, widths, data, preprocessing.targets(), referee);
        FitSummary.Data shape =
            new FitSummary.Data(
                data.rows(),
                rows.size(),
                data.schema().features(),
                data.schema().outputs(),
                fitted.posterior().logEvidence().isOrderZero() ? 0 : rows.size(),
                Optional.empty());
        ContractionSummary contraction =
            fitted.summary(correctSeconds, Networks.widths(config.network()));
        List<String> warnings = new ArrayList<>(preflight.warnings());
        if (sampled) {
          warnings.add(UNSAMPLED);
        }
        warnings.addAll(checkpoint.warnings());
        warnings.addAll(opened.warnings());
        warnings.addAll(given.preprocess().warnings(scalers.features(), data));
        warnings.addAll(hyperparameters.warnings());
        warnings.addAll(fitted.warnings(Networks.widths(config.network())));
        warnings.addAll(others.warnings());
        exact.warnings().stream().map(Naming.KEYS::in).forEach(warnings::add);
        TrainingKernels.outputScale(training).ifPresent(warnings::add);
        Validation validation = report.validation(config, shape, contraction.engine());
        ValidateSummary summary =
            summary(
                config,
                session,
                provenance.summary(session, read),
                shape,
                contraction,
                report,
                checkpoint.summary(),
                new ValidateSummary.Seconds(
                    readSeconds, correctSeconds, drawSeconds, othersSeconds, watch.total()),
                warnings);
        result.write("validate.json", Json.text(validation));
        result.write("summary.json", Json.text(summary));
        ReportFile.write(
            result,
            console,
            () ->
                ValidatePage.html(
                    ReportFile.dataName(config.data().train()),
                    data.schema().outputNames(),
                    summary,
                    validation));
        result.complete();
        checkpoint.remove();
        checkpoint.untold(warnings).forEach(warning -> console.say("warning: " + warning));
        hyperparameters.line().ifPresent(console::result);
        report.lines().forEach(console::result);
        console.result("validate " + result.target());
        if (config.strict() && !report.isTrusted()) {
          throw new NumericsException(
              "strict=true, and " + report.verdict() + "; what was found is in " + result.target());
        }
      }
    }
  }

  private static ValidateSummary summary(
      JobConfig config,
      SparkSession session,
      RunSummary run,
      FitSummary.Data shape,
      ContractionSummary contraction,
      ValidateReport report,
      Optional<CheckpointSummary> checkpoint,
      ValidateSummary.Seconds seconds,
      List<String> warnings) {
    NetworkConfig network = config.network();
    return new ValidateSummary(
        Library.version(),
        session.version(),
        Blas.description(),
        run,
        shape,
        new FitSummary.Network(
            network.activation(),
            network.negativeSlope(),
            network.hiddenWidths(),
            network.biasVariances(),
            network.weightVariances()),
        config.noiseVariance(),
        contraction,
        Words.of(config.posterior().method()),
        report.way(),
        report.draws(),
        report.widths(),
        report.verdict(),
        checkpoint,
        seconds,
        warnings);
  }
}
