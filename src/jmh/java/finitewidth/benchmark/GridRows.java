package finitewidth.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * All rows of a set.
 *
 * @param inputs rows of features
 * @param targets rows of targets; of classes one for each, 1 or 0 less its mean
 */
record GridRows(double[][] inputs, double[][] targets) {

  /**
   * Reads a set: of the examples, or of the directory of the UCI splits.
   *
   * @param classes of digits, from 0
   */
  static GridRows of(Path data, String set, int classes) throws IOException {
    Path example = Path.of("examples", set + ".csv");
    double[][] rows =
        Files.exists(example)
            ? numbers(example, ",", 1)
            : numbers(data.resolve(set).resolve("data.txt"), "\\s+", 0);
    int features = rows[0].length - 1;
    List<double[]> inputs = new ArrayList<>();
    List<double[]> targets = new ArrayList<>();
    for (double[] row : rows) {
      double last = row[features];
      if (!set.equals("digits")) {
        inputs.add(Arrays.copyOf(row, features));
        targets.add(new double[] {last});
      } else if (last < classes) {
        inputs.add(unit(Arrays.copyOf(row, features)));
        double[] code = new double[classes];
        Arrays.fill(code, -1.0 / classes);
        code[(int) last] += 1;
        targets.add(code);
      }
    }
    return new GridRows(inputs.toArray(double[][]::new), targets.toArray(double[][]::new));
  }

  private static double[] unit(double[] row) {
    double square = 0;
    for (double each : row) {
      square += each * each / row.length;
    }
    for (int k = 0; k < row.length; k++) {
      row[k] /= Math.sqrt(square);
    }
    return row;
  }

  private static double[][] numbers(Path file, String separator, int heads) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(heads)
        .filter(line -> !line.isBlank())
        .map(
            line ->
                Arrays.stream(line.strip().split(separator))
                    .mapToDouble(Double::parseDouble)
                    .toArray())
        .toArray(double[][]::new);
  }

  /** Seeded training and test rows, standardized by the training rows; images stay as they are. */
  GridProblem.Rows some(int training, int tests, int seed) {
    List<Integer> order = new ArrayList<>();
    for (int a = 0; a < inputs.length; a++) {
      order.add(a);
    }
    Collections.shuffle(order, new Random(seed));
    List<Integer> chosen = order.subList(0, training);
    List<Integer> others = order.subList(training, training + tests);
    boolean images = targets[0].length > 1;
    double[][] x = images ? inputs : standardized(inputs, chosen);
    double[][] y = images ? targets : standardized(targets, chosen);
    return new GridProblem.Rows(rows(x, chosen), rows(y, chosen), rows(x, others));
  }

  private static double[][] rows(double[][] of, List<Integer> numbers) {
    return numbers.stream().map(a -> of[a]).toArray(double[][]::new);
  }

  private static double[][] standardized(double[][] rows, List<Integer> by) {
    int columns = rows[0].length;
    double[][] scaled = new double[rows.length][columns];
    for (int k = 0; k < columns; k++) {
      int column = k;
      double mean = by.stream().mapToDouble(a -> rows[a][column]).average().orElseThrow();
      double square =
          by.stream()
              .mapToDouble(a -> (rows[a][column] - mean) * (rows[a][column] - mean))
              .average()
              .orElseThrow();
      // A column that happens to be constant over the training rows says nothing.
      double deviation = square > 0 ? Math.sqrt(square) : 1;
      for (int a = 0; a < rows.length; a++) {
        scaled[a][k] = (rows[a][k] - mean) / deviation;
      }
    }
    return scaled;
  }
}
