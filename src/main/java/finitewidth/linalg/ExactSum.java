package finitewidth.linalg;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The sum of doubles without any rounding but the last: the same bits in whatever order and
 * grouping terms come, so that sums over rows do not depend on how rows are spread.
 *
 * <p>The running sum is an expansion, a list of doubles of increasing magnitude that do not overlap
 * (J. R. Shewchuk, <i>Adaptive precision floating-point arithmetic</i>, 1997); a term costs a few
 * additions for each of the two or three that there usually are.
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private double[] parts = new double[4];
  private int size;

  /** The sum of terms that are not finite, or 0. */
  private double special;

  /** Adds a term. NaN and infinities make the sum what they would make any sum. */
  public void add(double term) {
    double carried = term;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double part = parts[i];
      double sum = carried + part;
      double moved = sum - carried;
      double rest = (carried - (sum - moved)) + (part - moved);
      if (rest != 0) {
        parts[kept++] = rest;
      }
      carried = sum;
    }
    if (!Double.isFinite(carried)) {
      special += carried;
      size = 0;
      return;
    }
    if (kept == parts.length) {
      parts = Arrays.copyOf(parts, 2 * kept);
    }
    parts[kept] = carried;
    size = kept + 1;
  }

  /** Adds all terms of another sum. */
  public void add(ExactSum other) {
    for (int i = 0; i < other.size; i++) {
      add(other.parts[i]);
    }
    special += other.special;
  }

  /** The sum, rounded once to the nearest double; of two nearest ones the even one. */
  public double value() {
    if (special != 0) { // NaN too
      return special;
    }
    int i = size;
    double high = i == 0 ? 0 : parts[--i];
    double low = 0;
    while (i > 0 && low == 0) {
      double part = parts[--i];
      double sum = high + part;
      low = part - (sum - high);
      high = sum;
    }
    // Halfway between two doubles, what is below decides.
    if (i > 0 && low != 0 && Math.signum(low) == Math.signum(parts[i - 1])) {
      double twice = 2 * low;
      double other = high + twice;
      if (other - high == twice) {
        return other;
      }
    }
    return high;
  }
}
