package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What coordinates of hyperparameters stand for, and the likelihood as a function of them. */
class HyperparameterSpaceTest {
  private static final int ROWS = 12;
  private static final Matrix INPUTS = Problems.gaussian(ROWS, 3, 1);
  private static final Matrix TARGETS = Problems.gaussian(ROWS, 2, 2);
  private static final int[][] WIDTHS = {{5}, {20}, {4, 6}, {7, 3, 30}};

  private static HyperparameterSpace space(Architecture network, HyperparameterPrior prior) {
    return NetworkProblem.of(network, INPUTS, TARGETS, 0.07, prior).space().orElseThrow();
  }

  private static NetworkProblem problem(String activation, int layers, boolean perFeature) {
    return NetworkProblem.of(
        Problems.network(activation, layers),
        INPUTS,
        TARGETS,
        0.07,
        HyperparameterPrior.weak(perFeature));
  }

  @Test
  void mediansAreWhatWasGiven() {
    Architecture network = Problems.network("tanh", 2);
    HyperparameterSpace space = space(network, new HyperparameterPrior(2, 1, 1, 1e-3));
    double[] zero = new double[space.size()];
    StateVariances median = space.at(zero, 0);
    double[] mean = new double[2];
    double[] squares = new double[2];
    for (int a = 0; a < ROWS; a++) {
      for (int i = 0; i < 2; i++) {
        mean[i] += TARGETS.get(a, i) / ROWS;
        squares[i] += TARGETS.get(a, i) * TARGETS.get(a, i) / ROWS;
      }
    }
    double variance =
        0.5 * (squares[0] - mean[0] * mean[0]) + 0.5 * (squares[1] - mean[1] * mean[1]);
    assertThat(space.floor()).isCloseTo(1e-3 * variance, within(1e-15));
    assertThat(median.noise()).isCloseTo(0.07 + 1e-3 * variance, within(1e-15));
    for (int l = 0; l <= 2; l++) {
      assertThat(median.biases()[l]).isEqualTo(network.biasVariance(l));
      assertThat(median.weights()[l]).isEqualTo(network.weightVariance(l));
    }
    assertThat(median.scales()).containsExactly(new double[] {1, 1, 1}, within(1e-15));
    // One deviation of the prior.
    double[] one = new double[space.size()];
    Arrays.fill(one, 1);
    one[space.size() - 1] = 3;
    StateVariances up = space.at(one, 0);
    assertThat(up.noise() - space.floor()).isCloseTo(0.07 * Math.exp(2), within(1e-14));
    assertThat(up.biases()[2]).isCloseTo(Math.E * network.biasVariance(2), within(1e-14));
    assertThat(up.weights()[0]).isCloseTo(Math.E * network.weightVariance(0), within(1e-13));
    assertThat(Arrays.stream(up.scales()).sum()).isCloseTo(3, within(1e-14));
    assertThat(up.scales()[2] / up.scales()[0]).isCloseTo(Math.exp(2), within(1e-13));
    double[] low = {-50, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(space.at(low, 0).noise()).isGreaterThanOrEqualTo(space.floor());
  }

  @Test
  void layersOfTheSameVarianceShareOne() {
    List<String> shared =
        names(Architecture.uniform(Problems.network("relu", 1).activation(), 2, 0.1, 2), false);
    assertThat(shared)
        .containsExactly(
            "noise variance",
            "bias variance, hidden layers",
            "bias variance, output layer",
            "weight variance, hidden layers",
            "weight variance, output layer");
    List<String> some =
        names(
            Architecture.of(
                Activations.byName("relu").orElseThrow(),
                new double[] {0.1, 0, 0.1, 0},
                new double[] {2, 1.5, 2, 2}),
            true);
    assertThat(some)
        .containsExactly(
            "noise variance",
            "bias variance, hidden layers 1 and 3",
            "weight variance, hidden layers 1 and 3",
            "weight variance, hidden layer 2",
            "weight variance, output layer",
            "input scale, feature 1",
            "input scale, feature 2",
            "input scale, feature 3");
    HyperparameterSpace noise =
        space(Problems.network("relu", 1), new HyperparameterPrior(1, 0, 0, 0));
    assertThat(noise.size()).isEqualTo(1);
  }

  private static List<String> names(Architecture network, boolean perFeature) {
    HyperparameterSpace space = space(network, HyperparameterPrior.weak(perFeature));
    return IntStream.range(0, space.size()).mapToObj(space::name).toList();
  }

  /** A network of those variances and of scaled inputs, put together without any coordinates. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "softplus"})
  void theLikelihoodIsThatOfTheNetworkTheyStandFor(String activation) {
    for (boolean perFeature : new boolean[] {false, true}) {
      for (int[] widths : WIDTHS) {
        NetworkProblem sampled = problem(activation, widths.length, perFeature);
        NetworkShape shape = sampled.shape(widths);
        double[] theta = draw(shape.hyperparameters(), 5);
        StateVariances values = sampled.space().orElseThrow().at(theta, 0);
        Matrix scaled = INPUTS.copy();
        for (int a = 0; a < ROWS && perFeature; a++) {
          for (int k = 0; k < 3; k++) {
            scaled.set(a, k, Math.sqrt(values.scales()[k]) * INPUTS.get(a, k));
          }
        }
        NetworkProblem given =
            NetworkProblem.of(
                Architecture.of(
                    Activations.byName(activation).orElseThrow(),
                    values.biases(),
                    values.weights()),
                scaled,
                TARGETS,
                values.noise());
        double[][] plain = new double[widths.length][];
        for (int l = 0; l < plain.length; l++) {
          plain[l] = draw(shape.width(l) * shape.fanIn(l), 10 + l);
        }
        double[] own = Coordinates.turned(given, given.shape(widths), plain);
        double[] u = Arrays.copyOf(Coordinates.turned(sampled, shape, plain), shape.coordinates());
        System.arraycopy(theta, 0, u, shape.weights(), theta.length);
        double expected = new CollapsedLikelihood(given, given.shape(widths)).value(own);
        CollapsedLikelihood likelihood = new CollapsedLikelihood(sampled, shape);
        assertThat(likelihood.value(u)).isCloseTo(expected, within(1e-11 * Math.abs(expected)));
        // Of kept states, where the values stand beside the weights.
        NetworkProblem kept =
            NetworkProblem.kept(
                Problems.network(activation, widths.length), INPUTS, TARGETS, 0.07, perFeature);
        assertThat(
                new CollapsedLikelihood(kept, kept.shape(widths))
                    .value(
                        Arrays.copyOf(u, shape.weights()),
                        StateVariances.of(values.numbers(), widths.length)))
            .isEqualTo(likelihood.value(u));
        assertThat(likelihood.hyperparameters(u).numbers()).isEqualTo(values.numbers());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "relu", "gelu", "erf", "sin", "tanh", "softplus"})
  void gradientsAreThoseOfDifferences(String activation) {
    for (boolean perFeature : new boolean[] {false, true}) {
      for (int[] widths : WIDTHS) {
        NetworkProblem problem = problem(activation, widths.length, perFeature);
        NetworkShape shape = problem.shape(widths);
        double[] u = draw(shape.coordinates(), 3);
        for (Readout form : forms(problem, shape)) {
          CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape, form);
          double[] gradient = new double[shape.coordinates()];
          likelihood.gradient(u, gradient);
          double scale = 0;
          for (int k = shape.weights(); k < gradient.length; k++) {
            scale = Math.max(scale, Math.abs(gradient[k]));
          }
          for (int k = shape.weights(); k < gradient.length; k++) {
            double[] along = new double[u.length];
            along[k] = 1;
            assertThat(gradient[k])
                .as(problem.space().orElseThrow().name(k - shape.weights()))
                .isCloseTo(difference(likelihood, u, along), within(1e-7 * scale));
          }
          // Weights, at hyperparameters that are not those that were given.
          double[] along = draw(u.length, 11);
          double slope = 0;
          for (int i = 0; i < u.length; i++) {
            along[i] /= Math.sqrt(u.length);
            slope += along[i] * gradient[i];
          }
          double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
          assertThat(slope).isCloseTo(difference(likelihood, u, along), within(1e-7 * norm));
        }
      }
    }
  }

  /** By two steps, so that the third derivative drops out. */
  private static double difference(CollapsedLikelihood likelihood, double[] u, double[] along) {
    double h = 1e-4;
    double near = likelihood.value(at(u, along, h)) - likelihood.value(at(u, along, -h));
    double far = likelihood.value(at(u, along, 2 * h)) - likelihood.value(at(u, along, -2 * h));
    return (8 * near - far) / (12 * h);
  }

  private static double[] at(double[] u, double[] along, double h) {
    double[] moved = u.clone();
    for (int i = 0; i < u.length; i++) {
      moved[i] += h * along[i];
    }
    return moved;
  }

  @Test
  void bothFormsAgree() {
    for (String activation : List.of("relu", "tanh", "linear")) {
      for (int[] widths : WIDTHS) {
        NetworkProblem problem = problem(activation, widths.length, true);
        NetworkShape shape = problem.shape(widths);
        double[] u = draw(shape.coordinates(), 4);
        double[][] gradients = new double[2][u.length];
        double[] values = new double[2];
        for (int form = 0; form < 2; form++) {
          values[form] =
              new CollapsedLikelihood(problem, shape, forms(problem, shape).get(form))
                  .gradient(u, gradients[form]);
        }
        double norm = Math.sqrt(Arrays.stream(gradients[1]).map(g -> g * g).sum());
        assertThat(values[0]).isCloseTo(values[1], within(1e-12 * Math.abs(values[1])));
        assertThat(gradients[0]).containsExactly(gradients[1], within(1e-12 * Math.max(1, norm)));
      }
    }
  }

  /** Sweeps move weights alone, and go by the noise and the variances of the state. */
  @Test
  void sweepsKnowTheLikelihoodTheyEndAt() {
    for (int[] widths : new int[][] {{5}, {30}, {4, 6}}) {
      NetworkProblem problem = problem("relu", widths.length, true);
      NetworkShape shape = problem.shape(widths);
      for (int form = 0; form < 2; form++) {
        CollapsedLikelihood likelihood =
            new CollapsedLikelihood(problem, shape, forms(problem, shape).get(form));
        NeuronSweep sweep = new NeuronSweep(likelihood);
        double[] u = draw(shape.coordinates(), 6);
        double[] theta = Arrays.copyOfRange(u, shape.weights(), u.length);
        for (int step = 0; step < 20; step++) {
          double value = sweep.move(u, 0.7, step % 2 == 1, new RandomStream(1, 2, 3, step, 5));
          // The noise is as small as it was drawn.
          assertThat(value).isCloseTo(likelihood.value(u), within(1e-9 * Math.abs(value)));
        }
        assertThat(Arrays.copyOfRange(u, shape.weights(), u.length)).isEqualTo(theta);
      }
    }
  }

  /** Fields stay, or functions do, while variances move. */
  @Test
  void sweepsOfVariancesKeepTheLikelihood() {
    for (String activation : List.of("tanh", "relu", "quadratic")) {
      for (boolean perFeature : new boolean[] {false, true}) {
        for (int[] widths : new int[][] {{5}, {30}, {4, 6}}) {
          NetworkProblem problem = problem(activation, widths.length, perFeature);
          NetworkShape shape = problem.shape(widths);
          CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape);
          VarianceSweep sweep =
              new VarianceSweep(
                  problem.space().orElseThrow(),
                  problem.rotation(),
                  problem.architecture().activation(),
                  shape);
          double[] u = draw(shape.coordinates(), 8);
          double start = likelihood.value(u);
          for (int step = 0; step < 10; step++) {
            double[] before = u.clone();
            sweep.move(u, step % 2 == 1, new RandomStream(1, 2, 3, step, 6));
            assertThat(u[shape.weights()]).isEqualTo(before[shape.weights()]);
            assertThat(u[shape.weights() + 1]).isNotEqualTo(before[shape.weights() + 1]);
            assertThat(u[0]).isNotEqualTo(before[0]);
          }
          assertThat(likelihood.value(u)).isCloseTo(start, within(1e-9 * Math.abs(start)));
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoPrior() {
    assertThatThrownBy(() -> new HyperparameterPrior(0, 1, 1, 0))
        .hasMessage("deviation 0.0 of log noise; it is positive");
    assertThatThrownBy(() -> new HyperparameterPrior(1, -1, 1, 0))
        .hasMessage("deviation -1.0 of log variances; it is 0 or positive");
    assertThatThrownBy(() -> new HyperparameterPrior(1, 1, Double.NaN, 0))
        .hasMessage("deviation NaN of log scales of features; it is 0 or positive");
    assertThatThrownBy(() -> HyperparameterPrior.weak(true).floor(1))
        .hasMessage("noise floor 1.0; it is from 0 to below 1");
  }

  private static List<Readout> forms(NetworkProblem problem, NetworkShape shape) {
    return List.of(
        new DenseReadout(problem, shape.features()),
        new WoodburyReadout(problem, shape.features()));
  }

  private static double[] draw(int count, long seed) {
    double[] u = new double[count];
    new RandomStream(seed, 0, 0, 0, 0).fill(u);
    return u;
  }
}
