package finitewidth.gaussian.relu;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.RealRows;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The largest deviation of ReLU moments at the default tolerance from references of 200 nodes, over
 * 100,000 random quadruples of real rows for each data set; half the sets of rows have copies with
 * noise of 1e-6.
 *
 * <p>References: the same integral with 200 nodes, and, where no two or three of the points are
 * nearly dependent, {@link TheoryReluMoment} with 200 nodes. Deviations are relative to a moment's
 * natural scale, (3/2)(K_aa K_bb K_cc K_dd)^½.
 */
public final class MomentAccuracy {
  private static final int QUADRUPLES = 100_000;
  private static final int ROWS = 200;
  private static final int NODES = 200;
  private static final double TOLERANCE = 1e-9;

  /** Determinants of correlations below this count as zero. */
  private static final double DEPENDENT = 1e-6;

  private MomentAccuracy() {}

  /** Arguments: the data sets, as {@link RealRows} names them. */
  public static void main(String[] data) {
    System.out.println(
        "| data | layer | rows | quadruples | from 200 nodes | from the older formula | of these"
            + " |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String set : data.length == 0 ? List.of("concrete", "digits") : List.of(data)) {
      for (boolean copies : new boolean[] {false, true}) {
        measure(set, copies);
      }
    }
  }

  private static void measure(String set, boolean copies) {
    Matrix rows = RealRows.standardised(set, ROWS, 1);
    if (copies) {
      rows = withCopies(rows);
    }
    Architecture network =
        Architecture.uniform(Activations.byName("relu").orElseThrow(), 3, 0.1, 2.0);
    SampleFlow flow = SampleFlow.of(network, rows);
    for (int layer = 0; layer < 3; layer++) {
      measure(set, copies, layer, flow.kernel(layer));
    }
  }

  private static void measure(String set, boolean copies, int layer, Matrix kernel) {
    FourPoint tested = new ReluFourPoint(kernel, TOLERANCE);
    FourPoint reference =
        new ReluFourPoint(kernel, ReluLoops.scalars(), new AngleNodes(rung -> NODES));
    TheoryReluMoment theory = new TheoryReluMoment(NODES);
    SplittableRandom random = new SplittableRandom(3);
    double[] found = new double[1];
    double[] exact = new double[1];
    double worst = 0;
    double worstOfTheory = 0;
    int ofTheory = 0;
    for (int q = 0; q < QUADRUPLES; q++) {
      int[] p = random.ints(0, kernel.rows()).distinct().limit(4).toArray();
      if (copies && q % 2 == 0) {
        // A row and its copy.
        p[1] = (p[0] + ROWS) % (2 * ROWS);
        if (p[2] == p[1] || p[3] == p[1]) {
          continue;
        }
      }
      double scale = 1.5;
      for (int i : p) {
        scale *= Math.sqrt(kernel.get(i, i));
      }
      tested.distinct(p[0], p[1], p[2], p[3], p[3] + 1, found);
      reference.distinct(p[0], p[1], p[2], p[3], p[3] + 1, exact);
      worst = Math.max(worst, Math.abs(found[0] - exact[0]) / scale);
      if (!near(kernel, p)) {
        double value =
            theory.of(
                correlation(kernel, p[0], p[1]),
                correlation(kernel, p[0], p[2]),
                correlation(kernel, p[0], p[3]),
                correlation(kernel, p[1], p[2]),
                correlation(kernel, p[1], p[3]),
                correlation(kernel, p[2], p[3]));
        worstOfTheory = Math.max(worstOfTheory, Math.abs(found[0] / scale * 1.5 - value) / 1.5);
        ofTheory++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s%s | %d | %d | %d | %.1e | %.1e | %d |%n",
        set.substring(set.lastIndexOf('/') + 1).replace(".csv.gz", ""),
        copies ? " with copies" : "",
        layer + 1,
        kernel.rows(),
        QUADRUPLES,
        worst,
        worstOfTheory,
        ofTheory);
  }

  /**
   * Whether three of the points are so nearly dependent that the older formula cancels, as three
   * rows are that differ in one feature only, or any three of which two nearly coincide or are
   * opposite.
   */
  private static boolean near(Matrix kernel, int[] points) {
    for (int i = 0; i < 4; i++) {
      double first = correlation(kernel, points[(i + 1) % 4], points[(i + 2) % 4]);
      double second = correlation(kernel, points[(i + 2) % 4], points[(i + 3) % 4]);
      double third = correlation(kernel, points[(i + 3) % 4], points[(i + 1) % 4]);
      double determinant =
          1 + 2 * first * second * third - first * first - second * second - third * third;
      if (determinant < DEPENDENT) {
        return true;
      }
    }
    return false;
  }

  private static double correlation(Matrix kernel, int i, int j) {
    return kernel.get(i, j) / Math.sqrt(kernel.get(i, i) * kernel.get(j, j));
  }

  /** All rows, and again with noise of 1e-6. */
  private static Matrix withCopies(Matrix rows) {
    SplittableRandom random = new SplittableRandom(2);
    Matrix twice = Matrix.zeros(2 * rows.rows(), rows.cols());
    for (int i = 0; i < twice.rows(); i++) {
      for (int j = 0; j < rows.cols(); j++) {
        double noise = i < ROWS ? 0 : 1e-6 * random.nextGaussian();
        twice.set(i, j, rows.get(i % ROWS, j) + noise);
      }
    }
    return twice;
  }
}
