package finitewidth.ml;

import finitewidth.data.TrainingSet;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Halfway;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.adaptive.Adaptive;
import finitewidth.inference.adaptive.DeepKernel;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.montecarlo.RowBlock;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.renormalised.Guarding;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.ProgressSink;
import finitewidth.ml.param.NetworkParams;
import finitewidth.ml.param.ParamSets;
import finitewidth.ml.param.QuantileParams;
import finitewidth.ml.param.SharedParams;
import finitewidth.prior.QuadratureCheck;
import finitewidth.prior.Widths;
import finitewidth.runtime.SparkRuntime;
import finitewidth.settings.Naming;
import java.util.ArrayList;
import java.util.List;
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
  record Contracted(Posterior posterior, FiniteWidthSummary.Engine engine) {}

  EngineFit(SharedParams stage, JavaSparkContext spark) {
    this.stage = stage;
    this.spark = spark;
  }

  /** The tolerance that was asked for, or this one. */
  static double tolerance(SharedParams stage, double standard) {
    return ParamSets.isSet(stage, stage.tolerance()) ? stage.getTolerance() : standard;
  }

  /**
   * Conditions.
   *
   * @param training rows to look between, all or some; at least 2
   */
  Contracted contract(Conditioning conditioned, Preprocessing preprocessing, TrainingSet training) {
    ContractionProblem problem = conditioned.problem();
    Widths widths = NetworkParams.widths(stage);
    Inference engine = engine(widths);
    List<double[]> between =
        engine.mostProbeRows(problem) == 0 ? List.of() : between(training, preprocessing);
    Order order = QuantileParams.needCumulants(stage) ? Order.CUMULANTS : Order.CORRECTED;
    Conditioned fitted =
        engine.condition(
            conditioned,
            new Ask(between, problem.size(), order, false),
            new SparkRuntime(spark, Checkpoint.none(), new Logged().with(Naming.PARAMS)));
    Account account = fitted.account(widths);
    List<String> warnings = new ArrayList<>();
    if (!account.draws().isEmpty() || account.effectiveDraws().isPresent()) {
      warnings.addAll(quadrature(problem, between));
    }
    if (!account.draws().isEmpty()
        || account.effectiveDraws().isPresent()
        || !account.scales().isEmpty()
        || !account.metrics().isEmpty()
        || NetworkParams.scales(stage)) {
      warnings.addAll(fitted.warnings("rows halfway between training rows", widths));
    }
    return new Contracted(
        fitted.posterior(),
        new FiniteWidthSummary.Engine(
            account.engine(),
            account.moments(),
            account.draws(),
            account.error().orElse(0),
            warnings,
            account.chains(),
            account.metrics()));
  }

  private Inference engine(Widths widths) {
    boolean all = NetworkParams.isAtAllWidths(stage);
    boolean scales = NetworkParams.scales(stage);
    boolean goesOn =
        List.of(Renormalised.NAME, Adaptive.NAME, DeepKernel.NAME).contains(stage.getMethod());
    // Networks are drawn of whole widths, which what integrates or learns a kernel need not have.
    List<Widths> scaled = scales || goesOn ? NetworkParams.finite(stage) : List.of();
    boolean none = all || scales || goesOn || NetworkParams.isInfinite(stage);
    List<Widths> finite = none ? List.of() : NetworkParams.finite(stage);
    Drawing drawing = new Drawing(finite, stage.getEnsembleDraws(), stage.getSeed());
    Chains endless =
        new Chains(
            finite,
            stage.getChains(),
            stage.getMaxIterations(),
            stage.getKeptStates(),
            stage.getMaxAnnealing(),
            stage.getSeed());
    Chains chains = stage.getMaxSeconds() > 0 ? endless.within(stage.getMaxSeconds()) : endless;
    Renormalising renormalising =
        new Renormalising(
            scaled, stage.getEngine(), stage.getPasses(), Guarding.named(stage.getGuards()));
    return new Engines(
            sampling(widths),
            drawing,
            NetworkParams.sampled(stage).map(chains::sampling).orElse(chains),
            renormalising,
            new Scaling(scaled, stage.getEnsembleDraws(), stage.getSeed()))
        .of(all ? stage.getEngine() : stage.getMethod())
        .orElseThrow();
  }

  private Sampling sampling(Widths widths) {
    return new Sampling(
        widths,
        tolerance(stage, STANDARD_ERROR),
        stage.getSeed(),
        stage.getMaxDraws(),
        stage.getStrict());
  }

  private static List<String> quadrature(ContractionProblem problem, List<double[]> rows) {
    QuadratureCheck check = new QuadratureCheck(problem.flow().architecture(), problem.tolerance());
    check.add(problem.flow());
    rows.forEach(check::add);
    return check.warnings();
  }

  /** Preprocessed features of rows halfway between training rows. */
  private List<double[]> between(TrainingSet training, Preprocessing preprocessing) {
    List<double[]> between = new ArrayList<>();
    for (double[] middle : Halfway.between(training.features(), RowBlock.ROWS, stage.getSeed())) {
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
