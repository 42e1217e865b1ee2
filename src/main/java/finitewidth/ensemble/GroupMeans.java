package finitewidth.ensemble;

import java.util.List;

/**
 * Averages of the weighted {@link Quantities} over equal groups of draws, all in one unit, freed
 * from what the controls explain.
 *
 * <p>Controls have mean zero, so y − β₁c₁ − β₂c₂ has the mean of y for any β. That of a group comes
 * from a regression over all other groups: group means are then free of bias whatever the number of
 * draws, and next to independent.
 */
final class GroupMeans {
  /** Variances that are less than this part of a square's mean are rounding. */
  private static final double ROUNDING = 1e-13;

  private final double logUnit;
  private final double[][] plain;
  private final double[][] controlled;

  private GroupMeans(double logUnit, double[][] plain, double[][] controlled) {
    this.logUnit = logUnit;
    this.plain = plain;
    this.controlled = controlled;
  }

  static GroupMeans of(List<DrawSums> groups) {
    DrawSums total = DrawSums.total(groups);
    int quantities = total.y.length;
    double[][] plain = new double[groups.size()][quantities];
    double[][] controlled = new double[groups.size()][quantities];
    for (int g = 0; g < groups.size(); g++) {
      DrawSums group = groups.get(g);
      double unit = Math.exp(group.logUnit - total.logUnit);
      for (int k = 0; k < quantities; k++) {
        plain[g][k] = unit * group.y[k] / group.draws;
        controlled[g][k] = plain[g][k] - explained(total, group, unit, k);
      }
    }
    return new GroupMeans(total.logUnit, plain, controlled);
  }

  /** β·c of a group, β from the others. */
  private static double explained(DrawSums total, DrawSums group, double unit, int k) {
    double others = total.draws - group.draws;
    double y = total.y[k] - unit * group.y[k];
    double c1 = total.c1[k] - group.c1[k];
    double c2 = total.c2[k] - group.c2[k];
    double square1 = total.c11[k] - group.c11[k];
    double square2 = total.c22[k] - group.c22[k];
    double v11 = square1 - c1 * c1 / others;
    double v22 = square2 - c2 * c2 / others;
    double v12 = total.c12[k] - group.c12[k] - c1 * c2 / others;
    double y1 = total.y1[k] - unit * group.y1[k] - y * c1 / others;
    double y2 = total.y2[k] - unit * group.y2[k] - y * c2 / others;
    boolean one = v11 > ROUNDING * square1;
    boolean two = v22 > ROUNDING * square2;
    double determinant = v11 * v22 - v12 * v12;
    double beta1;
    double beta2;
    if (one && two && determinant > ROUNDING * v11 * v22) {
      beta1 = (v22 * y1 - v12 * y2) / determinant;
      beta2 = (v11 * y2 - v12 * y1) / determinant;
    } else {
      beta1 = one ? y1 / v11 : 0;
      beta2 = two && !one ? y2 / v22 : 0;
    }
    return (beta1 * group.c1[k] + beta2 * group.c2[k]) / group.draws;
  }

  /** The logarithm of what weights are counted in. */
  double logUnit() {
    return logUnit;
  }

  /** [group][quantity], as drawn. */
  double[][] plain() {
    return plain;
  }

  /** [group][quantity], freed from what the controls explain. */
  double[][] controlled() {
    return controlled;
  }
}
