package finitewidth.ensemble;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over draws of the weighted {@link Quantities} y, of their two controls c₁ and c₂, and of
 * products with controls. What carries weights is counted in units of the largest weight so far,
 * squares in its square, so that nothing overflows or vanishes whatever the evidence.
 */
public final class DrawSums implements Serializable {
  private static final long serialVersionUID = 1L;

  long draws;

  /** The logarithm of the largest weight. */
  double logUnit = Double.NEGATIVE_INFINITY;

  /** Σ w², in squared units. */
  double squares;

  /** Σ y, in units; likewise Σ y c₁ and Σ y c₂. */
  final double[] y;

  final double[] y1;
  final double[] y2;
  final double[] c1;
  final double[] c2;
  final double[] c11;
  final double[] c12;
  final double[] c22;

  DrawSums(int quantities) {
    y = new double[quantities];
    y1 = new double[quantities];
    y2 = new double[quantities];
    c1 = new double[quantities];
    c2 = new double[quantities];
    c11 = new double[quantities];
    c12 = new double[quantities];
    c22 = new double[quantities];
  }

  /** Takes in a draw of weight exp(logWeight), whose quantities are {@code value}. */
  void add(double logWeight, double[] value, double[] first, double[] second) {
    draws++;
    raise(logWeight);
    double w = Math.exp(logWeight - logUnit);
    squares += w * w;
    for (int k = 0; k < y.length; k++) {
      double weighted = w * value[k];
      double a = first[k];
      double b = second[k];
      y[k] += weighted;
      y1[k] += weighted * a;
      y2[k] += weighted * b;
      c1[k] += a;
      c2[k] += b;
      c11[k] += a * a;
      c12[k] += a * b;
      c22[k] += b * b;
    }
  }

  /** Counts weights in a unit at least this large. */
  private void raise(double logWeight) {
    if (logWeight > logUnit) {
      double factor = Math.exp(logUnit - logWeight);
      squares *= factor * factor;
      for (double[] sums : new double[][] {y, y1, y2}) {
        for (int k = 0; k < sums.length; k++) {
          sums[k] *= factor;
        }
      }
      logUnit = logWeight;
    }
  }

  /** Both together; neither changes. */
  DrawSums plus(DrawSums other) {
    DrawSums sum = new DrawSums(y.length);
    sum.logUnit = Math.max(logUnit, other.logUnit);
    for (DrawSums part : List.of(this, other)) {
      double factor = Math.exp(part.logUnit - sum.logUnit);
      sum.draws += part.draws;
      sum.squares += factor * factor * part.squares;
      for (int k = 0; k < y.length; k++) {
        sum.y[k] += factor * part.y[k];
        sum.y1[k] += factor * part.y1[k];
        sum.y2[k] += factor * part.y2[k];
        sum.c1[k] += part.c1[k];
        sum.c2[k] += part.c2[k];
        sum.c11[k] += part.c11[k];
        sum.c12[k] += part.c12[k];
        sum.c22[k] += part.c22[k];
      }
    }
    return sum;
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
}
