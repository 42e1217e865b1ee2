package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.gaussian.quadrature.QuadratureActivation;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log likelihood of hidden weights, its gradient, and the moves of one neuron. */
class CollapsedLikelihoodTest {
  private static final String[] ALL = {
    "linear",
    "quadratic",
    "relu",
    "leaky-relu",
    "gelu",
    "erf",
    "sin",
    "cos",
    "tanh",
    "silu",
    "softplus",
    "elu"
  };

  static List<GoldenNetwork> units() {
    return GoldenNetwork.list("unit");
  }

  @ParameterizedTest
  @MethodSource("units")
  void agreesWithThePrototype(GoldenNetwork golden) {
    NetworkProblem problem = golden.problem();
    NetworkShape shape = problem.shape(golden.widths());
    double[] u = Coordinates.turned(problem, shape, golden.plainWeights(shape));
    for (Readout form : forms(problem, shape)) {
      CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape, form);
      double[] gradient = new double[shape.weights()];
      assertThat(likelihood.gradient(u, gradient))
          .isCloseTo(golden.json().get("loglik").asDouble(), relative(1e-12, 10));
      assertThat(likelihood.value(u))
          .isCloseTo(golden.json().get("loglik").asDouble(), relative(1e-12, 10));
      assertThat(Coordinates.plainGradient(problem, shape, gradient))
          .containsExactly(Golden.flat(golden.json().get("grad")), within(1e-11));
    }
  }

  private static List<Readout> forms(NetworkProblem problem, NetworkShape shape) {
    return List.of(
        new DenseReadout(problem, shape.features()),
        new WoodburyReadout(problem, shape.features()));
  }

  private static Offset<Double> relative(double part, double of) {
    return within(part * of);
  }

  private static NetworkProblem problem(String activation, int rows, int hidden) {
    return problem(activation, rows, hidden, 2);
  }

  private static NetworkProblem problem(String activation, int rows, int hidden, int outputs) {
    return NetworkProblem.of(
        Problems.network(activation, hidden),
        Problems.gaussian(rows, 3, 1),
        Problems.gaussian(rows, outputs, 2),
        0.07);
  }

  private static double[] draw(NetworkShape shape, long seed) {
    double[] u = new double[shape.weights()];
    new RandomStream(seed, 0, 0, 0, 0).fill(u);
    return u;
  }

  /** Unequal widths, variances that differ from layer to layer, two outputs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "quadratic",
        "relu",
        "leaky-relu",
        "gelu",
        "erf",
        "sin",
        "cos",
        "tanh",
        "silu",
        "softplus",
        "elu"
      })
  void gradientsAreThoseOfDifferences(String activation) {
    for (int[] widths : new int[][] {{5}, {20}, {4, 6}, {7, 3, 30}}) {
      NetworkProblem problem = problem(activation, 12, widths.length);
      NetworkShape shape = problem.shape(widths);
      double[] u = draw(shape, 3);
      for (Readout form : forms(problem, shape)) {
        CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape, form);
        double[] gradient = new double[shape.weights()];
        likelihood.gradient(u, gradient);
        double scale = norm(gradient);
        for (long direction = 0; direction < 3; direction++) {
          double[] along = draw(shape, 10 + direction);
          double unit = 1 / norm(along);
          double slope = 0;
          for (int i = 0; i < along.length; i++) {
            along[i] *= unit;
            slope += along[i] * gradient[i];
          }
          assertThat(slope).isCloseTo(difference(likelihood, u, along), within(1e-7 * scale));
        }
      }
    }
  }

  /** Between the ends of a trajectory gradients are the same to single precision. */
  @ParameterizedTest
  @CsvSource({"relu, 1", "relu, 2", "leaky-relu, 2", "tanh, 1", "tanh, 2", "gelu, 2"})
  void singlePrecisionIsNearBetween(String activation, int outputs) {
    HyperparameterPrior prior = new HyperparameterPrior(1, 0.7, 0.8, 1e-4);
    for (int[] widths : new int[][] {{1}, {5}, {20}, {4, 6}}) {
      NetworkProblem given = problem(activation, 12, widths.length, outputs);
      NetworkProblem sampled =
          NetworkProblem.of(
              Problems.network(activation, widths.length),
              Problems.gaussian(12, 3, 1),
              Problems.gaussian(12, outputs, 2),
              0.07,
              prior);
      for (NetworkProblem problem : List.of(given, sampled)) {
        NetworkShape shape = problem.shape(widths);
        for (Readout form : forms(problem, shape)) {
          CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape, form);
          // Twice, with other hyperparameters: those of the state before are forgotten.
          for (long seed = 3; seed < 5; seed++) {
            double[] u = new double[shape.coordinates()];
            new RandomStream(seed, 0, 0, 0, 0).fill(u);
            double[] near = new double[u.length];
            double[] exact = new double[u.length];
            assertThat(likelihood.between(u, near)).isTrue();
            likelihood.gradient(u, exact);
            assertThat(near).containsExactly(exact, within(2e-5 * norm(exact)));
          }
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

  private static double norm(double[] x) {
    double square = 0;
    for (double one : x) {
      square += one * one;
    }
    return Math.sqrt(square);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bothFormsAgree(int outputs) {
    for (String activation : ALL) {
      for (int[] widths : new int[][] {{5}, {11}, {40}, {9, 13}}) {
        NetworkProblem problem = problem(activation, 12, widths.length, outputs);
        NetworkShape shape = problem.shape(widths);
        double[] u = draw(shape, 4);
        double[][] gradients = new double[2][shape.weights()];
        double[] values = new double[2];
        for (int form = 0; form < 2; form++) {
          values[form] =
              new CollapsedLikelihood(problem, shape, forms(problem, shape).get(form))
                  .gradient(u, gradients[form]);
        }
        assertThat(values[0]).isCloseTo(values[1], relative(1e-12, Math.abs(values[1])));
        assertThat(gradients[0])
            .containsExactly(gradients[1], relative(1e-12, Math.max(1, norm(gradients[1]))));
      }
    }
  }

  @Test
  void neuronsAreTakenOutAndPutBack() {
    for (int[] widths : new int[][] {{5}, {30}, {4, 6}}) {
      NetworkProblem problem = problem("tanh", 12, widths.length);
      NetworkShape shape = problem.shape(widths);
      for (Readout form : forms(problem, shape)) {
        CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape, form);
        double[] u = draw(shape, 5);
        double start = likelihood.value(u);
        HiddenLayers layers = likelihood.layers();
        OneNeuron rest = form.neurons(layers.last());
        int last = shape.layers() - 1;
        int fanIn = shape.fanIn(last);
        int width = shape.width(last);
        double[] others = new double[width * fanIn];
        new RandomStream(7, 1, 0, 0, 0).fill(others);
        double[] likely = new double[width * problem.rows()];
        layers.neurons(others, width, likely);
        double[] f = new double[problem.rows()];
        rest.begin(0, width, likely, width);
        for (int neuron : new int[] {1, width - 1, 2}) {
          int at = shape.offset(last) + neuron * fanIn;
          double before = rest.remove(neuron);
          layers.neurons(Arrays.copyOfRange(u, at, at + fanIn), 1, f);
          assertThat(rest.at(f)).isCloseTo(before, within(1e-11));
          rest.putBack();
          rest.end();
          rest.begin(0, width, likely, width);
          assertThat(rest.remove(neuron)).isCloseTo(before, within(1e-11));
          System.arraycopy(likely, neuron * problem.rows(), f, 0, f.length);
          double after = rest.atPlace(neuron);
          // Places are asked for once, and any features as often as one likes.
          assertThat(rest.at(f)).isCloseTo(after, within(1e-11));
          rest.insert(new OneNeuron.Places(0, width));
          start += after - before;
          System.arraycopy(others, neuron * fanIn, u, at, fanIn);
          assertThat(new CollapsedLikelihood(problem, shape).value(u))
              .isCloseTo(start, relative(1e-11, Math.abs(start)));
        }
        rest.end();
        rest.begin(width - 1, 1, likely, 1);
        double before = rest.remove(width - 1);
        double after = rest.atPlace(0);
        rest.insert(new OneNeuron.Places(0, 0));
        rest.end();
        System.arraycopy(others, 0, u, shape.offset(last) + (width - 1) * fanIn, fanIn);
        assertThat(new CollapsedLikelihood(problem, shape).value(u))
            .isCloseTo(start + after - before, relative(1e-11, Math.abs(start)));
      }
    }
  }

  @Test
  void sweepsKnowTheLikelihoodTheyEndAt() {
    for (String activation : List.of("relu", "tanh")) {
      for (int[] widths : new int[][] {{5}, {30}, {4, 6}}) {
        NetworkProblem problem = problem(activation, 12, widths.length);
        NetworkShape shape = problem.shape(widths);
        double[][] ends = new double[2][];
        for (int form = 0; form < 2; form++) {
          CollapsedLikelihood likelihood =
              new CollapsedLikelihood(problem, shape, forms(problem, shape).get(form));
          NeuronSweep sweep = new NeuronSweep(likelihood);
          double[] u = draw(shape, 6);
          for (int step = 0; step < 20; step++) {
            double value = sweep.move(u, 0.7, step % 2 == 1, new RandomStream(1, 2, 3, step, 5));
            assertThat(value).isCloseTo(likelihood.value(u), relative(1e-11, Math.abs(value)));
          }
          ends[form] = u;
        }
        // The same decisions, and so the same weights.
        assertThat(ends[0]).containsExactly(ends[1], within(1e-9));
      }
    }
  }

  @Test
  void refusesWhatCannotBe() {
    Matrix x = Problems.gaussian(6, 2, 1);
    Matrix y = Problems.gaussian(6, 1, 2);
    Architecture relu = Problems.network("relu", 1);
    assertThatThrownBy(() -> NetworkProblem.of(relu, x, y, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("{NOISE_VARIANCE} = 0.0; ");
    NetworkProblem problem = NetworkProblem.of(relu, x, y, 0.1);
    assertThatThrownBy(() -> problem.shape(0)).hasMessage("hidden width 0; at least 1 is needed");
    assertThatThrownBy(() -> problem.shape(3, 3)).hasMessage("2 widths for 1 hidden layers");
    assertThatThrownBy(() -> problem.shape(1 << 30)).hasMessageContaining("memory");
    Architecture unknown =
        Architecture.uniform(new QuadratureActivation("a.B", z -> Math.max(z, 0)), 1, 0.1, 2);
    assertThatThrownBy(() -> NetworkProblem.of(unknown, x, y, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a.B has no derivative");
  }

  /** Tasks get problems so. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky-relu", "gelu", "sin", "tanh", "elu"})
  void problemsCanBeSent(String activation) throws IOException, ClassNotFoundException {
    NetworkProblem problem = problem(activation, 12, 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(problem);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      NetworkProblem there = (NetworkProblem) in.readObject();
      NetworkShape shape = problem.shape(5);
      double[] u = draw(shape, 3);
      double[] own = new double[u.length];
      double[] sent = new double[u.length];
      double value = new CollapsedLikelihood(problem, shape).gradient(u, own);
      assertThat(new CollapsedLikelihood(there, shape).gradient(u, sent)).isEqualTo(value);
      assertThat(sent).isEqualTo(own);
    }
  }

  @Test
  void everyNamedActivationHasADerivative() {
    assertThat(Activations.names())
        .allMatch(name -> Activations.byName(name).orElseThrow().derivative().isPresent());
  }
}
