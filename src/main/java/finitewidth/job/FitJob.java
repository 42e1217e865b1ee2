package finitewidth.job;

import finitewidth.data.DataFiles;
import finitewidth.data.DataReader;
import finitewidth.report.FitSummary;
import finitewidth.report.Json;
import finitewidth.report.html.FitPage;
import finitewidth.spark.Stopwatch;
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
final class FitJob {
  private final JobConfig config;
  private final Console console;
  private final Stopwatch watch = new Stopwatch();

  FitJob(JobConfig config, Console console) {
    this.config = config;
    this.console = console;
  }

  void run() throws IOException {
    Configuration hadoop = Sessions.hadoop();
    DataFiles files = DataFiles.locate(hadoop, config.data());
    try (ResultDirectory result = ResultDirectory.reserve(hadoop, config.output(), inputs(files));
        SparkSession session = Sessions.start(Verb.FIT)) {
      double start = watch.lap();
      Trained trained =
          train(
              session,
              new DataReader(session, config.data(), files, config.preprocess().features()));
      TestRows test =
          TestRows.of(
              trained.test(),
              trained.preprocessing(),
              config.contraction().testRows(),
              config.data().seed());
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      Engines engines = new Engines(spark, trained.config(), console);
      try (FittedRows fitted = engines.fit(trained.conditioning(), test);
          FitPredictions predictions =
              new FitPredictions(session, trained, test, fitted, console)) {
        watch.lap();
        FitReport report = predictions.score();
        predictions.write(report.config(), result.path("predictions"));
        double predictSeconds = watch.lap();
        SavedModel.of(report.config(), trained, fitted.posterior())
            .write()
            .session(session)
            .save(result.path("model"));
        FitSummary summary =
            new FitSummaries(session, trained, test, fitted, report)
                .summary(start + trained.readSeconds(), predictSeconds, watch.total());
        result.write("summary.json", Json.text(summary));
        ReportFile.write(
            result,
            console,
            () ->
                FitPage.html(new FitView(report.config(), trained, test, fitted).results(summary)));
        result.complete();
        summary.warnings().forEach(warning -> console.say("warning: " + warning));
        trained.hyperparameters().line().ifPresent(console::result);
        report.lines().forEach(console::result);
        console.result("fit " + result.target());
      }
    }
  }

  private Trained train(SparkSession session, DataReader reader) {
    return config
        .inducing()
        .map(inducing -> new InducingTraining(session, config, inducing, console).train(reader))
        .orElseGet(() -> WholeTraining.of(reader, config, console));
  }

  static List<Path> inputs(DataFiles files) {
    return Stream.concat(
            files.train().files().stream(),
            files.test().stream().flatMap(test -> test.files().stream()))
        .toList();
  }
}
