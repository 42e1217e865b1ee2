package finitewidth.oracle;

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
 * Rows of a regression in examples/, in a seeded order, every column standardized.
 *
 * @param targets rows × 1
 */
public record RealData(Matrix inputs, Matrix targets) {

  /** The first rows of the order. */
  public static RealData of(String name, int count) throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of("examples/" + name + ".csv"));
    for (String line : lines.subList(1, lines.size())) {
      rows.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
    }
    Collections.shuffle(rows, new Random(1));
    int features = rows.get(0).length - 1;
    Matrix inputs = Matrix.zeros(count, features);
    Matrix targets = Matrix.zeros(count, 1);
    for (int k = 0; k <= features; k++) {
      double mean = 0;
      double square = 0;
      for (int a = 0; a < count; a++) {
        mean += rows.get(a)[k] / count;
      }
      for (int a = 0; a < count; a++) {
        square += Math.pow(rows.get(a)[k] - mean, 2) / count;
      }
      for (int a = 0; a < count; a++) {
        double value = (rows.get(a)[k] - mean) / Math.sqrt(square);
        (k < features ? inputs : targets).set(a, k < features ? k : 0, value);
      }
    }
    return new RealData(inputs, targets);
  }
}
