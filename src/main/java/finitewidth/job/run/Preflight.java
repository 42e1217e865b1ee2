package finitewidth.job.run;

import finitewidth.data.DataShape;
import finitewidth.inference.Order;
import finitewidth.inference.ensemble.EnsembleJob;
import finitewidth.job.config.ConfigException;
import finitewidth.job.config.ContractionConfig;
import finitewidth.job.config.EvidenceConfig;
import finitewidth.job.config.InducingConfig;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.ValidateConfig;
import finitewidth.job.console.Console;
import finitewidth.job.fit.HiddenKernelTable;
import finitewidth.job.train.TestRows;
import finitewidth.model.ModelShape;
import finitewidth.prior.Architecture;
import finitewidth.runtime.ExecutorBlas;
import finitewidth.settings.Key;
import finitewidth.sizing.Estimate;
import finitewidth.sizing.Estimates;
import finitewidth.sizing.FitWork;
import finitewidth.sizing.ModelWork;
import finitewidth.sizing.Resources;
import finitewidth.sizing.TruthWork;
import finitewidth.training.PointChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What is looked at before anything is computed: what the job will cost with what it has, which is
 * told, and refused where memory cannot suffice; and which BLAS the executors have.
 */
public final class Preflight {
  private static final String PREDICT_OTHERWISE =
      "use " + Key.PREDICT_ORDER + " = 0, which needs less";

  /** refuse, or warn: what becomes of a job whose estimate has no room. */
  private static final String CHECK = "spark.finitewidth.memoryCheck";

  private final Resources resources;
  private final Consumer<String> out;
  private final boolean strict;
  private final List<String> warnings;

  private Preflight(SparkSession session, Consumer<String> out, List<String> warnings) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    resources = Resources.of(spark);
    strict = isStrict(spark.getConf().get(CHECK, "refuse"));
    this.out = out;
    this.warnings = new ArrayList<>(warnings);
  }

  private static boolean isStrict(String check) {
    return switch (check) {
      case "refuse" -> true;
      case "warn" -> false;
      default -> throw new ConfigException(CHECK + " = " + check + ": accepted is refuse or warn");
    };
  }

  /** For a job that is to be run. */
  public static Preflight of(SparkSession session, Console console) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    ExecutorBlas blas = ExecutorBlas.ask(spark);
    if (!blas.byExecutor().isEmpty()) {
      console.say(blas.line());
    }
    return new Preflight(session, console::say, warnings(blas));
  }

  /** For the estimate alone, which is then the result. */
  public static Preflight dry(SparkSession session, Console console) {
    return new Preflight(session, console::result, List.of());
  }

  private static List<String> warnings(ExecutorBlas blas) {
    return blas.withoutNative() == 0
        ? List.of()
        : List.of(
            Console.count(blas.withoutNative(), "executor")
                + " of "
                + blas.byExecutor().size()
                + (blas.withoutNative() == 1 ? " has" : " have")
                + " no native BLAS, and matrix products there are many times slower; see"
                + " docs/cluster.md on where it comes from");
  }

  /** What the user should know. */
  public List<String> warnings() {
    return warnings.stream().distinct().toList();
  }

  /**
   * Tells what a fit will cost, and refuses what its rows are too many or too few for.
   *
   * @return the job, without the choice of an engine that has no room
   * @throws MemoryException if memory cannot suffice
   */
  public JobConfig fit(JobConfig config, DataShape shape) {
    HiddenKernelTable.requireFew(config.output(), shape.trainingRows());
    TestRows.requireMany(config.contraction().testRows(), shape.testRows());
    FitWork work = work(config, shape);
    boolean forced =
        work.engine() == FitWork.Engine.AUTO
            && !Estimates.fit(work.with(FitWork.Engine.EXACT), resources).fits();
    FitWork affordable = forced ? work.with(FitWork.Engine.SAMPLED) : work;
    check(
        Estimates.fit(affordable, resources),
        "use fewer rows ("
            + Key.DATA_TRAIN_ROWS
            + "), "
            + Key.INDUCING_POINTS
            + ", or "
            + Key.QUANTITIES
            + " = mean");
    return forced ? config.with(ContractionConfig.Engine.SAMPLED) : config;
  }

  /**
   * The same for a comparison with finite networks.
   *
   * @return the same, with the ways and the states of chains that there is room for
   */
  public ValidateConfig validate(JobConfig config, ValidateConfig validate, DataShape shape) {
    FitWork work = work(config, shape);
    ValidateConfig affordable = affordable(work, validate);
    if (affordable.chains().states() < validate.chains().states()) {
      out.accept(
          "estimate: "
              + Key.NETWORKS_STATES
              + " = "
              + affordable.chains().states()
              + ", as memory allows no more");
    }
    check(
        estimate(work, affordable),
        "use fewer rows ("
            + Key.VALIDATE_TRAIN_ROWS
            + ", "
            + Key.VALIDATE_TEST_ROWS
            + ") or narrower "
            + Key.VALIDATE_WIDTHS);
    return affordable;
  }

  private ValidateConfig affordable(FitWork work, ValidateConfig validate) {
    if (validate.method() == ValidateConfig.Method.DRAWS) {
      return validate;
    }
    ValidateConfig draws = validate.with(ValidateConfig.Method.DRAWS);
    boolean canDraw =
        validate.method() == ValidateConfig.Method.AUTO && estimate(work, draws).fits();
    ValidateConfig chains = validate.with(ValidateConfig.Method.CHAINS);
    while (!estimate(work, chains).fits() && chains.canKeepFewer()) {
      chains = chains.keepingFewer();
    }
    if (!canDraw) {
      return chains;
    }
    return estimate(work, chains).fits() ? chains.with(ValidateConfig.Method.AUTO) : draws;
  }

  private Estimate estimate(FitWork work, ValidateConfig validate) {
    return Estimates.validate(work, truth(work, validate), resources);
  }

  private static TruthWork truth(FitWork work, ValidateConfig validate) {
    return new TruthWork(
        switch (validate.method()) {
          case DRAWS -> TruthWork.Way.DRAWS;
          case CHAINS -> TruthWork.Way.CHAINS;
          case AUTO -> TruthWork.Way.EITHER;
        },
        validate.widths(),
        EnsembleJob.allDraws(validate.draws()),
        validate.hiddenKernels(),
        validate.chains(work.layers()));
  }

  /** The same for predictions. */
  public void predict(ModelShape model, long rows, Order order) {
    check(estimate(model, rows, order), PREDICT_OTHERWISE);
  }

  /** Refuses a model that has no room, before it is loaded; tells nothing. */
  public void refuse(ModelShape model, Order order) {
    refuse(estimate(model, 1, order), PREDICT_OTHERWISE);
  }

  private Estimate estimate(ModelShape model, long rows, Order order) {
    return Estimates.predict(
        new ModelWork(
            rows,
            model.points(),
            model.features(),
            model.outputs(),
            model.layers(),
            model.activation(),
            model.variance(),
            model.draws(),
            order),
        resources);
  }

  /** The same for the prior's flow. */
  public void flow(JobConfig config, long rows, int features) {
    check(
        Estimates.flow(
            rows,
            features,
            config.network().hiddenWidths().size(),
            config.flow().tensors(),
            resources),
        "use fewer rows (" + Key.DATA_TRAIN_ROWS + ")");
  }

  private void check(Estimate estimate, String otherwise) {
    estimate.lines().forEach(out);
    refuse(estimate, otherwise);
  }

  private void refuse(Estimate estimate, String otherwise) {
    estimate
        .refusal(otherwise)
        .ifPresent(
            reason -> {
              if (strict) {
                throw new MemoryException(reason);
              }
              warnings.add(reason);
            });
  }

  private static FitWork work(JobConfig config, DataShape shape) {
    // Of several networks to choose from the deepest costs most.
    NetworkConfig network =
        config.evidence().stream()
            .flatMap(evidence -> evidence.candidates().stream())
            .reduce(
                config.network(),
                (a, b) -> b.hiddenWidths().size() > a.hiddenWidths().size() ? b : a);
    Architecture architecture = Networks.architecture(network);
    return new FitWork(
        shape.trainingRows(),
        shape.testRows(),
        Math.min(shape.testRows(), config.contraction().testRows().orElse(Integer.MAX_VALUE)),
        shape.features(),
        shape.outputs(),
        architecture.hiddenLayers(),
        architecture.activation(),
        config.contraction().quantities() == ContractionConfig.Quantities.ALL,
        Networks.exact(network).isEmpty()
            ? FitWork.Engine.SAMPLED
            : FitWork.Engine.valueOf(config.contraction().engine().name()),
        config.contraction().maxDraws(),
        config.inducing().map(Preflight::points),
        config.evidence().map(Preflight::search),
        new FitWork.Beyond(!config.output().quantiles().isNone(), config.output().hiddenKernels()));
  }

  private static FitWork.Points points(InducingConfig inducing) {
    return new FitWork.Points(
        inducing.points(), inducing.sampleRows(), inducing.method() == PointChoice.Method.K_MEANS);
  }

  private static FitWork.Search search(EvidenceConfig evidence) {
    OptionalLong rows =
        evidence.rows().isPresent()
            ? OptionalLong.of(evidence.rows().getAsInt())
            : OptionalLong.empty();
    return new FitWork.Search(evidence.candidates().size() * evidence.settings().starts(), rows);
  }
}
