package finitewidth.job.flow;

import finitewidth.Library;
import finitewidth.data.DataException;
import finitewidth.data.DataShape;
import finitewidth.data.TrainingSet;
import finitewidth.data.read.DataReader;
import finitewidth.data.read.OpenedData;
import finitewidth.data.scale.FeatureScaler;
import finitewidth.data.table.DataFiles;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.fit.FitJob;
import finitewidth.job.output.PredictionsWriter;
import finitewidth.job.output.ReportFile;
import finitewidth.job.output.ResultDirectory;
import finitewidth.job.run.InputFingerprint;
import finitewidth.job.run.Job;
import finitewidth.job.run.Preflight;
import finitewidth.job.run.Provenance;
import finitewidth.job.run.RunSession;
import finitewidth.job.run.Sessions;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRange;
import finitewidth.prior.QuadratureCheck;
import finitewidth.prior.Widths;
import finitewidth.report.flow.FlowPage;
import finitewidth.report.summary.FlowSummary;
import finitewidth.report.summary.Json;
import finitewidth.report.summary.RunSummary;
import finitewidth.runtime.Parcels;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** {@code flow}: inputs to kernel, self-energy and vertex of every layer, to a result directory. */
public final class FlowJob implements Job {
  /** V of every layer has N⁴ elements; this many inputs make some hundred megabytes of JSON. */
  private static final int MOST_TENSOR_INPUTS = 64;

  private final JobConfig config;
  private final Provenance provenance;
  private final Console console;

  public FlowJob(JobConfig config, Provenance provenance, Console console) {
    this.config = config;
    this.provenance = provenance;
    this.console = console;
  }

  @Override
  public void estimate() throws IOException {
    DataFiles files = DataFiles.locate(Sessions.hadoop(), config.data().withoutTest());
    try (RunSession started = Sessions.start(Verb.FLOW, console)) {
      SparkSession session = started.spark();
      DataShape shape = reader(session, files).openInputs().shape();
      Preflight.dry(session, console).flow(config, shape.trainingRows(), shape.features());
    }
  }

  private DataReader reader(SparkSession session, DataFiles files) {
    return new DataReader(session, config.data(), files, config.preprocess().features());
  }

  @Override
  public void run() throws IOException {
    Stopwatch watch = new Stopwatch();
    Configuration hadoop = Sessions.hadoop();
    DataFiles files = DataFiles.locate(hadoop, config.data().withoutTest());
    RunSummary.Inputs fingerprint = InputFingerprint.of(hadoop, files);
    try (ResultDirectory result =
            ResultDirectory.reserve(
                hadoop, config.output(), FitJob.inputs(files), console.run(), console::say);
        RunSession started = Sessions.start(Verb.FLOW, console)) {
      SparkSession spark = started.spark();
      result.writtenBy(spark.sparkContext().applicationId());
      OpenedData opened = reader(spark, files).openInputs();
      TrainingSet inputs = opened.onDriver();
      if (config.flow().tensors() && inputs.rows() > MOST_TENSOR_INPUTS) {
        throw new DataException(
            """
            flow.tensors=true takes at most %s inputs and %s gives %s; use data.train-rows=%s or \
            less\
            """
                .formatted(
                    MOST_TENSOR_INPUTS, config.data().train(), inputs.rows(), MOST_TENSOR_INPUTS));
      }
      console.say(inputs.rows() + " inputs, " + inputs.features().cols() + " features");
      FeatureScaler scaler =
          FeatureScaler.fit(
              config.preprocess().features(), config.preprocess().constants(), inputs);
      Matrix scaled = scaler.forward(inputs.features());
      KernelRange.checkEach(Networks.architecture(config.network()), scaled);
      double read = watch.lap();
      QuadratureCheck check =
          new QuadratureCheck(
              Networks.architecture(config.network()), config.contraction().quadrature());
      for (int a = 0; a < scaled.rows(); a++) {
        check.add(scaled.row(a));
      }
      List<String> warnings =
          Stream.of(
                  opened.warnings(), config.preprocess().warnings(scaler, inputs), check.warnings())
              .flatMap(List::stream)
              .toList();
      List<FlowTable.Input> rows =
          IntStream.range(0, inputs.rows())
              .mapToObj(a -> new FlowTable.Input(inputs.ids().get(a), scaled.row(a)))
              .toList();
      writeTable(spark, rows, FlowTable.schema(idType(inputs)), result);
      if (config.flow().tensors()) {
        writeTensors(scaled, result);
      }
      FlowDensities densities = writeDensities(spark, inputs, scaled, result);
      NetworkConfig network = config.network();
      FlowSummary summary =
          new FlowSummary(
              Library.version(),
              spark.version(),
              provenance.summary(spark, fingerprint),
              inputs.rows(),
              scaled.cols(),
              network.activation(),
              network.negativeSlope(),
              network.hiddenWidths(),
              network.biasVariances(),
              network.weightVariances(),
              config.flow().tensors(),
              densities.summaries(),
              new FlowSummary.Seconds(read, watch.lap(), watch.total()),
              warnings);
      result.write("summary.json", Json.text(summary));
      ReportFile.write(
          result,
          console,
          () ->
              FlowPage.html(
                  new FlowView(config.network())
                      .results(
                          ReportFile.dataName(config.data().train()),
                          summary,
                          warnings,
                          rows,
                          densities.curves())));
      result.complete();
      warnings.forEach(warning -> console.say("warning: " + warning));
      console.result("flow " + result.target());
    }
  }

  /** flow/: one row per input and layer, each input on its own. */
  private void writeTable(
      SparkSession session, List<FlowTable.Input> rows, StructType schema, ResultDirectory result) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    FlowTable table =
        new FlowTable(Networks.architecture(config.network()), Networks.widths(config.network()));
    JavaRDD<Row> flows =
        Parcels.parallelize(
                spark, rows, Math.max(1, Math.min(rows.size(), spark.defaultParallelism())))
            .flatMap(table::rows);
    result.part(
        "flow",
        path ->
            PredictionsWriter.write(
                session.createDataFrame(flows, schema).coalesce(1),
                config.output().format(),
                path));
  }

  /** density/: one row per input and bin, for the first inputs. */
  private FlowDensities writeDensities(
      SparkSession session, TrainingSet inputs, Matrix scaled, ResultDirectory result) {
    Architecture architecture = Networks.architecture(config.network());
    FlowDensities densities =
        FlowDensities.of(
            session,
            architecture,
            Networks.widths(config.network()),
            config.flow(),
            IntStream.range(0, Math.min(inputs.rows(), config.flow().densities()))
                .mapToObj(a -> new FlowTable.Input(inputs.ids().get(a), scaled.row(a)))
                .toList());
    if (!densities.rows().isEmpty()) {
      result.part(
          "density",
          path ->
              PredictionsWriter.write(
                  session
                      .createDataFrame(densities.rows(), FlowDensities.schema(idType(inputs)))
                      .coalesce(1),
                  config.output().format(),
                  path));
    }
    return densities;
  }

  private static DataType idType(TrainingSet inputs) {
    return idType(inputs.ids().get(0));
  }

  /** The type of a column of such ids. */
  public static DataType idType(Object id) {
    return id instanceof BigDecimal
        ? DecimalType.SYSTEM_DEFAULT()
        : Literal$.MODULE$.apply(id).dataType();
  }

  private void writeTensors(Matrix scaled, ResultDirectory result) {
    Architecture architecture = Networks.architecture(config.network());
    Widths widths = Networks.widths(config.network());
    // The configuration was refused without one.
    FourPointActivation activation = Networks.withFourPoints(config.network()).orElseThrow();
    FlowTensors tensors =
        new FlowTensors(architecture, activation, widths, config.contraction().quadrature());
    result.write("flow/tensors.json", out -> tensors.write(config.network(), scaled, out));
  }
}
