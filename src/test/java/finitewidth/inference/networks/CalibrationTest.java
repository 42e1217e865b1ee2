package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.Activation;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.GaussianMixture;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Simulation-based calibration: where networks and noise are drawn from the prior, the posterior's
 * distribution function is uniform at the function that made the data, whatever the posterior is.
 */
class CalibrationTest {
  private static final int ROWS = 8;
  private static final double NOISE = 0.05;

  /**
   * The largest distance of an empirical distribution function of n uniform numbers from the
   * diagonal, times √n, is beyond this in 1 of 1000 cases (Kolmogorov).
   */
  private static final double KOLMOGOROV = 1.95;

  @ParameterizedTest
  @CsvSource({"relu, 3", "tanh, 12", "relu, 4 3"})
  @Tag("slow")
  void theTruthIsAnywhereInThePosterior(String activation, String hidden) {
    int[] widths = Arrays.stream(hidden.split(" ")).mapToInt(Integer::parseInt).toArray();
    int sets = 200;
    double[] levels = new double[sets];
    for (int set = 0; set < sets; set++) {
      levels[set] = level(activation, widths, set);
    }
    Arrays.sort(levels);
    double largest = 0;
    for (int k = 0; k < sets; k++) {
      largest = Math.max(largest, levels[k] - (double) k / sets);
      largest = Math.max(largest, (k + 1.0) / sets - levels[k]);
    }
    assertThat(largest * Math.sqrt(sets)).isLessThan(KOLMOGOROV);
  }

  /** The posterior probability that the function is below the one that made the data. */
  private static double level(String activation, int[] widths, int set) {
    Architecture network = Problems.network(activation, widths.length);
    Matrix inputs = Problems.gaussian(ROWS + 1, 2, 100 + set);
    double[] function = draw(network, widths, inputs, set);
    RandomStream random = new RandomStream(set, 2, 0, 0, 0);
    Matrix targets = Matrix.zeros(ROWS, 1);
    for (int a = 0; a < ROWS; a++) {
      targets.set(a, 0, function[a] + Math.sqrt(NOISE) * random.normal());
    }
    NetworkProblem problem =
        NetworkProblem.of(
            network, Matrix.wrap(ROWS, 2, Arrays.copyOf(inputs.data(), 2 * ROWS)), targets, NOISE);
    Matrix test = Matrix.copyOf(new double[][] {inputs.row(ROWS)});
    ProbeRows probe = ProbeRows.of(problem, test);
    Widths at = SmallChains.widths(widths);
    NetworkRun run =
        ChainRounds.run(
                LocalRuntime.threads(1),
                List.of(
                    new WatchedNetwork(0, new WatchedRows(problem, probe), problem.shape(widths))),
                new Chains(List.of(at), 2, 100, 50, 50, set))
            .get(0);
    KeptNetworks kept = KeptNetworks.of(at, run.states(), true, 25, Optional.empty());
    IntFunction<LastWeights> last = new StateWeights(problem, kept).forPredicting().last();
    NetworkShape shape = problem.shape(widths);
    HiddenLayers layers = new HiddenLayers(problem, shape, probe.inputs(), 1);
    double[] mean = new double[kept.states()];
    double[] variance = new double[kept.states()];
    double[] one = new double[1];
    double[] other = new double[1];
    for (int k = 0; k < mean.length; k++) {
      layers.forward(kept.weights().row(k), false);
      last.apply(k).predict(layers.last(), 1, one, other);
      // The bias among the features was overwritten.
      layers = new HiddenLayers(problem, shape, probe.inputs(), 1);
      mean[k] = one[0];
      variance[k] = other[0];
    }
    return GaussianMixture.of(mean, variance).cdf(function[ROWS]);
  }

  /** A network with every weight drawn, at all rows; by loops that share nothing with chains. */
  static double[] draw(Architecture network, int[] widths, Matrix inputs, int set) {
    Activation activation = network.activation();
    RandomStream random = new RandomStream(set, 1, 0, 0, 0);
    double[][] layer = new double[inputs.rows()][];
    for (int a = 0; a < layer.length; a++) {
      layer[a] = inputs.row(a);
    }
    for (int l = 0; l <= widths.length; l++) {
      int width = l < widths.length ? widths[l] : 1;
      double[][] next = new double[layer.length][width];
      for (int j = 0; j < width; j++) {
        double bias = Math.sqrt(network.biasVariance(l)) * random.normal();
        double[] weights = new double[layer[0].length];
        random.fill(weights);
        double scale = Math.sqrt(network.weightVariance(l) / weights.length);
        for (int a = 0; a < layer.length; a++) {
          double sum = bias;
          for (int k = 0; k < weights.length; k++) {
            sum += scale * weights[k] * layer[a][k];
          }
          next[a][j] = l < widths.length ? activation.value(sum) : sum;
        }
      }
      layer = next;
    }
    return Arrays.stream(layer).mapToDouble(row -> row[0]).toArray();
  }
}
