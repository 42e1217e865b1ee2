package finitewidth.job;

import finitewidth.contraction.RowContraction;
import finitewidth.data.DataFiles;
import finitewidth.data.DataReader;
import finitewidth.data.DataRow;
import finitewidth.data.FitData;
import finitewidth.data.Preprocessing;
import finitewidth.data.TrainingSet;
import finitewidth.linalg.Blas;
import finitewidth.linalg.NumericsException;
import finitewidth.ml.FiniteWidthModel;
import finitewidth.ml.ModelFiles;
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.report.FitSummary;
import finitewidth.report.Json;
import finitewidth.spark.Progress;
import finitewidth.spark.RowScorer;
import finitewidth.spark.ScoringJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * {@code fit}: training rows to posterior, test rows to predictions, both to a result directory.
 */
final class FitJob {
  /** Up to this many predictions are written as one file, in the order of the rows. */
  private static final long ONE_FILE = 100_000;

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
      FitData data =
          new DataReader(session, config.data(), files, config.preprocess().features())
              .readForFit();
      Preprocessing preprocessing =
          Preprocessing.fit(
              config.preprocess().features(), config.preprocess().target(), data.training());
      announce(data);
      double readSeconds = watch.lap();
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      TrainingPosterior training =
          TrainingPosterior.of(spark, config, data.training(), preprocessing, console);
      watch.lap();
      FitReport report = predict(session, data, preprocessing, training.posterior(), result);
      double predictSeconds = watch.lap();
      ModelFiles.write(
          session,
          model(data.training(), preprocessing, training.posterior()),
          Main.Version.number(),
          result.path("model"));
      FitSummary summary = summary(session, data, training, report, readSeconds, predictSeconds);
      result.write("summary.json", Json.text(summary));
      result.complete();
      summary.warnings().forEach(warning -> console.say("warning: " + warning));
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

  /** Scores the test rows where they are and writes predictions. */
  private FitReport predict(
      SparkSession session,
      FitData data,
      Preprocessing preprocessing,
      CorrectedPosterior posterior,
      ResultDirectory result) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    long count = data.test().count();
    long perRow = rowMoments(data.training());
    int partitions = ScoringJob.partitions(spark.defaultParallelism(), count, perRow);
    Broadcast<CorrectedPosterior> shared = spark.broadcast(posterior);
    RowScorer<DataRow, ScoredRow> scorer =
        new RowScorer<>(shared, DataRow::features, ScoredRow::of);
    JavaRDD<ScoredRow> scored =
        preprocessing
            .inputs(data.test())
            .sortBy(DataRow::number, true, partitions)
            .mapPartitions(scorer::score)
            .setName("scored test rows")
            .persist(StorageLevel.MEMORY_AND_DISK());
    ScoreBoard board =
        new ScoreBoard(
            FitReport.choices(config),
            preprocessing.targets(),
            data.training().classes(),
            config.noiseVariance(),
            data.test().scored());
    List<ScoredRow> small = new ArrayList<>();
    Progress progress = new Progress(console.progress(), "test rows", perRow * count);
    spark.setJobDescription("finite-width: contraction and prediction of test rows");
    ScoringJob.run(
        scored,
        rows -> {
          rows.forEach(board::add);
          if (count <= ONE_FILE) {
            small.addAll(rows);
          }
          progress.add(perRow * rows.size());
        });
    FitReport report = new FitReport(config, board.scores(), posterior.logEvidence());
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
            : session.createDataFrame(scored.map(table::row), table.schema());
    PredictionsWriter.write(predictions, config.output().format(), result.path("predictions"));
    spark.setJobDescription(null);
    scored.unpersist();
    shared.destroy();
    return report;
  }

  private long rowMoments(TrainingSet training) {
    return RowContraction.moments(training.rows()) * config.network().hiddenWidths().size();
  }

  private FiniteWidthModel model(
      TrainingSet training, Preprocessing preprocessing, CorrectedPosterior posterior) {
    return new FiniteWidthModel(
        posterior,
        preprocessing,
        Networks.widths(config.network()),
        config.noiseVariance(),
        training.featureNames(),
        training.outputNames(),
        training.classes());
  }

  private FitSummary summary(
      SparkSession session,
      FitData data,
      TrainingPosterior training,
      FitReport report,
      double readSeconds,
      double predictSeconds) {
    TrainingSet rows = data.training();
    NetworkConfig network = config.network();
    double dataFit = training.posterior().nngp().dataFit();
    long moments = training.moments() + rowMoments(rows) * data.test().count();
    double contractionSeconds = training.contractionSeconds() + predictSeconds;
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
        new FitSummary.Hyperparameters("fixed", config.noiseVariance()),
        report.order0(dataFit),
        report.deltaLogEvidence(),
        report.corrected(),
        report.widths(),
        new FitSummary.Contraction(
            "exact",
            moments,
            OptionalDouble.empty(),
            contractionSeconds,
            moments / contractionSeconds / cores,
            OptionalDouble.empty()),
        new FitSummary.Seconds(
            readSeconds,
            training.kernelSeconds(),
            training.factorSeconds(),
            training.contractionSeconds(),
            predictSeconds,
            watch.total()),
        report.warnings(data.test().count(), (long) rows.rows() * rows.outputs(), dataFit));
  }

  static List<Path> inputs(DataFiles files) {
    return Stream.concat(
            files.train().files().stream(),
            files.test().stream().flatMap(test -> test.files().stream()))
        .toList();
  }
}
