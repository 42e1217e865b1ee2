package finitewidth.benchmark;

import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One published split of a UCI set, standardized by its training rows.
 *
 * @param targets training rows × 1, standardized
 * @param truth of the test rows, in the target's units
 * @param mean of the training targets, in their units
 * @param deviation of the training targets, in their units
 */
record UciSplit(
    Matrix inputs, Matrix targets, Matrix tests, double[] truth, double mean, double deviation) {

  /**
   * @param directory with data.txt and the indices of columns and rows
   * @param most training rows; a seeded subset where there are more
   */
  static UciSplit of(Path directory, int split, int most) throws IOException {
    return of(
        directory,
        some(indices(directory.resolve("index_train_" + split + ".txt")), most, split),
        indices(directory.resolve("index_test_" + split + ".txt")));
  }

  /**
   * The training rows of a split alone, a seeded tenth of which are held out as test rows: what
   * settings may be chosen on.
   *
   * @param most training rows that are left
   */
  static UciSplit pilot(Path directory, int split, int most) throws IOException {
    List<Integer> order =
        new ArrayList<>(
            Arrays.stream(indices(directory.resolve("index_train_" + split + ".txt")))
                .boxed()
                .toList());
    Collections.shuffle(order, new Random(split));
    int held = order.size() / 10;
    int[] training =
        order.subList(held, order.size()).stream().mapToInt(Integer::intValue).toArray();
    return of(
        directory,
        some(training, most, split),
        order.subList(0, held).stream().mapToInt(Integer::intValue).toArray());
  }

  private static UciSplit of(Path directory, int[] training, int[] tests) throws IOException {
    double[][] rows = numbers(directory.resolve("data.txt"));
    int[] features = indices(directory.resolve("index_features.txt"));
    int target = indices(directory.resolve("index_target.txt"))[0];
    double mean = mean(rows, training, target);
    double deviation = deviation(rows, training, target);
    Matrix targets = Matrix.zeros(training.length, 1);
    for (int a = 0; a < training.length; a++) {
      targets.set(a, 0, (rows[training[a]][target] - mean) / deviation);
    }
    return new UciSplit(
        design(rows, training, features, training),
        targets,
        design(rows, tests, features, training),
        Arrays.stream(tests).mapToDouble(x -> rows[x][target]).toArray(),
        mean,
        deviation);
  }

  private static int[] some(int[] rows, int most, int seed) {
    List<Integer> order = new ArrayList<>(Arrays.stream(rows).boxed().toList());
    if (order.size() > most) {
      Collections.shuffle(order, new Random(seed));
    }
    return order.stream().limit(most).mapToInt(Integer::intValue).sorted().toArray();
  }

  private static Matrix design(double[][] rows, int[] chosen, int[] features, int[] training) {
    Matrix design = Matrix.zeros(chosen.length, features.length);
    for (int k = 0; k < features.length; k++) {
      double mean = mean(rows, training, features[k]);
      double deviation = deviation(rows, training, features[k]);
      for (int a = 0; a < chosen.length; a++) {
        design.set(a, k, (rows[chosen[a]][features[k]] - mean) / deviation);
      }
    }
    return design;
  }

  private static double mean(double[][] rows, int[] chosen, int column) {
    return Arrays.stream(chosen).mapToDouble(a -> rows[a][column]).average().orElseThrow();
  }

  private static double deviation(double[][] rows, int[] chosen, int column) {
    double mean = mean(rows, chosen, column);
    double square =
        Arrays.stream(chosen)
            .mapToDouble(a -> Math.pow(rows[a][column] - mean, 2))
            .average()
            .orElseThrow();
    // A column that happens to be constant over the training rows says nothing.
    return square > 0 ? Math.sqrt(square) : 1;
  }

  private static int[] indices(Path file) throws IOException {
    return Files.readString(file)
        .strip()
        .lines()
        .mapToInt(line -> (int) Math.round(Double.parseDouble(line.strip())))
        .toArray();
  }

  private static double[][] numbers(Path file) throws IOException {
    return Files.readString(file)
        .lines()
        .filter(line -> !line.isBlank())
        .map(
            line ->
                Arrays.stream(line.strip().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray())
        .toArray(double[][]::new);
  }
}
