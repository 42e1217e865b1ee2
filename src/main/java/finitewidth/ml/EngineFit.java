package finitewidth.ml;

import finitewidth.data.TrainingSet;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FittedPosterior;
import finitewidth.inference.exact.CorrectedPosterior;
import finitewidth.inference.montecarlo.RowBlock;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.ProgressSink;
import finitewidth.linalg.Matrix;
import finitewidth.ml.param.NetworkParams;
import finitewidth.ml.param.ParamSet;
import finitewidth.ml.param.ParamSets;
import finitewidth.ml.param.QuantileParams;
import finitewidth.ml.param.SharedParams;
import finitewidth.prior.QuadratureCheck;
import finitewidth.runtime.EngineCost;
import finitewidth.runtime.SampledFitting;
import finitewidth.runtime.SampledJob;
import finitewidth.runtime.TrainingJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contracts by the engine that Params ask for, or by the cheaper one.
 *
 * <p>Draws of the sampled engine are settled on rows halfway between pairs of training rows: at
 * training rows themselves the posterior is far better known than where rows will come from.
 */
final class EngineFit {
  private static final Logger LOG = LoggerFactory.getLogger(FiniteWidthEstimator.class);
  private static final double STANDARD_ERROR = 0.05;

  private final SharedParams stage;
  private final JavaSparkContext spark;

  /** What an engine left. */
  record Contracted(FittedPosterior posterior, FiniteWidthSummary.Engine engine) {}

  EngineFit(SharedParams stage, JavaSparkContext spark) {
    this.stage = stage;
    this.spark = spark;
  }

  /** The tolerance that was asked for, or this one. */
  static double tolerance(SharedParams stage, double standard) {
    return ParamSets.isSet(stage, stage.tolerance()) ? stage.getTolerance() : standard;
  }

  /**
   * Contracts.
   *
   * @param training rows to look between, all or some; at least 2
   */
  Contracted contract(Conditioning conditioned, Preprocessing preprocessing, TrainingSet training) {
    ContractionProblem problem = conditioned.problem();
    double limit = Double.POSITIVE_INFINITY;
    if (stage.getEngine().equals(ParamSet.AUTO)) {
      limit = EngineCost.exactSeconds(problem, problem.size());
      if (QuantileParams.needCumulants(stage)) {
        limit += EngineCost.cumulantSeconds(problem, problem.size(), spark.defaultParallelism());
      }
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
                    tolerance(stage, STANDARD_ERROR),
                    stage.getSeed(),
                    stage.getMaxDraws(),
                    stage.getStrict(),
                    new SampledFitting.Names(
                        stage.engine().name(),
                        stage.tolerance().name(),
                        stage.maxDraws().name(),
                        stage.hiddenWidths().name(),
                        stage.strict().name())),
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

  /** Tells Spark's log; progress is Spark's own business. */
  private static final class Logged implements Messages {
    @Override
    public void say(String line) {
      LOG.info(line);
    }

    @Override
    public ProgressSink progress() {
      return standing -> {};
    }
  }
}
