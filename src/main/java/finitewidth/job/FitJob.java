package finitewidth.job;

import finitewidth.data.DataFiles;
import finitewidth.data.DataReader;
import finitewidth.data.DataRow;
import finitewidth.data.FitData;
import finitewidth.data.Preprocessing;
import finitewidth.data.TrainingSet;
import finitewidth.linalg.Blas;
import finitewidth.linalg.NumericsException;
import finitewidth.ml.Conditioning;
import finitewidth.report.FitSummary;
import finitewidth.report.Json;
import finitewidth.spark.EngineCost;
import finitewidth.spark.Stopwatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * {@code fit}: training rows to posterior, test rows to predictions, both to a result directory.
 */
final class FitJob {
  /** Up to this many predictions are written as one file, in the order of the rows. */
  private static final long ONE_FILE = 100_000;

  /** As given; then with the hyperparameters that were fitted and the widths that were chosen. */
  private JobConfig config;

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
      FitData data =
          new DataReader(session, config.data(), files, config.preprocess().features())
              .readForFit();
      Preprocessing scalers =
          Preprocessing.fit(
              config.preprocess().features(), config.preprocess().target(), data.training());
      announce(data);
      double readSeconds = watch.lap();
      HyperparameterFit hyperparameters =
          HyperparameterFit.of(config, data.training(), scalers, console);
      config = WidthReport.withReference(hyperparameters.config(), data.training());
      Preprocessing preprocessing = hyperparameters.preprocessing();
      watch.lap();
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      Conditioning training = TrainingKernels.of(config, data.training(), preprocessing);
      watch.lap();
      FitReport report;
      FitSummary summary;
      try (FittedRows fitted = fitted(spark, data, preprocessing, training)) {
        watch.lap();
        report = predict(session, data, preprocessing, fitted, result);
        double predictSeconds = watch.lap();
        SavedModel.of(config, data.training(), preprocessing, fitted.posterior())
            .write()
            .session(session)
            .save(result.path("model"));
        summary =
            summary(
                session,
                data,
                training,
                hyperparameters,
                fitted,
                report,
                readSeconds,
                predictSeconds);
      }
      result.write("summary.json", Json.text(summary));
      result.complete();
      summary.warnings().forEach(warning -> console.say("warning: " + warning));
      hyperparameters.line().ifPresent(console::result);
      report.lines().forEach(console::result);
      console.result("fit " + result.target());
    }
  }

  private void announce(FitData data) {
    console.say(
        data.training().rows()
            + " training rows, "
            + data.test().count()
            + " test rows, "
            + data.training().features().cols()
            + " features, "
            + data.training().outputs()
            + (data.training().outputs() == 1 ? " output; BLAS " : " outputs; BLAS ")
            + Blas.description());
  }

  private FittedRows fitted(
      JavaSparkContext spark, FitData data, Preprocessing preprocessing, Conditioning training) {
    JavaRDD<DataRow> inputs = preprocessing.inputs(data.test());
    long count = data.test().count();
    if (Networks.exact(config.network()).isEmpty()) {
      if (config.contraction().engine() == ContractionConfig.Engine.AUTO) {
        console.say(
            "contraction.engine = auto: sampled, as "
                + config.network().activation()
                + " has no four-point moments");
      }
      return SampledFit.of(spark, config, training, inputs, count, console);
    }
    return switch (config.contraction().engine()) {
      case EXACT -> new ExactFit(spark, training, inputs, count, console);
      case SAMPLED -> SampledFit.of(spark, config, training, inputs, count, console);
      case AUTO -> cheaper(spark, training, inputs, count);
    };
  }

  /** The exact engine where it costs little; else the one that a first round of draws favours. */
  private FittedRows cheaper(
      JavaSparkContext spark, Conditioning training, JavaRDD<DataRow> inputs, long count) {
    double exact = EngineCost.exactSeconds(training.problem(), count);
    if (exact > EngineCost.AFFORDABLE_SECONDS) {
      Optional<SampledFit> sampled =
          SampledFit.ifCheaper(exact, spark, config, training, inputs, count, console);
      if (sampled.isPresent()) {
        return sampled.get();
      }
    } else {
      console.say(
          String.format(
              Locale.ROOT,
              "contraction.engine = auto: exact, about %.0f core seconds",
              Math.ceil(exact)));
    }
    return new ExactFit(spark, training, inputs, count, console);
  }

  /** Scores the test rows and writes predictions. */
  private FitReport predict(
      SparkSession session,
      FitData data,
      Preprocessing preprocessing,
      FittedRows fitted,
      ResultDirectory result) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    long count = data.test().count();
    ScoreBoard board =
        new ScoreBoard(
            FitReport.choices(config),
            preprocessing.targets(),
            data.training().classes(),
            config.noiseVariance(),
            data.test().scored());
    List<ScoredRow> small = new ArrayList<>();
    fitted.forEach(
        rows -> {
          rows.forEach(board::add);
          if (count <= ONE_FILE) {
            small.addAll(rows);
          }
        });
    FitReport report =
        FitReport.of(
            config,
            board.scores(),
            fitted.posterior().logEvidence(),
            count,
            (long) data.training().rows() * data.training().outputs());
    config = report.config();
    fitted.settle(Networks.widths(config.network()));
    if (config.strict() && report.outside() > 0) {
      throw new NumericsException(
          report.outside()
              + " of "
              + count
              + " predictions are outside the expansion at hidden widths "
              + Networks.widths(config.network())
              + " and strict=true; use wider layers, or strict=false to have them flagged");
    }
    spark.setJobDescription("finite-width: writing predictions");
    PredictionTable table =
        new PredictionTable(
            Networks.widths(config.network()),
            preprocessing.targets(),
            data.training().classes(),
            data.test().idType());
    small.sort(Comparator.comparingLong(ScoredRow::number));
    Dataset<Row> predictions =
        count <= ONE_FILE
            ? session
                .createDataFrame(small.stream().map(table::row).toList(), table.schema())
                .coalesce(1)
            : session.createDataFrame(fitted.rows().map(table::row), table.schema());
    PredictionsWriter.write(predictions, config.output().format(), result.path("predictions"));
    spark.setJobDescription(null);
    return report;
  }

  private FitSummary summary(
      SparkSession session,
      FitData data,
      Conditioning training,
      HyperparameterFit hyperparameters,
      FittedRows fitted,
      FitReport report,
      double readSeconds,
      double predictSeconds) {
    TrainingSet rows = data.training();
    NetworkConfig network = config.network();
    double dataFit = training.nngp().dataFit();
    double contractionSeconds = fitted.contractionSeconds() + predictSeconds;
    int cores = session.sparkContext().defaultParallelism();
    return new FitSummary(
        Main.Version.number(),
        session.version(),
        Blas.description(),
        new FitSummary.Data(
            rows.rows(), data.test().count(), rows.features().cols(), rows.outputs()),
        new FitSummary.Network(
            network.activation(),
            network.negativeSlope(),
            network.hiddenWidths(),
            network.biasVariances(),
            network.weightVariances()),
        new FitSummary.Hyperparameters(
            hyperparameters.summary().isPresent() ? "evidence" : "fixed",
            config.noiseVariance(),
            hyperparameters.summary(),
            report.widthSummary()),
        report.order0(dataFit),
        report.deltaLogEvidence(),
        report.corrected(),
        report.widths(),
        fitted.summary(contractionSeconds, cores),
        new FitSummary.Seconds(
            readSeconds,
            training.kernelSeconds(),
            training.factorSeconds(),
            fitted.contractionSeconds(),
            predictSeconds,
            watch.total()),
        Stream.of(
                hyperparameters.warnings(),
                fitted.warnings(),
                report.warnings(data.test().count(), TrainingKernels.outputScale(training)))
            .flatMap(List::stream)
            .toList());
  }

  static List<Path> inputs(DataFiles files) {
    return Stream.concat(
            files.train().files().stream(),
            files.test().stream().flatMap(test -> test.files().stream()))
        .toList();
  }
}
