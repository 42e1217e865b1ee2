package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Conditioned;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rows of concrete: linear networks, of which quadrature over one scale knows everything, and the
 * log evidence that long runs of a prototype have found for ReLU.
 */
@Tag("slow")
class ConcreteChainsTest {
  private static final JsonNode LINEAR = Golden.list("/golden/sampler.json", "real").get(0);

  /** Scaled with means and deviations of the training rows. */
  private record Rows(Matrix inputs, Matrix targets, Matrix tests) {
    static Rows of(int count) throws IOException {
      double[][] all =
          Files.readAllLines(Path.of("examples/concrete.csv")).stream()
              .skip(1)
              .map(
                  line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
              .toArray(double[][]::new);
      int[] train = numbers("train_rows", count);
      int[] test = numbers("test_rows", 10);
      int columns = all[0].length;
      double[] mean = new double[columns];
      double[] deviation = new double[columns];
      for (int j = 0; j < columns; j++) {
        int column = j;
        double[] own = IntStream.of(train).mapToDouble(row -> all[row][column]).toArray();
        mean[j] = Arrays.stream(own).average().orElseThrow();
        double square = 0;
        for (double one : own) {
          square += (one - mean[j]) * (one - mean[j]);
        }
        deviation[j] = Math.sqrt(square / count);
      }
      for (double[] row : all) {
        for (int j = 0; j < columns; j++) {
          row[j] = (row[j] - mean[j]) / deviation[j];
        }
      }
      return new Rows(
          cut(all, train, 0, columns - 1),
          cut(all, train, columns - 1, columns),
          cut(all, test, 0, columns - 1));
    }

    private static int[] numbers(String name, int count) {
      return IntStream.range(0, count).map(k -> LINEAR.get(name).get(k).asInt()).toArray();
    }

    private static Matrix cut(double[][] all, int[] rows, int from, int to) {
      return Matrix.copyOf(
          IntStream.of(rows)
              .mapToObj(row -> Arrays.copyOfRange(all[row], from, to))
              .toArray(double[][]::new));
    }
  }

  private static Conditioned fit(Rows rows, String activation, double weight, Chains chains) {
    Architecture network =
        Architecture.uniform(Activations.byName(activation).orElseThrow(), 1, 0.1, weight);
    return SmallChains.fit(
        SmallChains.conditioning(network, rows.inputs(), rows.targets(), 0.05),
        chains,
        rows.tests());
  }

  @Test
  void linearNetworksAgreeWithQuadrature() throws IOException {
    Rows rows = Rows.of(200);
    Widths widths = Widths.of(16);
    Conditioned fitted =
        fit(rows, "linear", 1, new Chains(List.of(widths), 16, 500, 1600, 1000, 1));
    double error = fitted.posterior().logEvidence().error(widths);
    assertThat(error).isLessThan(0.1);
    assertThat(fitted.posterior().logEvidence().at(widths))
        .isCloseTo(LINEAR.get("logZ").asDouble(), within(4 * error));
    double[] mean = Golden.flat(LINEAR.get("mean"));
    double[] variance = Golden.flat(LINEAR.get("var"));
    List<Predictive> found = SmallChains.predict(fitted, rows.tests(), widths);
    for (int x = 0; x < mean.length; x++) {
      Predictive row = found.get(x);
      assertThat(row.mean()[0]).isCloseTo(mean[x], within(4 * row.meanError()[0]));
      assertThat(row.variance()[0]).isCloseTo(variance[x], within(4 * row.varianceError()[0]));
    }
    assertThat(fitted.warnings("", widths)).isEmpty();
  }

  @Test
  void theEvidenceOfReluNetworksIsThatOfLongRuns() throws IOException {
    for (JsonNode golden : Golden.list("/golden/sampler.json", "real_logZ")) {
      int count = golden.get("P").asInt();
      Widths widths = Widths.of(16);
      Conditioned fitted =
          fit(Rows.of(count), "relu", 2, new Chains(List.of(widths), 8, 200, 80, 3000, 1));
      double error =
          Math.hypot(
              fitted.posterior().logEvidence().error(widths), golden.get("logZ_se").asDouble());
      assertThat(error).isLessThan(2.5);
      assertThat(fitted.posterior().logEvidence().at(widths))
          .isCloseTo(golden.get("logZ").asDouble(), within(4 * error));
    }
  }
}
