package finitewidth.benchmark;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Real rows to measure on.
 *
 * @param inputs training rows, preprocessed
 * @param tests test rows
 * @param truth targets of the test rows, preprocessed as those of the training rows
 * @param widths of the hidden layers
 */
record Examples(
    String name,
    Architecture network,
    Matrix inputs,
    Matrix targets,
    double noise,
    Matrix tests,
    Matrix truth,
    Widths widths) {

  static Examples of(String name, int training, int tests) throws IOException {
    return name.equals("concrete") ? concrete(training, tests) : digits(training, tests);
  }

  /** The first rows after a seeded shuffle, as conf/concrete.conf has them. */
  private static Examples concrete(int training, int tests) throws IOException {
    double[][] rows = shuffled("concrete");
    int columns = rows[0].length;
    for (int k = 0; k < columns; k++) {
      double mean = 0;
      double square = 0;
      for (int a = 0; a < training; a++) {
        mean += rows[a][k] / training;
      }
      for (int a = 0; a < training; a++) {
        square += (rows[a][k] - mean) * (rows[a][k] - mean) / training;
      }
      for (double[] row : rows) {
        row[k] = (row[k] - mean) / Math.sqrt(square);
      }
    }
    Matrix targets = Matrix.zeros(training + tests, 1);
    for (int a = 0; a < training + tests; a++) {
      targets.set(a, 0, rows[a][columns - 1]);
    }
    return new Examples(
        "concrete",
        Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0.1, 2),
        block(rows, 0, training, columns - 1),
        block(targets, 0, training),
        0.05,
        block(rows, training, tests, columns - 1),
        block(targets, training, tests),
        Widths.of(256, 256));
  }

  /** As conf/digits.conf has them. */
  private static Examples digits(int training, int tests) throws IOException {
    double[][] rows = shuffled("digits");
    int features = rows[0].length - 1;
    Matrix targets = Matrix.zeros(training + tests, 10);
    for (int a = 0; a < rows.length; a++) {
      double square = 0;
      for (int k = 0; k < features; k++) {
        square += rows[a][k] * rows[a][k];
      }
      for (int k = 0; k < features; k++) {
        rows[a][k] *= Math.sqrt(features / square);
      }
      for (int i = 0; a < training + tests && i < 10; i++) {
        targets.set(a, i, (rows[a][features] == i ? 1 : 0) - 0.1);
      }
    }
    return new Examples(
        "digits",
        Architecture.of(
            Activations.byName("relu").orElseThrow(),
            new double[] {0, 0, 0},
            new double[] {2, 2, 0.5}),
        block(rows, 0, training, features),
        block(targets, 0, training),
        0.005,
        block(rows, training, tests, features),
        block(targets, training, tests),
        Widths.of(512, 512));
  }

  private static double[][] shuffled(String name) throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of("examples/" + name + ".csv"));
    for (String line : lines.subList(1, lines.size())) {
      rows.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
    }
    Collections.shuffle(rows, new Random(1));
    return rows.toArray(double[][]::new);
  }

  private static Matrix block(double[][] rows, int from, int count, int features) {
    Matrix block = Matrix.zeros(count, features);
    for (int a = 0; a < count; a++) {
      System.arraycopy(rows[from + a], 0, block.data(), a * features, features);
    }
    return block;
  }

  private static Matrix block(Matrix rows, int from, int count) {
    Matrix block = Matrix.zeros(count, rows.cols());
    System.arraycopy(rows.data(), from * rows.cols(), block.data(), 0, block.data().length);
    return block;
  }
}
