package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Both engines on rows of the example data: within three standard errors, and those not too wide.
 */
@Tag("slow")
class SampledRealDataTest {
  private static final int TESTS = 10;

  private final List<Double> deviations = new ArrayList<>();

  @Test
  void concrete() throws IOException {
    double[][] rows = rows("concrete", 25);
    int features = rows[0].length - 1;
    standardize(rows);
    Matrix targets = Matrix.zeros(40, 1);
    for (int a = 0; a < 40; a++) {
      targets.set(a, 0, rows[a][features]);
    }
    Architecture network =
        Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0.1, 2);
    compare(network, features(rows, features), targets, 0.05, Widths.of(256, 256));
    agree();
  }

  @Test
  void digits() throws IOException {
    double[][] rows = rows("digits", 35);
    int features = rows[0].length - 1;
    Matrix targets = Matrix.zeros(40, 10);
    for (int a = 0; a < 40; a++) {
      for (int i = 0; i < 10; i++) {
        targets.set(a, i, (rows[a][features] == i ? 1 : 0) - 0.1);
      }
    }
    for (double[] row : rows) {
      double square = 0;
      for (int k = 0; k < features; k++) {
        square += row[k] * row[k];
      }
      for (int k = 0; k < features; k++) {
        row[k] *= Math.sqrt(features / square);
      }
    }
    Architecture network =
        Architecture.of(
            Activations.byName("relu").orElseThrow(),
            new double[] {0, 0, 0},
            new double[] {2, 2, 0.5});
    compare(network, features(rows, features), targets, 0.005, Widths.of(512, 512));
    agree();
  }

  private void compare(
      Architecture network, Matrix inputs, Matrix targets, double noise, Widths widths) {
    int features = inputs.cols();
    Matrix training = Matrix.wrap(40, features, Arrays.copyOf(inputs.data(), 40 * features));
    Matrix tests =
        Matrix.wrap(
            TESTS,
            features,
            Arrays.copyOfRange(inputs.data(), 40 * features, (40 + TESTS) * features));
    ExactPosterior exact = Fit.of(network, training, targets, noise);
    SamplingFit sampled = SamplingFit.of(network, training, targets, noise, tests, 1, 1024, 64);
    note(
        sampled.logEvidence().delta(widths),
        sampled.logEvidence().error(widths),
        exact.logEvidence().delta(widths));
    for (int x = 0; x < TESTS; x++) {
      Prediction truth = exact.predictor().predict(tests.row(x));
      Prediction found = sampled.predictions().get(x);
      double deviation = Math.sqrt(truth.nngpVariance());
      for (int i = 0; i < targets.cols(); i++) {
        assertThat(found.at(widths).meanError()[i]).isLessThan(0.1 * deviation);
        note(
            found.at(widths).deltaMean()[i],
            found.at(widths).meanError()[i],
            truth.at(widths).deltaMean()[i]);
        note(
            found.at(widths).deltaVariance()[i],
            found.at(widths).varianceError()[i],
            truth.at(widths).deltaVariance()[i]);
      }
    }
  }

  private void note(double found, double error, double exact) {
    deviations.add((found - exact) / error);
  }

  private void agree() {
    long beyond = deviations.stream().filter(d -> Math.abs(d) > 3).count();
    assertThat(beyond).isLessThanOrEqualTo(1 + deviations.size() / 200);
    assertThat(deviations).allSatisfy(d -> assertThat(Math.abs(d)).isLessThan(4));
    double square = deviations.stream().mapToDouble(d -> d * d).average().orElseThrow();
    assertThat(Math.sqrt(square)).isBetween(0.5, 1.5);
  }

  /** Every {@code step}th row. */
  private static double[][] rows(String name, int step) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("examples/" + name + ".csv"));
    double[][] rows = new double[40 + TESTS][];
    for (int a = 0; a < rows.length; a++) {
      rows[a] =
          Arrays.stream(lines.get(1 + (a * step) % (lines.size() - 1)).split(","))
              .mapToDouble(Double::parseDouble)
              .toArray();
    }
    return rows;
  }

  private static void standardize(double[][] rows) {
    for (int k = 0; k < rows[0].length; k++) {
      double mean = 0;
      double square = 0;
      for (double[] row : rows) {
        mean += row[k] / rows.length;
      }
      for (double[] row : rows) {
        square += (row[k] - mean) * (row[k] - mean) / rows.length;
      }
      for (double[] row : rows) {
        row[k] = (row[k] - mean) / Math.sqrt(square);
      }
    }
  }

  private static Matrix features(double[][] rows, int features) {
    Matrix matrix = Matrix.zeros(rows.length, features);
    for (int a = 0; a < rows.length; a++) {
      for (int k = 0; k < features; k++) {
        matrix.set(a, k, rows[a][k]);
      }
    }
    return matrix;
  }
}
