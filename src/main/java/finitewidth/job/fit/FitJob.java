package finitewidth.job.fit;

import finitewidth.data.DataShape;
import finitewidth.data.read.DataReader;
import finitewidth.data.read.OpenedData;
import finitewidth.data.table.DataFiles;
import finitewidth.inference.Order;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.engine.NetworkChoice;
import finitewidth.job.output.ReportFile;
import finitewidth.job.output.ResultDirectory;
import finitewidth.job.page.FitView;
import finitewidth.job.run.InputFingerprint;
import finitewidth.job.run.Job;
import finitewidth.job.run.JobCheckpoint;
import finitewidth.job.run.Preflight;
import finitewidth.job.run.Provenance;
import finitewidth.job.run.RunSession;
import finitewidth.job.run.Sessions;
import finitewidth.job.train.InducingTraining;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.Trained;
import finitewidth.job.train.WholeTraining;
import finitewidth.report.fit.FitPage;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.Json;
import finitewidth.report.summary.RunSummary;
import finitewidth.runtime.JobNames;
import finitewidth.runtime.SparkRuntime;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * {@code fit}: training rows to posterior, test rows to predictions, both to a result directory.
 */
public final class FitJob implements Job {
  private final JobConfig config;
  private final Provenance provenance;
  private final Console console;
  private final Stopwatch watch = new Stopwatch();

  public FitJob(JobConfig config, Provenance provenance, Console console) {
    this.config = config;
    this.provenance = provenance;
    this.console = console;
  }

  @Override
  public void estimate() throws IOException {
    DataFiles files = DataFiles.locate(Sessions.hadoop(), config.data());
    try (RunSession started = Sessions.start(Verb.FIT, console)) {
      SparkSession session = started.spark();
      Preflight preflight = Preflight.dry(session, console);
      DataShape shape = reader(session, files).openForFit().shape();
      preflight.fit(preflight.place(config, shape), shape);
    }
  }

  @Override
  public void run() throws IOException {
    Configuration hadoop = Sessions.hadoop();
    DataFiles files = DataFiles.locate(hadoop, config.data());
    RunSummary.Inputs read = InputFingerprint.of(hadoop, files);
    try (ResultDirectory result =
            ResultDirectory.reserve(
                hadoop, config.output(), inputs(files), console.run(), console::say);
        JobCheckpoint checkpoint = JobCheckpoint.open(hadoop, config.output(), result, console);
        RunSession started = Sessions.start(Verb.FIT, console)) {
      SparkSession session = started.spark();
      result.writtenBy(session.sparkContext().applicationId());
      double start = watch.lap();
      Trained given = train(session, reader(session, files));
      TestRows test =
          TestRows.of(
              given.test(),
              given.preprocessing(),
              config.contraction().testRows(),
              config.data().seed());
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      SparkRuntime runtime = new SparkRuntime(spark, checkpoint.checkpoint(), console);
      OutputConfig output = given.config().output();
      Order order = output.quantiles().order(Order.CORRECTED);
      NetworkChoice choice = NetworkChoice.of(runtime, given, test, order, console);
      Trained trained = choice.trained();
      try (given;
          CorrectedRows fitted =
              CorrectedRows.of(runtime, choice, test, order, output.hiddenKernels(), console);
          FitPredictions predictions =
              new FitPredictions(session, trained, test, fitted, console)) {
        watch.lap();
        FitReport report = predictions.score();
        result.part("predictions", path -> predictions.write(report.config(), path));
        if (!fitted.hiddenKernels().isEmpty()) {
          HiddenKernelTable table =
              new HiddenKernelTable(
                  Networks.widths(report.config().network()),
                  trained.ids(),
                  trained.conditioning().targets());
          result.part(
              "hidden_kernels",
              path -> table.write(session, fitted.hiddenKernels(), config.output().format(), path));
        }
        double predictSeconds = watch.lap();
        try (JobNames names = JobNames.of(spark, "writing the model")) {
          SavedModel.write(
              session, result, SavedModel.of(report.config(), trained, fitted.posterior()));
        }
        FitSummary summary =
            new FitSummaries(
                    session,
                    provenance.summary(session, read),
                    choice,
                    test,
                    fitted,
                    report,
                    checkpoint)
                .summary(start + trained.readSeconds(), predictSeconds, watch.total());
        result.write("summary.json", Json.text(summary));
        ReportFile.write(
            result,
            console,
            () ->
                FitPage.html(new FitView(report.config(), trained, test, fitted).results(summary)));
        result.complete();
        checkpoint.remove();
        checkpoint
            .untold(summary.warnings())
            .forEach(warning -> console.say("warning: " + warning));
        trained.hyperparameters().line().ifPresent(console::result);
        choice.lines().forEach(console::result);
        report.lines().forEach(console::result);
        console.result("fit " + result.target());
      }
    }
  }

  private DataReader reader(SparkSession session, DataFiles files) {
    return new DataReader(session, config.data(), files, config.preprocess().features());
  }

  private Trained train(SparkSession session, DataReader reader) {
    try (JobNames names = JobNames.of(session.sparkContext(), "reading and preprocessing rows")) {
      Preflight preflight = Preflight.of(session, console);
      Stopwatch reading = new Stopwatch();
      OpenedData opened = reader.openForFit();
      JobConfig placed = preflight.place(config, opened.shape());
      return placed
          .inducing()
          .map(
              inducing ->
                  new InducingTraining(session, placed, inducing, preflight, reading, console)
                      .train(opened))
          .orElseGet(() -> WholeTraining.of(opened, placed, preflight, reading, console));
    }
  }

  public static List<Path> inputs(DataFiles files) {
    return Stream.concat(Stream.of(files.train()), files.test().stream())
        .flatMap(DataFiles.InputFiles::places)
        .toList();
  }
}
