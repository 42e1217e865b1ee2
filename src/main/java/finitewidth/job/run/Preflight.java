package finitewidth.job.run;

import finitewidth.data.DataException;
import finitewidth.data.DataShape;
import finitewidth.inference.Ask;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.ensemble.EnsembleJob;
import finitewidth.inference.networks.LockstepChains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.inference.work.Counted;
import finitewidth.job.config.ConfigException;
import finitewidth.job.config.ContractionConfig;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.PosteriorConfig;
import finitewidth.job.config.ValidateConfig;
import finitewidth.job.config.Words;
import finitewidth.job.console.Console;
import finitewidth.job.engine.ConfiguredEngine;
import finitewidth.job.fit.HiddenKernelTable;
import finitewidth.job.train.TestRows;
import finitewidth.model.ModelShape;
import finitewidth.prior.Widths;
import finitewidth.runtime.ExecutorBlas;
import finitewidth.settings.Key;
import finitewidth.settings.Naming;
import finitewidth.sizing.Estimate;
import finitewidth.sizing.JobCosts;
import finitewidth.sizing.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private final boolean dry;
  private final List<String> warnings;

  private Preflight(
      SparkSession session, Consumer<String> out, boolean dry, List<String> warnings) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    resources = Resources.of(spark);
    strict = isStrict(spark.getConf().get(CHECK, "refuse"));
    this.out = out;
    this.dry = dry;
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
    return new Preflight(session, console::say, false, warnings(blas));
  }

  /** For the estimate alone, which is then the result. */
  public static Preflight dry(SparkSession session, Console console) {
    return new Preflight(session, console::result, true, List.of());
  }

  private static List<String> warnings(ExecutorBlas blas) {
    return blas.withoutNative() == 0
        ? List.of()
        : List.of(
            Counted.of(blas.withoutNative(), "executor")
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
   * The job with its training rows where they are to be while chains run: where they are if that is
   * wanted, or if memory cannot hold them otherwise.
   *
   * @throws DataException if there are too few of them for that
   */
  public JobConfig place(JobConfig config, DataShape data) {
    if (config.posterior().method() != PosteriorConfig.Method.NETWORKS) {
      return config;
    }
    return switch (config.posterior().chains().rows()) {
      case RESIDENT -> config;
      case DISTRIBUTED -> {
        JobConfig distributed = config.distributed(data.trainingRows());
        tooFew(distributed, data)
            .ifPresent(
                why -> {
                  throw new DataException(why);
                });
        yield distributed;
      }
      case AUTO -> roomier(config, data);
    };
  }

  private JobConfig roomier(JobConfig config, DataShape data) {
    FitWork resident = new FitWork(config, data);
    if (config.autoWidth()
        || config.output().hiddenKernels()
        || !resident.estimate(ConfiguredEngine.of(config), resources).isHopeless()) {
      return config;
    }
    JobConfig distributed = config.distributed(data.trainingRows());
    if (tooFew(distributed, data).isPresent()) {
      return config;
    }
    out.accept(
        "estimate: %s = distributed, as memory cannot suffice for training rows with every chain"
            .formatted(Key.NETWORKS_ROWS));
    return distributed;
  }

  private static Optional<String> tooFew(JobConfig config, DataShape data) {
    return ConfiguredEngine.of(config) instanceof LockstepChains chains
        ? chains.refusal(data.trainingRows()).map(Naming.KEYS::in)
        : Optional.empty();
  }

  /**
   * Tells what a fit will cost, and refuses what its rows are too many or too few for.
   *
   * @return the job, without the choice of an engine that has no room
   * @throws MemoryException if memory cannot suffice
   */
  public JobConfig fit(JobConfig config, DataShape data) {
    HiddenKernelTable.requireFew(config.output(), data.trainingRows());
    TestRows.requireMany(config.contraction().testRows(), data.testRows());
    FitWork work = new FitWork(config, data);
    Inference engine = ConfiguredEngine.of(config);
    if (engine instanceof Renormalised renormalised) {
      renormalised
          .beyond(data.outputs())
          .ifPresent(
              why -> {
                throw new DataException(why + "; set " + Key.METHOD + " = first-order");
              });
    }
    Inference roomy = roomiest(engine, work);
    check(work.estimate(roomy, resources), otherwise(config.posterior().method()));
    return roomy == engine
        ? config
        : config.with(ContractionConfig.Engine.valueOf(roomy.name().toUpperCase(Locale.ROOT)));
  }

  /** What needs less memory. */
  private static String otherwise(PosteriorConfig.Method method) {
    String fewer = "use fewer rows (" + Key.DATA_TRAIN_ROWS + ")";
    return switch (method) {
      case NETWORKS, ENSEMBLE -> fewer + " or narrower networks (" + Key.HIDDEN_WIDTHS + ")";
      case NNGP, LINEAR -> fewer + " or " + Key.INDUCING_POINTS;
      case PROPORTIONAL, ADAPTIVE, DEEP_KERNEL -> fewer;
      case FIRST_ORDER, RENORMALISED ->
          fewer + ", " + Key.INDUCING_POINTS + ", or " + Key.QUANTITIES + " = mean";
    };
  }

  /** The engine, or that of those it chooses from which needs least where there is no room. */
  private Inference roomiest(Inference engine, FitWork work) {
    List<Inference> alternatives = engine.alternatives(work.network());
    return alternatives.size() == 1 || work.estimate(engine, resources).fits()
        ? engine
        : alternatives.stream()
            .min(Comparator.comparingDouble(one -> work.estimate(one, resources).excess()))
            .orElse(engine);
  }

  /**
   * The same for a comparison with finite networks.
   *
   * @return the same, with the ways and the states of chains that there is room for
   */
  public ValidateConfig validate(JobConfig config, ValidateConfig validate, DataShape shape) {
    FitWork work = new FitWork(config, shape);
    ValidateConfig affordable = affordable(work, validate);
    if (affordable.chains().states() < validate.chains().states()) {
      out.accept(
          "estimate: %s = %s, as memory allows no more"
              .formatted(Key.NETWORKS_STATES, affordable.chains().states()));
    }
    check(
        estimate(work, affordable),
        "use fewer rows (%s, %s) or narrower %s"
            .formatted(Key.VALIDATE_TRAIN_ROWS, Key.VALIDATE_TEST_ROWS, Key.VALIDATE_WIDTHS));
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
    Estimate estimate =
        work.estimate(ConfiguredEngine.of(work.config()), resources)
            .with("the exact posterior of finite networks", truth(work, validate));
    Ask ask = Ask.unseen(work.data().testRows(), Order.CORRECTED);
    List<Widths> widths = validate.uniform(work.network().hiddenLayers());
    for (PosteriorConfig.Method method : validate.others()) {
      Inference engine = ConfiguredEngine.of(work.config().by(method), widths);
      estimate =
          estimate.with(
              Key.METHOD + " = " + Words.of(method),
              engine.cost(work.conditioning(), ask, resources.cores()));
    }
    return estimate;
  }

  private Cost truth(FitWork work, ValidateConfig validate) {
    int layers = work.network().hiddenLayers();
    long tests = work.data().testRows();
    Drawing drawing =
        new Drawing(
            validate.widths().stream().map(width -> Widths.uniform(layers, width)).toList(),
            validate.draws(),
            validate.seed());
    Cost draws = EnsembleJob.cost(work.conditioning(), drawing, tests, validate.hiddenKernels());
    if (validate.method() == ValidateConfig.Method.DRAWS) {
      return draws;
    }
    Cost chains =
        new NetworkChains(validate.chains(layers))
            .cost(work.conditioning(), Ask.unseen(tests, Order.CORRECTED), resources.cores());
    return validate.method() == ValidateConfig.Method.CHAINS ? chains : draws.or(chains);
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
    Inference engine = Engines.saved(model.state().engine()).orElseThrow();
    return Estimate.of(resources)
        .with(
            "predictions",
            engine.predicting(
                model.conditioning(), model.state(), Ask.unseen(rows, order), resources.cores()));
  }

  /** The same for the prior's flow. */
  public void flow(JobConfig config, long rows, int features) {
    int layers = config.network().hiddenWidths().size();
    check(
        Estimate.of(resources)
            .with(
                "the flow of every input",
                JobCosts.flow(rows, features, layers, config.flow().tensors())),
        "use fewer rows (" + Key.DATA_TRAIN_ROWS + ")");
  }

  private void refuse(Estimate estimate, String otherwise) {
    if (strict && estimate.isHopeless()) {
      throw new MemoryException(estimate.shortage(otherwise).orElseThrow());
    }
  }

  private void check(Estimate estimate, String otherwise) {
    estimate.lines().forEach(out);
    refuse(estimate, otherwise);
    Optional<String> shortage = estimate.shortage(otherwise);
    shortage.ifPresent(warnings::add);
    shortage.filter(any -> dry).ifPresent(any -> out.accept("warning: " + any));
  }
}
