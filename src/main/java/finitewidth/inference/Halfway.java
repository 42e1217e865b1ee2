package finitewidth.inference;

import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows halfway between pairs of training rows, for engines that look at rows where there are none
 * to be predicted: at training rows themselves the posterior is far better known than where rows
 * will come from.
 */
public final class Halfway {
  private Halfway() {}

  /**
   * So many rows, each halfway between a training row and another by chance.
   *
   * @param rows at least 2
   */
  public static List<double[]> between(Matrix rows, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> between = new ArrayList<>();
    for (int tries = 0; tries < count; tries++) {
      int first = tries % rows.rows();
      int second = (first + 1 + random.nextInt(rows.rows() - 1)) % rows.rows();
      double[] middle = rows.row(first);
      for (int j = 0; j < middle.length; j++) {
        middle[j] = 0.5 * (middle[j] + rows.get(second, j));
      }
      between.add(middle);
    }
    return between;
  }
}
