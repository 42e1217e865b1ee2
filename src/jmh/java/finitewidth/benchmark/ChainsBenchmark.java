package finitewidth.benchmark;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioning;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Effective draws of chains of networks per second of one core, on the rows that {@code
 * benchmarks/networks/nuts.py --rows} writes: the model of that script. Annealing and adaptation
 * aside, as there warm-up is: what twice as many iterations add to draws and to time.
 */
final class ChainsBenchmark {
  private ChainsBenchmark() {}

  /** Arguments: directory of rows, training rows, iterations, then widths. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    double[][] train = read(directory.resolve("train-" + arguments[1] + ".csv"));
    double[][] test = read(directory.resolve("test-" + arguments[1] + ".csv"));
    int iterations = Integer.parseInt(arguments[2]);
    int features = train[0].length - 1;
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(
                Architecture.uniform(Activations.byName("relu").orElseThrow(), 1, 0.1, 2),
                true,
                1e-9,
                0.05),
            columns(train, 0, features),
            columns(train, features, features + 1),
            LongStream.range(0, train.length).boxed().toList());
    List<double[]> tests = Arrays.stream(test).map(row -> Arrays.copyOf(row, features)).toList();
    System.out.println(
        "rows,width,chains,iterations,effective_log_likelihood_per_cpu_second,"
            + "effective_median_prediction_per_cpu_second,rhat,largest_rhat,acceptance,"
            + "cpu_seconds_in_all,log_evidence,log_evidence_error");
    for (String width : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      Widths widths = Widths.of(Double.parseDouble(width));
      // The first run of a width is compiled on the way.
      run(on, tests, widths, 100);
      Run once = run(on, tests, widths, iterations);
      Run twice = run(on, tests, widths, 2 * iterations);
      double seconds = twice.seconds() - once.seconds();
      ChainReport report = twice.report();
      System.out.printf(
          Locale.ROOT,
          "%d,%s,%d,%d,%.1f,%.1f,%.3f,%.3f,%.2f,%.1f,%.2f,%.2f%n",
          train.length,
          width,
          report.chains(),
          report.iterations(),
          (report.effectiveDraws() - once.report().effectiveDraws()) / seconds,
          (report.medianDraws().orElseThrow() - once.report().medianDraws().orElseThrow())
              / seconds,
          report.rhat(),
          report.largestRhat().orElseThrow(),
          report.acceptance().orElse(Double.NaN),
          twice.seconds(),
          report.logEvidence(),
          report.logEvidenceError());
    }
  }

  private record Run(ChainReport report, double seconds) {}

  private static Run run(Conditioning on, List<double[]> tests, Widths widths, int iterations) {
    Chains chains = new Chains(List.of(widths), 4, iterations, 40, 100, 1).toTheEnd();
    double before = cpu();
    ChainReport report =
        new NetworkChains(chains)
            .condition(on, Ask.rows(tests), LocalRuntime.threads(1))
            .account(widths)
            .chains()
            .get(0);
    return new Run(report, cpu() - before);
  }

  /** Of all threads of this process. */
  private static double cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }

  private static double[][] read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private static Matrix columns(double[][] rows, int from, int to) {
    return Matrix.copyOf(
        IntStream.range(0, rows.length)
            .mapToObj(a -> Arrays.copyOfRange(rows[a], from, to))
            .toArray(double[][]::new));
  }
}
