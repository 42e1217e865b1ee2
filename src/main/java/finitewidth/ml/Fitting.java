package finitewidth.ml;

import finitewidth.contraction.ContractionProblem;
import finitewidth.data.FeatureScaling;
import finitewidth.data.Preprocessing;
import finitewidth.data.TargetScaling;
import finitewidth.data.TrainingSet;
import finitewidth.evidence.OutputScale;
import finitewidth.flow.QuadratureCheck;
import finitewidth.flow.Widths;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.CorrectedPosterior;
import finitewidth.posterior.FittedPosterior;
import finitewidth.posterior.LogEvidence;
import finitewidth.sampled.RowBlock;
import finitewidth.spark.EngineCost;
import finitewidth.spark.Messages;
import finitewidth.spark.Progress;
import finitewidth.spark.SampledFitting;
import finitewidth.spark.SampledJob;
import finitewidth.spark.Stopwatch;
import finitewidth.spark.TrainingJob;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits as Params have it: the same steps as the job's {@code fit}, without test rows.
 *
 * <p>Draws of the sampled engine are settled on rows halfway between pairs of training rows: at
 * training rows themselves the posterior is far better known than where rows will come from.
 */
final class Fitting {
  private static final Logger LOG = LoggerFactory.getLogger(FiniteWidthEstimator.class);
  private static final double STANDARD_ERROR = 0.05;
  private static final double QUADRATURE = 1e-9;

  private final SharedParams stage;
  private final JavaSparkContext spark;

  /** What came of it. */
  record Fitted(FiniteWidthModel model, FiniteWidthSummary summary) {}

  /** What an engine left. */
  private record Contracted(FittedPosterior posterior, FiniteWidthSummary.Engine engine) {}

  Fitting(SharedParams stage, SparkSession session) {
    this.stage = stage;
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  Fitted fit(TrainingSet training) {
    Stopwatch watch = new Stopwatch();
    Preprocessing preprocessing =
        Preprocessing.fit(
            choice(FeatureScaling.values(), stage.getFeatureScaling()),
            stage instanceof RegressorParams regressor
                ? choice(TargetScaling.values(), regressor.getTargetScaling())
                : TargetScaling.NONE,
            training);
    boolean exact = stage.getEngine().equals(ParamSet.EXACT);
    Conditioning conditioned =
        Conditioning.of(
            new Conditioning.Settings(
                NetworkParams.architecture(stage),
                stage.getQuantities().equals(ParamSet.ALL),
                exact ? tolerance(QUADRATURE) : QUADRATURE,
                stage.getNoiseVariance(),
                stage.noiseVariance().name()),
            preprocessing.design(training),
            preprocessing.targets(training),
            training.numbers());
    watch.lap();
    Contracted contracted = contract(conditioned, preprocessing, training);
    double contraction = watch.lap();
    FiniteWidthModel model =
        new FiniteWidthModel(
            contracted.posterior(),
            preprocessing,
            NetworkParams.widths(stage),
            stage.getNoiseVariance(),
            new FiniteWidthModel.SourceColumns(training.columns(), List.of(stage.getLabelCol())),
            training.featureNames(),
            training.outputNames(),
            training.classes().map(c -> c.names()).orElse(List.of()));
    FiniteWidthSummary.Seconds seconds =
        new FiniteWidthSummary.Seconds(
            conditioned.kernelSeconds(), conditioned.factorSeconds(), contraction, watch.total());
    return new Fitted(model, summary(conditioned, contracted, seconds));
  }

  private Contracted contract(
      Conditioning conditioned, Preprocessing preprocessing, TrainingSet training) {
    ContractionProblem problem = conditioned.problem();
    double limit = Double.POSITIVE_INFINITY;
    if (stage.getEngine().equals(ParamSet.AUTO)) {
      limit = EngineCost.exactSeconds(problem, problem.size());
    }
    boolean cheap = limit <= EngineCost.AFFORDABLE_SECONDS;
    if (stage.getEngine().equals(ParamSet.EXACT) || cheap) {
      return exact(conditioned);
    }
    List<double[]> between = between(training, preprocessing);
    try (SampledFitting fitting =
            new SampledFitting(
                spark,
                conditioned.nngp(),
                problem,
                new SampledFitting.Settings(
                    NetworkParams.widths(stage),
                    tolerance(STANDARD_ERROR),
                    stage.getSeed(),
                    stage.getMaxDraws(),
                    stage.getStrict()),
                problem.size(),
                new Logged());
        SampledJob job = SampledJob.prepare(spark, fitting.posterior(), between)) {
      if (!fitting.settle(job, limit)) {
        return exact(conditioned);
      }
      List<String> warnings = new ArrayList<>(quadrature(problem, between));
      warnings.addAll(
          fitting.warnings("rows halfway between training rows", NetworkParams.widths(stage)));
      return new Contracted(
          fitting.drawn(),
          new FiniteWidthSummary.Engine(
              ParamSet.SAMPLED,
              0,
              Arrays.stream(fitting.draws()).boxed().toList(),
              fitting.error(),
              warnings));
    }
  }

  private static List<String> quadrature(ContractionProblem problem, List<double[]> rows) {
    QuadratureCheck check = new QuadratureCheck(problem.flow().architecture(), problem.tolerance());
    check.add(problem.flow());
    rows.forEach(check::add);
    return check.warnings();
  }

  private Contracted exact(Conditioning conditioned) {
    ContractionProblem problem = conditioned.problem();
    long moments = TrainingJob.moments(problem.size(), problem.sources());
    Progress progress = new Progress(new Logged().progress(), "training rows", moments);
    return new Contracted(
        CorrectedPosterior.of(
            conditioned.nngp(), problem, TrainingJob.run(spark, problem, progress)),
        new FiniteWidthSummary.Engine(ParamSet.EXACT, moments, List.of(), 0, List.of()));
  }

  /** Preprocessed features of rows halfway between training rows. */
  private List<double[]> between(TrainingSet training, Preprocessing preprocessing) {
    SplittableRandom random = new SplittableRandom(stage.getSeed());
    Matrix features = training.features();
    int rows = training.rows();
    List<double[]> between = new ArrayList<>();
    for (int tries = 0; tries < RowBlock.ROWS; tries++) {
      int first = tries % rows;
      int second = (first + 1 + random.nextInt(rows - 1)) % rows;
      double[] middle = features.row(first);
      for (int j = 0; j < middle.length; j++) {
        middle[j] = 0.5 * (middle[j] + features.get(second, j));
      }
      if (preprocessing.features().scales(middle)) {
        between.add(preprocessing.features().forward(middle));
      }
    }
    return between;
  }

  private FiniteWidthSummary summary(
      Conditioning conditioned, Contracted contracted, FiniteWidthSummary.Seconds seconds) {
    LogEvidence evidence = contracted.posterior().logEvidence();
    Widths own = NetworkParams.widths(stage);
    List<FiniteWidthSummary.AtWidth> widths = new ArrayList<>();
    for (double width : stage.getWidths()) {
      Widths uniform = Widths.uniform(own.hiddenLayers(), width);
      widths.add(
          new FiniteWidthSummary.AtWidth(
              width,
              evidence.nngp() + evidence.delta(uniform),
              evidence.delta(uniform),
              evidence.error(uniform)));
    }
    double dataFit = contracted.posterior().nngp().dataFit();
    List<String> warnings = new ArrayList<>(contracted.engine().warnings());
    conditioned
        .outputScale(
            new OutputScale.Names(
                stage.biasVariance().name(),
                stage.weightVariance().name(),
                stage.noiseVariance().name(),
                ""))
        .ifPresent(warnings::add);
    warnings.forEach(LOG::warn);
    return new FiniteWidthSummary(
        conditioned.problem().size(),
        evidence.nngp(),
        evidence.delta(own),
        evidence.error(own),
        dataFit,
        widths,
        contracted.engine(),
        seconds,
        warnings);
  }

  private double tolerance(double standard) {
    return ParamSets.isSet(stage, stage.tolerance()) ? stage.getTolerance() : standard;
  }

  /** The constant whose name in lower case with hyphens this is. */
  private static <E extends Enum<E>> E choice(E[] constants, String name) {
    return Arrays.stream(constants)
        .filter(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Tells Spark's log; progress is Spark's own business. */
  private static final class Logged implements Messages {
    @Override
    public void say(String line) {
      LOG.info(line);
    }

    @Override
    public PrintStream progress() {
      return new PrintStream(PrintStream.nullOutputStream());
    }
  }
}
