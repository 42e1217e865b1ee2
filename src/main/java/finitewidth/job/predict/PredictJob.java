package finitewidth.job.predict;

import finitewidth.Library;
import finitewidth.data.Columns;
import finitewidth.data.DataConfig;
import finitewidth.data.DataRow;
import finitewidth.data.InvalidRows;
import finitewidth.data.TestSet;
import finitewidth.data.read.DataReader;
import finitewidth.data.table.DataFiles;
import finitewidth.data.table.RowRules;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.Validity;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Shared;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.ConfigException;
import finitewidth.job.config.PredictConfig;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.output.OutputFormats;
import finitewidth.job.output.ResultDirectory;
import finitewidth.job.run.InputFingerprint;
import finitewidth.job.run.Job;
import finitewidth.job.run.JobCheckpoint;
import finitewidth.job.run.Preflight;
import finitewidth.job.run.Provenance;
import finitewidth.job.run.RunSession;
import finitewidth.job.run.Sessions;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.score.PredictionTable;
import finitewidth.job.score.ScoredRows;
import finitewidth.linalg.Blas;
import finitewidth.model.FiniteWidthModel;
import finitewidth.model.ModelShape;
import finitewidth.prior.Widths;
import finitewidth.report.summary.Json;
import finitewidth.report.summary.PredictSummary;
import finitewidth.report.summary.RunSummary;
import finitewidth.runtime.Redaction;
import finitewidth.runtime.RowPredictor;
import finitewidth.runtime.SharedParcel;
import finitewidth.settings.Key;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code predict}: a saved model and rows of any number to predictions in a result directory. */
public final class PredictJob implements Job {
  private final PredictConfig config;
  private final Provenance provenance;
  private final Console console;
  private final Stopwatch watch = new Stopwatch();

  public PredictJob(PredictConfig config, Provenance provenance, Console console) {
    this.config = config;
    this.provenance = provenance;
    this.console = console;
  }

  @Override
  public void estimate() throws IOException {
    DataFiles.InputFiles files =
        DataFiles.find(
            Sessions.hadoop(),
            Key.DATA_TEST.path(),
            config.data().training(),
            config.data().format());
    try (RunSession started = Sessions.start(Verb.PREDICT, console)) {
      SparkSession session = started.spark();
      ModelShape shape = ModelShape.of(session, config.model());
      FiniteWidthModel model = FiniteWidthModel.load(session, config.model());
      ModelUse use = new ModelUse(config, model);
      checkQuantiles(use);
      TestSet test = read(session, use, new DataFiles(files, Optional.of(files)));
      table(session, model, use.widths(), test);
      Preflight.dry(session, console).predict(shape, test.count(), order(use.order()));
    }
  }

  @Override
  public void run() throws IOException {
    Configuration hadoop = Sessions.hadoop();
    DataFiles.InputFiles files =
        DataFiles.find(
            hadoop, Key.DATA_TEST.path(), config.data().training(), config.data().format());
    List<Path> inputs = new ArrayList<>(files.places().toList());
    Path saved = qualified(hadoop, config.model());
    inputs.add(saved);
    RunSummary.Inputs fingerprint = InputFingerprint.ofModel(hadoop, saved, files.files());
    try (ResultDirectory result =
            ResultDirectory.reserve(hadoop, config.output(), inputs, console.run(), console::say);
        JobCheckpoint checkpoint = JobCheckpoint.open(hadoop, config.output(), result, console);
        RunSession started = Sessions.start(Verb.PREDICT, console)) {
      SparkSession session = started.spark();
      result.writtenBy(session.sparkContext().applicationId());
      watch.lap();
      Preflight preflight = Preflight.of(session, console);
      ModelShape shape = ModelShape.of(session, config.model());
      preflight.refuse(shape, order(config.order()));
      FiniteWidthModel model = FiniteWidthModel.load(session, config.model());
      ModelUse use = new ModelUse(config, model);
      Widths widths = use.widths();
      checkQuantiles(use);
      double load = watch.lap();
      TestSet test = read(session, use, new DataFiles(files, Optional.of(files)));
      PredictionTable table = table(session, model, widths, test);
      double read = watch.lap();
      preflight.predict(shape, test.count(), order(use.order()));
      announce(use, test);
      PredictedRows.Outcome outcome =
          predict(session, use, widths, test, table, checkpoint.checkpoint(), result);
      double predict = watch.lap();
      List<String> warnings = new ArrayList<>(preflight.warnings());
      warnings.addAll(checkpoint.warnings());
      warnings.addAll(warnings(model.posterior().validity(), widths, test, outcome));
      PredictSummary summary =
          summary(
              session,
              provenance.summary(session, fingerprint),
              use,
              widths,
              test,
              outcome,
              checkpoint,
              load,
              read,
              predict,
              warnings);
      result.write("summary.json", Json.text(summary));
      result.complete();
      checkpoint.remove();
      checkpoint.untold(summary.warnings()).forEach(warning -> console.say("warning: " + warning));
      outcome.lines(model.posterior().validity()).forEach(console::result);
      console.result("predict " + result.target());
    }
  }

  private static Path qualified(Configuration hadoop, String path) throws IOException {
    Path given = new Path(path);
    return given.getFileSystem(hadoop).makeQualified(given);
  }

  private TestSet read(SparkSession session, ModelUse use, DataFiles files) {
    FiniteWidthModel model = use.model();
    Columns columns = use.columns();
    DataConfig known = config.data().withColumns(columns);
    boolean sphere = model.preprocessing().features().scaling().equals("unit-sphere");
    return new DataReader(
            session,
            known,
            files,
            RowRules.ofPredict(sphere, config.invalid(), config.columns(), known.reading()))
        .readForPredict(columns.features(), model.features());
  }

  /** What will be written; refused where it cannot be, before anything is computed. */
  private PredictionTable table(
      SparkSession session, FiniteWidthModel model, Widths widths, TestSet test) {
    PredictionTable table =
        new PredictionTable(
            widths,
            model.preprocessing().targets(),
            model.classes().map(classes -> classes.holding(test)),
            test.idType(),
            test.carried(),
            config.output().quantiles(),
            model.noiseVariance(),
            model.posterior().validity());
    OutputFormats.require(session, config.output().format(), table.schema());
    test.requireClasses(model.classes());
    return table;
  }

  /** To which rows are scored, quantiles counted. */
  private Order order(Order asked) {
    return config.output().quantiles().order(asked);
  }

  /** Refuses quantiles that the model has no cumulants for. */
  private void checkQuantiles(ModelUse use) {
    if (config.output().quantiles().isNone() || use.order() == Order.NNGP) {
      return;
    }
    Posterior posterior = use.model().posterior();
    if (!posterior.problem().variance()) {
      throw new ConfigException(
          "%s needs variances, which %s has not; fit with contraction.quantities = all"
              .formatted(Key.PREDICT_QUANTILES, config.model()));
    }
    if (posterior.quantiles().isEmpty()) {
      throw new ConfigException(
          "%s are not known of %s, whose posterior is by %s; leave them out"
              .formatted(Key.PREDICT_QUANTILES, config.model(), posterior.engine()));
    }
  }

  private void announce(ModelUse use, TestSet test) {
    console.say(
        Counted.of(test.count(), "row")
            + " to score with "
            + use.model().conditionedOn()
            + (use.order() == Order.NNGP
                ? ", without correction"
                : ", corrected (" + use.model().posterior().engine() + ")")
            + "; BLAS "
            + Blas.description());
  }

  private PredictedRows.Outcome predict(
      SparkSession session,
      ModelUse use,
      Widths widths,
      TestSet test,
      PredictionTable table,
      Checkpoint checkpoint,
      ResultDirectory result) {
    FiniteWidthModel model = use.model();
    Shared<Posterior> shared =
        SharedParcel.of(
            JavaSparkContext.fromSparkContext(session.sparkContext()), model.posterior());
    RowPredictor<DataRow, PredictedRow> predictor =
        new RowPredictor<>(shared, order(use.order()), DataRow::features, PredictedRow::of);
    PredictedRows rows =
        new PredictedRows(
            session,
            model,
            widths,
            test,
            use.order(),
            config.output().quantiles(),
            table,
            checkpoint,
            console);
    PredictedRows.Outcome outcome =
        result.written(
            "predictions", path -> rows.write(predictor, config.output().format(), path));
    ScoredRows.requireTrusted(
        config.strict(),
        outcome.outside().orElse(0L),
        outcome.predictions(),
        widths,
        model.posterior().validity());
    return outcome;
  }

  private PredictSummary summary(
      SparkSession session,
      RunSummary run,
      ModelUse use,
      Widths widths,
      TestSet test,
      PredictedRows.Outcome outcome,
      JobCheckpoint checkpoint,
      double load,
      double read,
      double predict,
      List<String> warnings) {
    FiniteWidthModel model = use.model();
    boolean corrected = use.order() == Order.CORRECTED;
    return new PredictSummary(
        Library.version(),
        session.version(),
        Blas.description(),
        run,
        new PredictSummary.Model(
            Redaction.standard().text(config.model()),
            model.posterior().engine(),
            model.trainingRows(),
            model.inducing().isEmpty()
                ? Optional.empty()
                : Optional.of(model.posterior().problem().size()),
            model.features(),
            model.outputs(),
            model.posterior().logEvidence().isOrderZero()
                ? List.of()
                : IntStream.range(0, widths.hiddenLayers()).mapToObj(widths::width).toList()),
        new PredictSummary.Data(test.count(), test.incomplete(), outcome.predictions()),
        corrected ? 1 : 0,
        outcome.scores(0),
        corrected ? Optional.of(outcome.scores(1)) : Optional.empty(),
        outcome.outside(),
        outcome.predictions() / predict,
        checkpoint.summary(),
        new PredictSummary.Seconds(load, read, predict, watch.total()),
        warnings);
  }

  private List<String> warnings(
      Validity validity, Widths widths, TestSet test, PredictedRows.Outcome outcome) {
    Stream<String> incomplete =
        test.incomplete() == 0
            ? Stream.of()
            : Stream.of(
                Counted.of(test.incomplete(), "row")
                    + (config.invalid() == InvalidRows.SKIP
                        ? " that lacked a number left out"
                        : " that lacked a number kept without prediction"));
    Stream<String> outside =
        outcome.outside().filter(rows -> rows > 0).stream()
            .map(rows -> ScoredRows.untrusted(rows, outcome.predictions(), widths, validity));
    return Stream.of(test.warnings().stream(), incomplete, outside)
        .flatMap(Function.identity())
        .toList();
  }
}
