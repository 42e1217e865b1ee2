package finitewidth.oracle;

import finitewidth.linalg.Matrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** Seeded choices of standardised rows of csv files whose last column is the target. */
public final class RealRows {
  private RealRows() {}

  /**
   * Rows of a data set: {@code concrete} and {@code digits} of the examples, or the path of a csv
   * or csv.gz file.
   *
   * @return rows × features, every feature of mean 0 and variance 1 or constant 0
   */
  public static Matrix standardised(String data, int rows, long seed) {
    List<double[]> all = new ArrayList<>(read(path(data)));
    Collections.shuffle(all, new Random(seed));
    List<double[]> chosen = all.subList(0, rows);
    int features = chosen.get(0).length;
    Matrix matrix = Matrix.zeros(rows, features);
    for (int j = 0; j < features; j++) {
      int column = j;
      double mean = chosen.stream().mapToDouble(x -> x[column]).average().orElseThrow();
      double variance =
          chosen.stream().mapToDouble(x -> square(x[column] - mean)).average().orElseThrow();
      for (int i = 0; i < rows; i++) {
        matrix.set(i, j, variance > 0 ? (chosen.get(i)[j] - mean) / Math.sqrt(variance) : 0);
      }
    }
    return matrix;
  }

  private static double square(double x) {
    return x * x;
  }

  private static Path path(String data) {
    return data.endsWith(".csv") || data.endsWith(".gz")
        ? Path.of(data)
        : Path.of("examples", data + ".csv");
  }

  private static List<double[]> read(Path path) {
    try (InputStream file = Files.newInputStream(path);
        InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(RealRows::features).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] features(String line) {
    List<String> cells = List.of(line.split(",", -1));
    return cells.subList(0, cells.size() - 1).stream().mapToDouble(Double::parseDouble).toArray();
  }
}
