package finitewidth.benchmark;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.posterior.BlockPredictor;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Rows that a second of one core predicts by the kept states of chains: 200 training rows of
 * concrete, layers of 64 neurons, 100 states. Prints lines of a Markdown table.
 */
final class PredictRate {
  private static final int TRAINING = 200;
  private static final int TESTS = 256;
  private static final int WIDTH = 64;
  private static final int STATES = 100;
  private static final int CHAINS = 4;
  private static final int ROUNDS = 7;

  /** Seconds of the processor that a round takes at least. */
  private static final double ROUND = 0.5;

  private PredictRate() {}

  /** Arguments: activations, each with the number of its layers, as tanh:1. */
  public static void main(String[] arguments) throws IOException {
    for (String argument : arguments) {
      String[] words = argument.split(":", -1);
      measure(Activations.byName(words[0]).orElseThrow(), Integer.parseInt(words[1]));
    }
  }

  private static void measure(Activation activation, int layers) throws IOException {
    Examples rows = Examples.of("concrete", TRAINING, TESTS);
    double[] widths = new double[layers];
    Arrays.fill(widths, WIDTH);
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(
                Architecture.uniform(activation, layers, 0.1, 2), true, 1e-9, rows.noise()),
            rows.inputs(),
            rows.targets(),
            LongStream.range(0, TRAINING).boxed().toList());
    Chains chains = new Chains(List.of(Widths.of(widths)), CHAINS, 50, STATES, 50, 1);
    Conditioned fitted =
        new NetworkChains(chains)
            .condition(on, Ask.unseen(TESTS, Order.CORRECTED), LocalRuntime.threads(1));
    double[][] tests = new double[TESTS][];
    for (int x = 0; x < TESTS; x++) {
      tests[x] = rows.tests().row(x);
    }
    double all = rate(fitted.posterior().predictor(Order.CORRECTED), tests);
    double limit = rate(fitted.posterior().predictor(Order.NNGP), tests);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %.1f | %.1f |%n",
        activation.name(),
        layers,
        all,
        1e6 / all,
        1e6 / limit);
  }

  /**
   * Rows a second of this thread's processor time, the median of some rounds. No row comes twice, as
   * expectations at a variance that was met before may be known.
   */
  private static double rate(BlockPredictor predictor, double[][] tests) {
    double pass = 0;
    double[] rates = new double[ROUNDS];
    int block = predictor.blockRows();
    for (int round = 0; round < ROUNDS; round++) {
      double start = seconds();
      long done = 0;
      do {
        double[][] rows = moved(tests, 1 + 1e-6 * pass++);
        for (int from = 0; from < rows.length; from += block) {
          predictor.predict(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + block)));
        }
        done += tests.length;
      } while (seconds() - start < ROUND);
      rates[round] = done / (seconds() - start);
    }
    Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }

  private static double[][] moved(double[][] rows, double factor) {
    double[][] moved = new double[rows.length][];
    for (int x = 0; x < rows.length; x++) {
      moved[x] = Arrays.stream(rows[x]).map(feature -> factor * feature).toArray();
    }
    return moved;
  }

  private static double seconds() {
    return 1e-9 * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
