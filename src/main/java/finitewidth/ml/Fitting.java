package finitewidth.ml;

import finitewidth.data.DataException;
import finitewidth.data.TrainingData;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.read.TrainingBlocks;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.scale.TargetScaling;
import finitewidth.inducing.Approximation;
import finitewidth.inference.Conditioning;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.work.Stopwatch;
import finitewidth.ml.param.NetworkParams;
import finitewidth.ml.param.ParamSet;
import finitewidth.ml.param.RegressorParams;
import finitewidth.ml.param.SharedParams;
import finitewidth.model.FiniteWidthModel;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import finitewidth.settings.Naming;
import finitewidth.training.PointChoice;
import finitewidth.training.Projected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits as Params have it: the same steps as the job's {@code fit}, without test rows. */
final class Fitting {
  private static final Logger LOG = LoggerFactory.getLogger(FiniteWidthEstimator.class);
  private static final double QUADRATURE = 1e-9;

  private final SharedParams stage;
  private final JavaSparkContext spark;

  /** What came of it. */
  record Fitted(FiniteWidthModel model, FiniteWidthSummary summary) {}

  Fitting(SharedParams stage, SparkSession session) {
    this.stage = stage;
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /** Conditions on all rows, on the driver. */
  Fitted fit(TrainingSet training) {
    Stopwatch watch = new Stopwatch();
    Preprocessing preprocessing = preprocessing(training);
    Conditioning conditioned =
        Conditioning.of(
            settings(),
            preprocessing.design(training),
            preprocessing.targets(training),
            training.numbers());
    return fitted(
        conditioned,
        preprocessing,
        training,
        training.count(),
        Optional.empty(),
        preprocessing.warnings(training),
        watch);
  }

  /** Conditions on inducing points that stand for the rows. */
  Fitted fit(TrainingBlocks rows) {
    Stopwatch watch = new Stopwatch();
    if (stage.getInducingPoints() > rows.count()) {
      throw new DataException(
          "inducingPoints = "
              + stage.getInducingPoints()
              + ", but there are only "
              + rows.count()
              + " rows to train on; use fewer points, or 0 to condition on the rows themselves");
    }
    Preprocessing preprocessing = preprocessing(rows);
    PointChoice choice =
        new PointChoice(
            stage.getInducingPoints(),
            choice(PointChoice.Method.values(), stage.getInducingMethod()),
            stage.getInducingSampleRows(),
            stage.getSeed());
    TrainingSet sample = choice.sample(rows);
    Conditioning.Settings settings = settings();
    Projected projected =
        Projected.of(
            rows,
            preprocessing,
            choice.choose(spark, settings.network(), preprocessing.design(sample)),
            settings,
            choice(Approximation.values(), stage.getInducingApproximation()));
    FiniteWidthSummary.Inducing inducing =
        new FiniteWidthSummary.Inducing(
            projected.points().size(),
            stage.getInducingPoints(),
            stage.getInducingMethod(),
            stage.getInducingApproximation(),
            projected.posterior().variationalBound(),
            projected.posterior().unseen(),
            projected.passSeconds());
    return fitted(
        projected.conditioning(),
        preprocessing,
        sample,
        projected.rows(),
        Optional.of(inducing),
        Stream.concat(
                preprocessing.warnings(rows).stream(),
                choice.warnings(projected.points(), projected.posterior()).stream())
            .toList(),
        watch);
  }

  private Preprocessing preprocessing(TrainingData training) {
    return Preprocessing.fit(
        choice(FeatureScaling.values(), stage.getFeatureScaling()),
        stage instanceof RegressorParams<?> regressor
            ? choice(TargetScaling.values(), regressor.getTargetScaling())
            : TargetScaling.NONE,
        training);
  }

  private Conditioning.Settings settings() {
    boolean exact = stage.getEngine().equals(ParamSet.EXACT);
    return new Conditioning.Settings(
        NetworkParams.architecture(stage),
        stage.getQuantities().equals(ParamSet.ALL),
        exact ? EngineFit.tolerance(stage, QUADRATURE) : QUADRATURE,
        stage.getNoiseVariance(),
        Engines.contracts(stage.getMethod()));
  }

  /**
   * The rest is the same for rows and for points.
   *
   * @param training rows to look at, all or some
   * @param rows how many there are
   */
  private Fitted fitted(
      Conditioning conditioned,
      Preprocessing preprocessing,
      TrainingSet training,
      long rows,
      Optional<FiniteWidthSummary.Inducing> inducing,
      List<String> warnings,
      Stopwatch watch) {
    watch.lap();
    EngineFit.Contracted contracted =
        new EngineFit(stage, spark).contract(conditioned, preprocessing, training);
    double contraction = watch.lap();
    FiniteWidthModel model =
        new FiniteWidthModel(
            contracted.posterior(),
            preprocessing,
            NetworkParams.widths(stage),
            stage.getNoiseVariance(),
            new FiniteWidthModel.SourceColumns(
                training.schema().columns(), List.of(stage.getLabelCol())),
            training.schema(),
            inducing.stream()
                .map(
                    i ->
                        new FiniteWidthModel.Inducing(
                            rows, i.method(), i.approximation(), i.variationalBound()))
                .toList());
    FiniteWidthSummary.Seconds seconds =
        new FiniteWidthSummary.Seconds(
            conditioned.kernelSeconds(), conditioned.factorSeconds(), contraction, watch.total());
    List<String> all = new ArrayList<>(warnings);
    all.addAll(withoutRows(training.schema()));
    return new Fitted(model, summary(conditioned, contracted, rows, inducing, all, seconds));
  }

  private static List<String> withoutRows(TrainingSchema schema) {
    List<String> empty = new ArrayList<>();
    for (int k = 0; k < schema.classRows().size(); k++) {
      if (schema.classRows().get(k) == 0) {
        empty.add(schema.outputNames().get(k));
      }
    }
    return empty.isEmpty()
        ? List.of()
        : List.of(
            (empty.size() == 1 ? "class " : "classes ")
                + String.join(", ", empty)
                + (empty.size() == 1 ? " has" : " have")
                + " no training row and will hardly be predicted");
  }

  private FiniteWidthSummary summary(
      Conditioning conditioned,
      EngineFit.Contracted contracted,
      long rows,
      Optional<FiniteWidthSummary.Inducing> inducing,
      List<String> known,
      FiniteWidthSummary.Seconds seconds) {
    LogEvidence evidence = contracted.posterior().logEvidence();
    Widths own = NetworkParams.widths(stage);
    boolean alone = evidence.isOrderZero();
    List<FiniteWidthSummary.AtWidth> widths = new ArrayList<>();
    for (double width : alone ? new double[0] : stage.getWidths()) {
      Widths uniform = Widths.uniform(own.hiddenLayers(), width);
      widths.add(
          new FiniteWidthSummary.AtWidth(
              width,
              evidence.nngp() + evidence.delta(uniform),
              evidence.delta(uniform),
              evidence.error(uniform)));
    }
    double dataFit = contracted.posterior().nngp().dataFit();
    List<String> warnings = new ArrayList<>(known);
    warnings.addAll(contracted.engine().warnings());
    conditioned.outputScale().ifPresent(warnings::add);
    warnings.replaceAll(Naming.PARAMS::in);
    warnings.forEach(LOG::warn);
    return new FiniteWidthSummary(
        rows,
        evidence.nngp(),
        alone ? Double.NaN : evidence.delta(own),
        alone ? Double.NaN : evidence.error(own),
        dataFit,
        widths,
        contracted.engine(),
        inducing,
        seconds,
        warnings);
  }

  /** The constant whose name in lower case with hyphens this is. */
  private static <E extends Enum<E>> E choice(E[] constants, String name) {
    return Arrays.stream(constants)
        .filter(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
        .findFirst()
        .orElseThrow();
  }
}
