package finitewidth.inference.ensemble;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over draws of the weighted {@link Quantities} y, of their controls c, and of products with
 * controls. What carries weights is counted in units of the largest weight so far, squares in its
 * square, so that nothing overflows or vanishes whatever the evidence.
 */
public final class DrawSums implements Serializable {
  private static final long serialVersionUID = 1L;

  final int controls;
  long draws;

  /** The logarithm of the largest weight. */
  double logUnit = Double.NEGATIVE_INFINITY;

  /** Σ w², in squared units. */
  double squares;

  /** Σ y, in units. */
  final double[] y;

  /** [control][quantity]: Σ y c, in units. */
  final double[][] yc;

  /** [control][quantity]: Σ c. */
  final double[][] c;

  /** [pair of controls, as in PairIndex][quantity]: Σ c c'. */
  final double[][] cc;

  DrawSums(int quantities, int controls) {
    this.controls = controls;
    y = new double[quantities];
    yc = new double[controls][quantities];
    c = new double[controls][quantities];
    cc = new double[controls * (controls + 1) / 2][quantities];
  }

  /**
   * Takes in a draw of weight exp(logWeight).
   *
   * @param value the quantities, not yet weighted
   * @param control [control][quantity]
   */
  void add(double logWeight, double[] value, double[]... control) {
    draws++;
    raise(logWeight);
    double w = Math.exp(logWeight - logUnit);
    squares += w * w;
    for (int k = 0; k < y.length; k++) {
      y[k] += w * value[k];
    }
    for (int i = 0, pair = 0; i < controls; i++) {
      double[] one = control[i];
      for (int k = 0; k < y.length; k++) {
        yc[i][k] += w * value[k] * one[k];
        c[i][k] += one[k];
      }
      for (int j = 0; j <= i; j++, pair++) {
        for (int k = 0; k < y.length; k++) {
          cc[pair][k] += one[k] * control[j][k];
        }
      }
    }
  }

  /** Counts weights in a unit at least this large. */
  private void raise(double logWeight) {
    if (logWeight > logUnit) {
      double factor = Math.exp(logUnit - logWeight);
      squares *= factor * factor;
      scale(factor, y);
      Arrays.stream(yc).forEach(sums -> scale(factor, sums));
      logUnit = logWeight;
    }
  }

  private static void scale(double factor, double[] sums) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] *= factor;
    }
  }

  /** Both together; neither changes. */
  DrawSums plus(DrawSums other) {
    DrawSums sum = new DrawSums(y.length, controls);
    sum.logUnit = Math.max(logUnit, other.logUnit);
    for (DrawSums part : List.of(this, other)) {
      double factor = part.unit(sum.logUnit);
      sum.draws += part.draws;
      sum.squares += factor * factor * part.squares;
      add(factor, part.y, sum.y);
      for (int i = 0; i < controls; i++) {
        add(factor, part.yc[i], sum.yc[i]);
        add(1, part.c[i], sum.c[i]);
      }
      for (int pair = 0; pair < cc.length; pair++) {
        add(1, part.cc[pair], sum.cc[pair]);
      }
    }
    return sum;
  }

  /** The unit of these sums in another one. */
  double unit(double other) {
    return Math.exp(logUnit - other);
  }

  private static void add(double factor, double[] from, double[] to) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * from[k];
    }
  }

  /** All of them, added along one fixed binary tree. */
  static DrawSums total(List<DrawSums> leaves) {
    List<DrawSums> level = leaves;
    while (level.size() > 1) {
      List<DrawSums> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        next.add(i + 1 < level.size() ? level.get(i).plus(level.get(i + 1)) : level.get(i));
      }
      level = next;
    }
    return level.get(0);
  }

  /** How many draws there are. */
  public long draws() {
    return draws;
  }

  /** The bytes that {@link #write} writes for batches of a problem. */
  public static long bytes(EnsembleProblem problem) {
    return bytes(problem.quantities().count());
  }

  /** The same for so many quantities. */
  static long bytes(long quantities) {
    long arrays = 1 + 2L * Controls.COUNT + Controls.COUNT * (Controls.COUNT + 1L) / 2;
    return Long.BYTES + Double.BYTES * (2 + arrays * quantities);
  }

  /** Writes the number of draws, the unit and all sums, little-endian. */
  public void write(ByteBuffer to) {
    to.order(ByteOrder.LITTLE_ENDIAN).putLong(draws).putDouble(logUnit).putDouble(squares);
    for (double[] array : arrays()) {
      for (double number : array) {
        to.putDouble(number);
      }
    }
  }

  /**
   * What {@link #write} has written for a batch of a problem.
   *
   * @throws IllegalArgumentException if there are not that many bytes
   */
  public static DrawSums read(EnsembleProblem problem, ByteBuffer from) {
    if (from.remaining() != bytes(problem)) {
      throw new IllegalArgumentException("sums of this problem take another number of bytes");
    }
    DrawSums sums = new DrawSums(problem.quantities().count(), Controls.COUNT);
    from.order(ByteOrder.LITTLE_ENDIAN);
    sums.draws = from.getLong();
    sums.logUnit = from.getDouble();
    sums.squares = from.getDouble();
    for (double[] array : sums.arrays()) {
      for (int k = 0; k < array.length; k++) {
        array[k] = from.getDouble();
      }
    }
    return sums;
  }

  private List<double[]> arrays() {
    List<double[]> arrays = new ArrayList<>();
    arrays.add(y);
    arrays.addAll(Arrays.asList(yc));
    arrays.addAll(Arrays.asList(c));
    arrays.addAll(Arrays.asList(cc));
    return arrays;
  }
}
