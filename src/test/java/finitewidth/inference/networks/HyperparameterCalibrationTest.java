package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Simulation-based calibration of hyperparameters: where these, networks and noise are drawn from
 * the prior, the rank of each among draws of its posterior is uniform.
 */
class HyperparameterCalibrationTest {
  private static final int ROWS = 10;
  private static final int SETS = 120;

  /** As {@link CalibrationTest}: beyond in 1 of 1000 cases, and so in one of 150 of 7 numbers. */
  private static final double KOLMOGOROV = 1.95;

  /** Without a floor, which depends on the targets. */
  private static final HyperparameterPrior PRIOR = new HyperparameterPrior(1, 0.8, 0.8, 0);

  @ParameterizedTest
  @CsvSource({"relu, 3", "tanh, 4 3"})
  @Tag("slow")
  void theTruthIsAnywhereAmongDraws(String activation, String hidden) {
    int[] widths = Arrays.stream(hidden.split(" ")).mapToInt(Integer::parseInt).toArray();
    double[][] ranks = new double[SETS][];
    for (int set = 0; set < SETS; set++) {
      ranks[set] = ranks(activation, widths, set);
    }
    for (int k = 0; k < ranks[0].length; k++) {
      int of = k;
      double[] levels = Arrays.stream(ranks).mapToDouble(rank -> rank[of]).sorted().toArray();
      double largest = 0;
      for (int s = 0; s < SETS; s++) {
        largest = Math.max(largest, levels[s] - (double) s / SETS);
        largest = Math.max(largest, (s + 1.0) / SETS - levels[s]);
      }
      assertThat(largest * Math.sqrt(SETS)).as("coordinate " + k).isLessThan(KOLMOGOROV);
    }
  }

  /** Where each hyperparameter that made the data is among those of the chains. */
  private static double[] ranks(String activation, int[] widths, int set) {
    Architecture given = Problems.network(activation, widths.length);
    Matrix inputs = Problems.gaussian(ROWS, 2, 100 + set);
    HyperparameterSpace space =
        NetworkProblem.of(given, inputs, Matrix.zeros(ROWS, 1), 0.1, PRIOR).space().orElseThrow();
    RandomStream random = new RandomStream(set, 3, 0, 0, 0);
    double[] theta = new double[space.size()];
    random.fill(theta);
    StateVariances truth = space.at(theta, 0);
    Matrix scaled = inputs.copy();
    for (int a = 0; a < ROWS; a++) {
      for (int k = 0; k < 2; k++) {
        scaled.set(a, k, Math.sqrt(truth.scales()[k]) * inputs.get(a, k));
      }
    }
    double[] function =
        CalibrationTest.draw(
            Architecture.of(given.activation(), truth.biases(), truth.weights()),
            widths,
            scaled,
            set);
    Matrix targets = Matrix.zeros(ROWS, 1);
    for (int a = 0; a < ROWS; a++) {
      targets.set(a, 0, function[a] + Math.sqrt(truth.noise()) * random.normal());
    }
    NetworkProblem problem = NetworkProblem.of(given, inputs, targets, 0.1, PRIOR);
    Widths at = SmallChains.widths(widths);
    WatchedRows watched = new WatchedRows(problem, ProbeRows.of(problem, Matrix.zeros(0, 2)));
    NetworkRun run =
        ChainRounds.run(
                LocalRuntime.threads(1),
                List.of(new WatchedNetwork(0, watched, problem.shape(widths))),
                new Chains(List.of(at), 2, 200, 40, 50, set).toTheEnd().sampling(PRIOR))
            .get(0);
    KeptNetworks kept = KeptNetworks.of(at, run.states(), true, 20, problem.space());
    double[] own = new double[theta.length];
    space.values(truth, own, 0);
    double[] rank = new double[theta.length];
    double[] one = new double[theta.length];
    for (int k = 0; k < kept.states(); k++) {
      space.values(kept.hyperparameters(k).orElseThrow(), one, 0);
      for (int h = 0; h < one.length; h++) {
        rank[h] += one[h] < own[h] ? 1 : 0;
      }
    }
    for (int h = 0; h < rank.length; h++) {
      rank[h] = (rank[h] + random.uniform()) / (kept.states() + 1);
    }
    return rank;
  }
}
