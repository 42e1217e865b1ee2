package finitewidth.benchmark;

import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.Hyperparameters;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.SampledHyperparameter;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.HyperparameterPrior;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Components;
import finitewidth.posterior.ObservedValue;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The exact posterior of one hidden ReLU layer on 200 rows of a published split of a UCI set: test
 * RMSE and mean log predictive density, in training deviations, where hyperparameters are those
 * that were given, those of the NNGP's highest evidence, or sampled.
 */
final class HyperparametersBenchmark {
  private static final int TRAINING_ROWS = 200;
  private static final double NOISE = 0.05;

  private HyperparametersBenchmark() {}

  /**
   * Arguments: directory of the set, split, width (0 for infinite width), mode (fixed, evidence,
   * evidence-scales, sampled or sampled-scales), chains, iterations, steps of annealing at most.
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int split = Integer.parseInt(arguments[1]);
    int width = Integer.parseInt(arguments[2]);
    String mode = arguments[3];
    int count = Integer.parseInt(arguments[4]);
    UciSplit data = UciSplit.of(directory, split, TRAINING_ROWS);
    double start = cpu();
    Hyperparameters prior = prior(data, mode);
    Widths widths = width == 0 ? Widths.of(Double.POSITIVE_INFINITY) : Widths.of(width);
    Chains chains =
        new Chains(
            width == 0 ? List.of() : List.of(widths),
            count,
            Integer.parseInt(arguments[5]),
            400,
            Integer.parseInt(arguments[6]),
            1 + split);
    if (mode.startsWith("sampled")) {
      chains = chains.sampling(HyperparameterPrior.weak(mode.equals("sampled-scales")));
    }
    Matrix inputs = prior.scaled(data.inputs());
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(prior.network(), true, 1e-9, prior.noiseVariance()),
            inputs,
            data.targets(),
            LongStream.range(0, inputs.rows()).boxed().toList());
    Matrix tests = prior.scaled(data.tests());
    double[][] rows = new double[tests.rows()][];
    Arrays.setAll(rows, tests::row);
    Conditioned fitted =
        new NetworkChains(chains)
            .condition(on, Ask.rows(Arrays.asList(rows)), LocalRuntime.threads(1));
    List<Predictive> predictions =
        RowPredictions.of(LocalRuntime.threads(1), fitted.posterior(), Order.CORRECTED, rows)
            .stream()
            .map(row -> row.at(widths))
            .toList();
    double seconds = cpu() - start;
    double squares = 0;
    double density = 0;
    for (int x = 0; x < rows.length; x++) {
      double y = (data.truth()[x] - data.mean()) / data.deviation();
      Predictive row = predictions.get(x);
      squares += (y - row.mean()[0]) * (y - row.mean()[0]);
      Components components = row.components();
      density -=
          components == null
              ? ObservedValue.negativeLogDensity(
                  y, row.mean()[0], row.variance()[0] + prior.noiseVariance())
              : components.negativeLogDensity(0, y, prior.noiseVariance());
    }
    System.out.printf(
        Locale.ROOT,
        "%s,%d,%d,%s,%.5f,%.5f,%s,%.1f%n",
        directory.getFileName(),
        split,
        width,
        mode,
        Math.sqrt(squares / rows.length),
        density / rows.length,
        width == 0
            ? String.format(
                Locale.ROOT, "%.5f,,,,,%.2f,", prior.noiseVariance(), on.nngp().logEvidence())
            : chains(fitted.account(widths).chains().get(0), prior.noiseVariance()),
        seconds);
  }

  /** Of all threads of this process, in seconds. */
  private static double cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }

  private static Hyperparameters prior(UciSplit data, String mode) {
    Hyperparameters given =
        new Hyperparameters(
            Architecture.uniform(Activations.byName("relu").orElseThrow(), 1, 0.1, 2),
            NOISE,
            new double[0]);
    return mode.startsWith("evidence")
        ? EvidenceFit.of(
                given,
                data.inputs(),
                data.targets(),
                new EvidenceSettings(
                    EvidenceSettings.NOISE_FLOOR, mode.equals("evidence-scales"), 3, 7))
            .hyperparameters()
        : given;
  }

  private static String chains(ChainReport report, double noise) {
    List<SampledHyperparameter> sampled = report.hyperparameters();
    sampled.forEach(
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
    System.err.println(report);
    return String.format(
        Locale.ROOT,
        "%.5f,%.3f,%.3f,%.0f,%d,%.2f,%.2f",
        sampled.isEmpty() ? noise : sampled.get(0).mean(),
        report.rhat(),
        report.largestRhat().orElseThrow(),
        report.effectiveDraws(),
        report.iterations(),
        report.logEvidence(),
        report.logEvidenceError());
  }
}
