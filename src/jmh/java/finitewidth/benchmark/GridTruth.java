package finitewidth.benchmark;

import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The exact posterior of a problem by chains, kept in a file so that further methods need no
 * chains.
 *
 * @param failures how many sentences there are that speak against the chains or their evidence
 * @param evidence log evidence, in nats
 * @param means [row · output]
 */
record GridTruth(
    int failures,
    double seconds,
    double evidence,
    double evidenceError,
    double[] means,
    double[] meanErrors,
    double[] variances,
    double[] varianceErrors) {

  /** By the clock, so that no problem takes the time of many. */
  private static final double SECONDS = 240;

  static final String HEADER =
      GridProblem.header()
          + ",failures,seconds,log_evidence,log_evidence_error,means,mean_errors,variances,"
          + "variance_errors";

  /** What a file has of this problem. */
  static Optional<GridTruth> find(Path file, GridProblem problem) throws IOException {
    String key = problem.key() + ",";
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(key.length()).split(",", -1))
        .map(
            parts ->
                new GridTruth(
                    Integer.parseInt(parts[0]),
                    Double.parseDouble(parts[1]),
                    Double.parseDouble(parts[2]),
                    Double.parseDouble(parts[3]),
                    numbers(parts[4]),
                    numbers(parts[5]),
                    numbers(parts[6]),
                    numbers(parts[7])));
  }

  private static double[] numbers(String list) {
    return Arrays.stream(list.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  /** Runs chains: eight of up to 300 iterations, ended after so many seconds; 400 states of all. */
  static GridTruth run(GridProblem problem, FiniteNetwork network, GridProblem.Rows rows) {
    double before = GridBenchmark.cpu();
    FittedNetwork fitted =
        network
            .engine(NetworkChains.NAME)
            .chains(
                new Chains(List.of(problem.widths()), 8, 300, 400, 1000, problem.seed())
                    .within(SECONDS))
            .condition(rows.inputs(), rows.targets());
    List<Prediction> predictions = fitted.predict(rows.tests());
    int m = problem.outputs();
    double[][] found = new double[4][predictions.size() * m];
    for (int x = 0; x < predictions.size(); x++) {
      Predictive at = predictions.get(x).at(problem.widths());
      for (int i = 0; i < m; i++) {
        found[0][x * m + i] = at.mean()[i];
        found[1][x * m + i] = at.meanError()[i];
        found[2][x * m + i] = at.variance()[i];
        found[3][x * m + i] = at.varianceError()[i];
      }
    }
    return new GridTruth(
        fitted.warnings(problem.widths()).size(),
        GridBenchmark.cpu() - before,
        fitted.logEvidence().at(problem.widths()),
        fitted.logEvidence().error(problem.widths()),
        found[0],
        found[1],
        found[2],
        found[3]);
  }

  String line(GridProblem problem) {
    return String.format(
        Locale.ROOT,
        "%s,%d,%.1f,%.6f,%.6f,%s,%s,%s,%s",
        problem.key(),
        failures,
        seconds,
        evidence,
        evidenceError,
        list(means),
        list(meanErrors),
        list(variances),
        list(varianceErrors));
  }

  private static String list(double[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(each -> String.format(Locale.ROOT, "%.6g", each))
        .collect(Collectors.joining(" "));
  }
}
