package finitewidth.job.validate;

import finitewidth.data.DataRow;
import finitewidth.inference.Ask;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.comparison.ChainMoments;
import finitewidth.inference.comparison.ChainTruth;
import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.inference.ensemble.EnsembleJob;
import finitewidth.inference.ensemble.EnsemblePilot;
import finitewidth.inference.ensemble.EnsembleProblem;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Progress;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.ValidateConfig;
import finitewidth.job.config.Words;
import finitewidth.job.console.Console;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import finitewidth.runtime.SparkRuntime;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The exact posterior at all widths.
 *
 * @param method by which it was had: draws or chains
 * @param warnings what the user should know of it
 */
record ExactPosteriors(
    ValidateConfig.Method method, List<ExactAtWidth> widths, List<String> warnings) {
  /** Rows whose predictions by all states are in memory at once. */
  private static final int TOGETHER = 960;

  /** What all of it is computed from. */
  private record Task(
      SparkRuntime runtime,
      JobConfig config,
      ValidateConfig validate,
      Conditioning training,
      List<double[]> tests,
      TestTargets targets,
      Console console) {
    int layers() {
      return config.network().hiddenWidths().size();
    }
  }

  /**
   * Computes them.
   *
   * @param tests test rows in order
   * @param targets theirs
   */
  static ExactPosteriors of(
      SparkRuntime runtime,
      JobConfig config,
      ValidateConfig validate,
      Conditioning training,
      List<DataRow> tests,
      TestTargets targets,
      Console console) {
    List<double[]> features = tests.stream().map(DataRow::features).toList();
    Task task = new Task(runtime, config, validate, training, features, targets, console);
    return switch (validate.method()) {
      case DRAWS -> draw(task);
      case CHAINS -> run(task);
      case AUTO -> isPilotEnough(task) ? draw(task) : run(task);
    };
  }

  /** How the exact posterior was had, as results have it. */
  String way() {
    return Words.of(method);
  }

  /** Weights of draws are the more uneven the narrower the networks are. */
  private static boolean isPilotEnough(Task task) {
    ValidateConfig validate = task.validate();
    EnsemblePilot pilot =
        EnsemblePilot.of(
            Networks.architecture(task.config().network()),
            task.training().problem().flow().inputs(),
            task.training().targets(),
            task.config().noiseVariance(),
            validate.uniform(task.layers()).get(0),
            validate.draws(),
            validate.seed(),
            new SparkRuntime(task.runtime().spark(), Checkpoint.none(), task.console()));
    boolean enough = pilot.suffices(validate.draws());
    task.console()
        .say(
            String.format(
                Locale.ROOT,
                "exact posterior by %s: of a pilot of %d networks of width %d, %.1f count, %s for"
                    + " %s = %d",
                enough ? "draws" : "chains",
                pilot.draws(),
                validate.widths().get(0),
                pilot.effectiveDraws(),
                enough ? "enough" : "too few",
                Key.VALIDATE_DRAWS,
                validate.draws()));
    return enough;
  }

  private static ExactPosteriors draw(Task task) {
    ValidateConfig validate = task.validate();
    EnsembleProblem problem =
        new EnsembleProblem(
            Networks.architecture(task.config().network()),
            task.training().problem().flow().inputs(),
            task.training().targets(),
            task.config().noiseVariance(),
            Matrix.copyOf(task.tests().toArray(double[][]::new)),
            validate.hiddenKernels());
    List<int[]> choices = new ArrayList<>();
    for (int width : validate.widths()) {
      int[] widths = new int[task.layers()];
      Arrays.fill(widths, width);
      choices.add(widths);
    }
    long all = EnsembleJob.allDraws(validate.draws()) * validate.widths().size();
    List<EnsembleEstimate> estimates =
        EnsembleJob.run(
            task.runtime(),
            problem,
            choices,
            validate.draws(),
            validate.seed(),
            new Progress(task.console().progress(), "finite networks", all, "networks"));
    return new ExactPosteriors(
        ValidateConfig.Method.DRAWS, estimates.stream().map(ExactAtWidth::of).toList(), List.of());
  }

  private static ExactPosteriors run(Task task) {
    Chains chains = task.validate().chains(task.layers());
    Conditioned fit =
        new NetworkChains(chains)
            .condition(task.training(), Ask.rows(task.tests()), task.runtime());
    List<ChainReport> reports = fit.account(chains.widths().get(0)).chains();
    List<AtTests> seen = seen(task, fit.posterior(), chains);
    List<ExactAtWidth> exact = new ArrayList<>();
    for (int w = 0; w < seen.size(); w++) {
      Widths widths = chains.widths().get(w);
      ChainReport report = reports.get(w);
      exact.add(
          ExactAtWidth.of(
              new ChainTruth(
                  seen.get(w).moments(),
                  new ChainTruth.Evidence(
                      fit.posterior().logEvidence().at(widths),
                      fit.posterior().logEvidence().error(widths)),
                  report.leastDraws(),
                  report.isConverged()),
              report,
              seen.get(w).densities()));
    }
    return new ExactPosteriors(
        ValidateConfig.Method.CHAINS, exact, fit.warnings("test rows", chains.widths().get(0)));
  }

  /**
   * What chains say of all test rows at one width; of their states no more than that is kept.
   *
   * @param moments one for each row
   * @param logDensities of each part of the rows, of those that have targets
   */
  private record AtTests(List<ChainMoments> moments, List<double[]> logDensities) {
    AtTests() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    double[] densities() {
      return logDensities.stream().flatMapToDouble(Arrays::stream).toArray();
    }
  }

  /** The same for all widths. */
  private static List<AtTests> seen(Task task, Posterior posterior, Chains chains) {
    List<AtTests> seen = chains.widths().stream().map(widths -> new AtTests()).toList();
    List<double[]> tests = task.tests();
    for (int from = 0; from < tests.size(); from += TOGETHER) {
      int to = Math.min(tests.size(), from + TOGETHER);
      List<Prediction> rows =
          RowPredictions.of(
              task.runtime(),
              posterior,
              Order.CORRECTED,
              tests.subList(from, to).toArray(double[][]::new));
      TestTargets targets = task.targets().part(from, to);
      for (int w = 0; w < seen.size(); w++) {
        Widths widths = chains.widths().get(w);
        List<Predictive> mixtures = rows.stream().map(row -> row.at(widths)).toList();
        for (Predictive mixture : mixtures) {
          seen.get(w).moments().add(ChainMoments.of(mixture, chains.chains()));
        }
        seen.get(w).logDensities().add(targets.logDensities(mixtures));
      }
    }
    return seen;
  }
}
