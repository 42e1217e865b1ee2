package finitewidth.data;

import finitewidth.linalg.ExactSum;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * What two passes over rows add up for {@link ColumnMoments}: first the sum and the range of every
 * column, then its squares about the mean. Sums are exact, so it does not matter in which order and
 * grouping rows come.
 */
public final class ColumnSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A column is constant where its values spread over so many units in the last place at most. */
  private static final double ROUNDING = 8;

  private final Centre[] centres;
  private final ExactSum[] sums;
  private final double[] least;
  private final double[] most;
  private long rows;

  /**
   * Where a column is, and how far its values are from there.
   *
   * @param largest |x − mean|; 0 where all values are equal up to rounding
   */
  private record Centre(double mean, double largest) implements Serializable {
    /** The square of a value about the mean, over the largest one. */
    double square(double x) {
      double part = (x - mean) / largest;
      return part * part;
    }
  }

  private ColumnSums(int columns, Centre[] centres) {
    this.centres = centres;
    sums = IntStream.range(0, columns).mapToObj(j -> new ExactSum()).toArray(ExactSum[]::new);
    least = IntStream.range(0, columns).mapToDouble(j -> Double.POSITIVE_INFINITY).toArray();
    most = IntStream.range(0, columns).mapToDouble(j -> Double.NEGATIVE_INFINITY).toArray();
  }

  /** For the first pass. */
  public static ColumnSums first(int columns) {
    return new ColumnSums(columns, new Centre[0]);
  }

  /** For the second pass, after this first one. */
  public ColumnSums second() {
    Centre[] next = new Centre[sums.length];
    for (int j = 0; j < next.length; j++) {
      double mean = sums[j].value() / rows;
      double size = Math.max(Math.abs(least[j]), Math.abs(most[j]));
      // A spread of subnormal numbers is one all the same: their last place does not shrink.
      boolean constant =
          least[j] == most[j]
              || (size >= Double.MIN_NORMAL && most[j] - least[j] <= ROUNDING * Math.ulp(size));
      next[j] =
          constant
              ? new Centre(least[j], 0)
              : new Centre(mean, Math.max(most[j] - mean, mean - least[j]));
    }
    return new ColumnSums(next.length, next);
  }

  /** Takes rows in. */
  public void add(Matrix block) {
    double[] data = block.data();
    int at = 0;
    for (int i = 0; i < block.rows(); i++) {
      for (int j = 0; j < sums.length; j++) {
        double x = data[at++];
        if (centres.length == 0) {
          sums[j].add(x);
          least[j] = Math.min(least[j], x);
          most[j] = Math.max(most[j], x);
        } else if (centres[j].largest() > 0) {
          sums[j].add(centres[j].square(x));
        }
      }
    }
    rows += block.rows();
  }

  /** Takes in what others have added up. */
  public void add(ColumnSums other) {
    for (int j = 0; j < sums.length; j++) {
      sums[j].add(other.sums[j]);
      least[j] = Math.min(least[j], other.least[j]);
      most[j] = Math.max(most[j], other.most[j]);
    }
    rows += other.rows;
  }

  /** The moments, after the second pass. */
  public ColumnMoments moments() {
    double[] means = new double[sums.length];
    double[] deviations = new double[sums.length];
    for (int j = 0; j < sums.length; j++) {
      means[j] = centres[j].mean();
      deviations[j] = centres[j].largest() * Math.sqrt(sums[j].value() / rows);
    }
    return new ColumnMoments(means, deviations);
  }
}
