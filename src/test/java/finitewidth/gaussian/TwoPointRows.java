package finitewidth.gaussian;

import finitewidth.gaussian.activations.Activations;
import finitewidth.gaussian.lanes.Lanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Rows of pairs, ordinary and degenerate; and their results as one number. */
final class TwoPointRows {
  /** Long enough for unrolled loops of vectors, and not a multiple of any vector's length. */
  static final int LENGTH = 233;

  private TwoPointRows() {}

  /** Rows with their inputs filled; the same for the same seed. */
  static List<TwoPointRow> filled(boolean curvature, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TwoPointRow> result = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      result.add(filled(curvature, i, random));
    }
    return result;
  }

  private static TwoPointRow filled(boolean curvature, int number, SplittableRandom random) {
    TwoPointRow row = new TwoPointRow(LENGTH, curvature);
    row.k11 = number % 10 == 9 ? 0 : Math.exp(2 * random.nextGaussian());
    for (int i = 0; i < LENGTH; i++) {
      row.k22[i] = random.nextInt(4) == 0 ? row.k11 : Math.exp(2 * random.nextGaussian());
      double size = Math.sqrt(row.k11) * Math.sqrt(row.k22[i]);
      switch (random.nextInt(8)) {
        case 0 -> pair(row, i, row.k11, 0); // coinciding
        case 1 -> pair(row, i, size, row.k11 + row.k22[i] - 2 * size); // parallel
        case 2 -> pair(row, i, -size, row.k11 + row.k22[i] + 2 * size); // opposite
        case 3 -> { // no variance
          row.k22[i] = 0;
          pair(row, i, 0, row.k11);
        }
        case 4 -> { // merging
          double angle = Math.pow(10, -12 * random.nextDouble());
          double skew = Math.sqrt(row.k11) - Math.sqrt(row.k22[i]);
          double chord = 2 * Math.sin(angle / 2);
          pair(row, i, size * Math.cos(angle), skew * skew + size * chord * chord);
        }
        case 5 -> pair(row, i, 0, row.k11 + row.k22[i]); // at a right angle
        default -> {
          double k12 = size * (2 * random.nextDouble() - 1);
          pair(row, i, k12, row.k11 + row.k22[i] - 2 * k12);
        }
      }
    }
    return row;
  }

  private static void pair(TwoPointRow row, int i, double k12, double separation) {
    if (separation == 0) {
      row.k22[i] = row.k11;
    }
    row.k12[i] = k12;
    row.separation[i] = separation;
  }

  /** All result arrays the row has. */
  static List<double[]> results(TwoPointRow row) {
    List<double[]> first = List.of(row.mean, row.distance, row.d1, row.d2, row.dc);
    List<double[]> second = List.of(row.d11, row.d22, row.d12, row.d1c, row.d2c, row.dcc);
    List<double[]> all = new ArrayList<>(first);
    if (row.curvature()) {
      all.addAll(second);
    }
    return all;
  }

  /**
   * Prints whether the incubating module's vectors are to be had, then the bits of many rows in one
   * number for each activation.
   *
   * @param args how often to compute a row: often enough and it is compiled
   */
  public static void main(String[] args) {
    System.out.println(Lanes.available());
    int repetitions = Integer.parseInt(args[0]);
    for (String name : Activations.namesWithFourPoints()) {
      Activation activation = Activations.byName(name).orElseThrow();
      long digest = 0;
      for (TwoPointRow row : filled(true, 30, 3)) {
        for (int i = 0; i < repetitions; i++) {
          activation.twoPoint(row, LENGTH);
        }
        for (double[] result : results(row)) {
          digest = 31 * digest + Arrays.hashCode(result);
        }
      }
      System.out.println(name + " " + digest);
    }
  }
}
