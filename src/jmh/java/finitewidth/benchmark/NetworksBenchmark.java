package finitewidth.benchmark;

import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.Hyperparameters;
import finitewidth.inference.Ask;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.adaptive.Adaptive;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.HyperparameterPrior;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.nngp.Nngp;
import finitewidth.inference.renormalised.Renormalised;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How well ReLU networks of finite width predict the test rows of a published split of a UCI set,
 * or digits: the exact posterior by chains, infinite width, first order, renormalised first order
 * and the adaptive kernel, with hyperparameters that were given, fitted or sampled.
 *
 * <p>Tasks come from standard input, one a line. What is found is appended to the results as soon
 * as it is there, and what these have already is not computed again.
 */
final class NetworksBenchmark {
  private static final String HEADER =
      "set,split,rows,way,widths,training_rows,rmse,log_density,rmse_in_units,ll_in_units,trusted,"
          + "noise,log_evidence,log_evidence_error,lower,upper,chains,iterations,rhat,"
          + "largest_rhat,effective_draws,failures,cpu_seconds";

  /** Behind these in newer results: what the chains were allowed, and the build. */
  private static final String SETTINGS = ",most_iterations,annealing,commit";

  /** As {@code benchmarks/uci.sh} has the sampled engine. */
  private static final long DRAWS = 32 * 1024;

  /** Of the evidence's maximum: one may end where noise explains everything. */
  private static final int STARTS = 3;

  private final Path data;
  private final Path results;

  private NetworksBenchmark(Path data, Path results) {
    this.data = data;
    this.results = results;
  }

  /**
   * One line of standard input.
   *
   * @param split a number, or {@code K-pilot} for the training rows of split K alone
   * @param rows training rows at most, or all
   * @param way first-order, renormalised, or how hyperparameters are had: fixed, evidence,
   *     evidence-scales, sampled, sampled-scales, or sampled about those of the highest evidence,
   *     evidence-sampled and evidence-scales-sampled; evidence-scales-renormalised and
   *     evidence-scales-adaptive have those of benchmarks/uci.sh and the sampled engine
   * @param widths of networks, separated by a slash, each as 16 or 16x16; inf for infinite width
   * @param chains of each network
   * @param iterations of a chain at most
   * @param annealing steps at most
   */
  private record Task(
      String set,
      String split,
      String rows,
      String way,
      List<String> widths,
      int chains,
      int iterations,
      int annealing) {
    static Task of(String line) {
      String[] words = line.strip().split("\\s+");
      return new Task(
          words[0],
          words[1],
          words[2],
          words[3],
          List.of(words[4].split("/", -1)),
          words.length > 5 ? Integer.parseInt(words[5]) : 8,
          words.length > 6 ? Integer.parseInt(words[6]) : 400,
          words.length > 7 ? Integer.parseInt(words[7]) : 500);
    }

    String key(String width) {
      return String.join(",", set, split, rows, way, width) + ",";
    }

    /** The last columns of results that have them. */
    String settings() {
      return String.format(
          Locale.ROOT, ",%d,%d,%s", iterations, annealing, System.getProperty("benchmark.commit"));
    }

    boolean isRenormalised() {
      return way.endsWith("renormalised");
    }

    boolean isAdaptive() {
      return way.endsWith("adaptive");
    }

    int most() {
      return rows.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(rows);
    }
  }

  /** Arguments: directory of the sets, results. */
  public static void main(String[] arguments) throws IOException {
    NetworksBenchmark benchmark =
        new NetworksBenchmark(Path.of(arguments[0]), Path.of(arguments[1]));
    if (!Files.exists(benchmark.results) || Files.size(benchmark.results) == 0) {
      Files.writeString(benchmark.results, HEADER + SETTINGS + "\n");
    }
    BufferedReader tasks =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
      if (!line.isBlank()) {
        benchmark.run(Task.of(line));
      }
    }
  }

  private void run(Task task) throws IOException {
    List<String> done = Files.readAllLines(results);
    boolean settings = done.get(0).endsWith(SETTINGS);
    List<String> missing =
        task.widths().stream()
            .filter(width -> done.stream().noneMatch(line -> has(line, task, width, settings)))
            .toList();
    boolean together = task.way().equals("first-order") || task.isRenormalised();
    if (together && !missing.isEmpty()) {
      append(task, missing, settings);
    } else {
      for (String width : missing) {
        append(task, List.of(width), settings);
      }
    }
  }

  /** Whether a line is of a task: by the same settings, of whatever build. */
  private static boolean has(String line, Task task, String width, boolean settings) {
    String own = task.settings();
    String limits = own.substring(0, own.lastIndexOf(',') + 1);
    return line.startsWith(task.key(width))
        && (!settings || line.substring(0, line.lastIndexOf(',') + 1).endsWith(limits));
  }

  private static Widths widths(String word) {
    double[] all =
        Arrays.stream(word.split("x", -1))
            .mapToDouble(w -> w.equals("inf") ? Double.POSITIVE_INFINITY : Integer.parseInt(w))
            .toArray();
    return Widths.of(all);
  }

  private void append(Task task, List<String> words, boolean settings) throws IOException {
    double start = cpu();
    List<Widths> widths = words.stream().map(NetworksBenchmark::widths).toList();
    TestedRows rows =
        TestedRows.of(data, task.set(), task.split(), task.most(), widths.get(0).hiddenLayers());
    Hyperparameters prior = prior(rows, task);
    Conditioning on = conditioning(rows, prior);
    double[][] tests = rows(prior.scaled(rows.tests()));
    LocalRuntime runtime = LocalRuntime.threads(1);
    Conditioned fitted =
        engine(task, widths).condition(on, Ask.rows(Arrays.asList(tests)), runtime);
    List<Prediction> predictions =
        RowPredictions.of(runtime, fitted.posterior(), Order.CORRECTED, tests);
    double seconds = (cpu() - start) / words.size();
    for (int k = 0; k < words.size(); k++) {
      Widths at = widths.get(k);
      TestedRows.Score score =
          rows.score(predictions.stream().map(row -> row.at(at)).toList(), prior.noiseVariance());
      List<ChainReport> reports = fitted.account(at).chains();
      String chains =
          reports.isEmpty()
              ? String.format(
                  Locale.ROOT,
                  "%.6f,%.2f,,,,,,,,,",
                  prior.noiseVariance(),
                  fitted.posterior().logEvidence().at(at))
              : chains(reports.get(0), prior.noiseVariance());
      String line =
          String.format(
              Locale.ROOT,
              "%s%d,%.5f,%.5f,%.5f,%.5f,%.3f,%s,%.1f%s%n",
              task.key(words.get(k)),
              rows.inputs().rows(),
              score.rmse(),
              score.logDensity(),
              score.rmse() * rows.unit(),
              score.logDensity() - Math.log(rows.unit()),
              score.trusted(),
              chains,
              seconds,
              settings ? task.settings() : "");
      Files.writeString(results, line, StandardOpenOption.APPEND);
      System.err.print(line);
    }
    fitted.warnings("rows", widths.get(0)).forEach(System.err::println);
  }

  private static Inference engine(Task task, List<Widths> widths) {
    Inference firstOrder = new Exact();
    if (task.way().equals("first-order")) {
      return firstOrder;
    }
    Inference under =
        task.way().startsWith("evidence")
            ? new Sampled(new Sampling(widths.get(0), 1e-9, 1, DRAWS, false))
            : firstOrder;
    if (task.isRenormalised()) {
      return new Renormalised(widths, 1, under, List.of(under));
    }
    if (task.isAdaptive()) {
      return new Adaptive(widths, List.of(under), List.of(under));
    }
    if (task.widths().get(0).startsWith("inf")) {
      return new Nngp();
    }
    Chains chains =
        new Chains(
            widths,
            task.chains(),
            task.iterations(),
            Math.max(400, 8 * task.chains()),
            task.annealing(),
            1);
    return new NetworkChains(
        task.way().contains("sampled")
            ? chains.sampling(HyperparameterPrior.weak(task.way().equals("sampled-scales")))
            : chains);
  }

  private static Conditioning conditioning(TestedRows rows, Hyperparameters prior) {
    return Conditioning.of(
        new Conditioning.Settings(prior.network(), true, 1e-9, prior.noiseVariance()),
        prior.scaled(rows.inputs()),
        rows.targets(),
        LongStream.range(0, rows.inputs().rows()).boxed().toList());
  }

  private static double[][] rows(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][];
    Arrays.setAll(rows, matrix::row);
    return rows;
  }

  /** Of all threads of this process, in seconds. */
  private static double cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }

  private static Hyperparameters prior(TestedRows rows, Task task) {
    return task.way().startsWith("evidence")
        ? EvidenceFit.of(
                rows.given(),
                rows.inputs(),
                rows.targets(),
                new EvidenceSettings(
                    EvidenceSettings.NOISE_FLOOR,
                    task.way().contains("scales"),
                    task.isRenormalised() || task.isAdaptive() ? 1 : STARTS,
                    7))
            .hyperparameters()
        : rows.given();
  }

  private static String chains(ChainReport report, double noise) {
    report
        .hyperparameters()
        .forEach(
            one ->
                System.err.printf(
                    Locale.ROOT,
                    "%-34s %9.5f ± %9.5f  %9.5f … %9.5f  R-hat %.3f, %.0f draws%n",
                    one.name(),
                    one.mean(),
                    one.deviation(),
                    one.lower(),
                    one.upper(),
                    one.rhat(),
                    one.effectiveDraws()));
    return String.format(
        Locale.ROOT,
        "%.6f,%.2f,%.2f,%.2f,%.2f,%d,%d,%.3f,%.3f,%.0f,%d",
        report.hyperparameters().isEmpty() ? noise : report.hyperparameters().get(0).mean(),
        report.logEvidence(),
        report.logEvidenceError(),
        report.lower(),
        report.upper(),
        report.chains(),
        report.iterations(),
        report.rhat(),
        report.largestRhat().orElseThrow(),
        report.effectiveDraws(),
        report.failures().size());
  }
}
