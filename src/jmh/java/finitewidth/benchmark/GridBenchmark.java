package finitewidth.benchmark;

import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.evidence.Hyperparameters;
import finitewidth.inference.ScaleReport;
import finitewidth.inference.auto.Cheapest;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Ensemble;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.nngp.Nngp;
import finitewidth.inference.renormalised.Guarding;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.NumericsException;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All methods beside the exact posterior of finite networks on a grid of problems. One line for
 * each problem and method; what stands there already is not computed again.
 */
final class GridBenchmark {
  private static final String FIRST_ORDER = "first-order";
  private static final String TWO_PASSES = "renormalised-two-passes";
  private static final String SETTLED = "renormalised-settled";
  private static final String HEADER =
      GridProblem.header()
          + ",method,data_fit,rho,mean_error,variance_error,evidence_error,mean_noise,"
          + "variance_noise,evidence_noise,failures,seconds";

  private GridBenchmark() {}

  /** Arguments: UCI sets, results, truths, seconds, a pattern in the problem's key, methods. */
  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    Path results = begun(Path.of(arguments[1]), HEADER);
    Path truths = begun(Path.of(arguments[2]), GridTruth.HEADER);
    double end = System.nanoTime() * 1e-9 + Double.parseDouble(arguments[3]);
    Pattern wanted = Pattern.compile(arguments[4]);
    List<String> methods = Arrays.asList(arguments).subList(5, arguments.length);
    for (GridProblem problem : GridProblem.all()) {
      if (!wanted.matcher(problem.key()).find()) {
        continue;
      }
      if (System.nanoTime() * 1e-9 > end) {
        return;
      }
      String done = Files.readString(results);
      List<String> missing =
          (methods.isEmpty() ? standard() : methods)
              .stream().filter(name -> !done.contains(problem.key() + "," + name + ",")).toList();
      if (!missing.isEmpty()) {
        measure(problem, missing, data, results, truths);
      }
    }
  }

  private static Path begun(Path file, String header) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, header + "\n");
    }
    return file;
  }

  private static void add(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  /** All engines but those that are the truth, and those that first order stands on. */
  private static List<String> standard() {
    List<String> names = new ArrayList<>(List.of(FIRST_ORDER, TWO_PASSES, SETTLED));
    for (String name : Engines.savedNames()) {
      if (!List.of(
              NetworkChains.NAME, Ensemble.NAME, Exact.NAME, Sampled.NAME, Cheapest.NAME, "linear")
          .contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static void measure(
      GridProblem problem, List<String> methods, Path data, Path results, Path truths)
      throws IOException {
    GridProblem.Rows rows = problem.read(data);
    Hyperparameters prior = problem.prior(rows);
    FiniteNetwork network =
        problem.network(prior).runtime(LocalRuntime.threads(1)).sampling(sampling(problem));
    Optional<GridTruth> known = GridTruth.find(truths, problem);
    GridTruth truth = known.isPresent() ? known.get() : GridTruth.run(problem, network, rows);
    if (known.isEmpty()) {
      add(truths, truth.line(problem));
    }
    for (String method : methods) {
      try {
        add(
            results,
            problem.key() + "," + method + "," + line(problem, network, rows, method, truth));
      } catch (IllegalArgumentException | NumericsException e) {
        System.err.println(problem.key() + " " + method + ": " + e.getMessage());
      }
    }
  }

  /**
   * A hundredth of a deviation, so that the noise of draws is none of the method's errors, but of
   * many rows not more draws than take some ten seconds.
   */
  private static Sampling sampling(GridProblem problem) {
    return new Sampling(
        problem.widths(), 0.01, 1, problem.rows() > 50 ? 1L << 17 : 1L << 20, false);
  }

  /** All moments where there are so few, and the cheapest engine where not. */
  private static FiniteNetwork by(String method, FiniteNetwork network, GridProblem problem) {
    String contraction =
        problem.rows() <= 100 && !problem.activation().equals("tanh") ? Exact.NAME : Cheapest.NAME;
    return switch (method) {
      case FIRST_ORDER -> network.engine(contraction);
      case TWO_PASSES, SETTLED, Renormalised.NAME ->
          network
              .renormalising(
                  new Renormalising(
                      List.of(problem.widths()),
                      contraction,
                      method.equals(TWO_PASSES) ? 2 : 1,
                      method.equals(SETTLED) ? Guarding.SETTLED : Guarding.FIXED))
              .engine(Renormalised.NAME);
      default -> network.engine(method);
    };
  }

  private static String line(
      GridProblem problem,
      FiniteNetwork network,
      GridProblem.Rows rows,
      String method,
      GridTruth truth) {
    double before = cpu();
    FittedNetwork fitted = by(method, network, problem).condition(rows.inputs(), rows.targets());
    List<Prediction> predictions = fitted.predict(rows.tests());
    double seconds = cpu() - before;
    int m = problem.outputs();
    double mean = 0;
    double variance = 0;
    double meanNoise = 0;
    double varianceNoise = 0;
    int count = predictions.size() * m;
    // Infinite width knows no other.
    Widths widths =
        method.equals(Nngp.NAME)
            ? Widths.uniform(problem.layers(), Double.POSITIVE_INFINITY)
            : problem.widths();
    for (int x = 0; x < predictions.size(); x++) {
      Predictive at = predictions.get(x).at(widths);
      double nngp = at.nngpVariance();
      for (int i = 0; i < m; i++) {
        int k = x * m + i;
        mean += square(at.mean()[i] - truth.means()[k]) / nngp / count;
        variance += square((at.variance()[i] - truth.variances()[k]) / nngp) / count;
        meanNoise += square(truth.meanErrors()[k]) / nngp / count;
        varianceNoise += square(truth.varianceErrors()[k] / nngp) / count;
      }
    }
    return String.format(
        Locale.ROOT,
        "%.4f,%.4f,%.5f,%.5f,%.4f,%.5f,%.5f,%.4f,%d,%.2f",
        fitted.posterior().nngp().dataFit(),
        fitted.scale(widths).map(ScaleReport::rho).orElse(Double.NaN),
        Math.sqrt(mean),
        Math.sqrt(variance),
        fitted.logEvidence().at(widths) - truth.evidence(),
        Math.sqrt(meanNoise),
        Math.sqrt(varianceNoise),
        truth.evidenceError(),
        truth.failures(),
        seconds);
  }

  private static double square(double x) {
    return x * x;
  }

  /** Of all threads of this process, in seconds. */
  static double cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }
}
