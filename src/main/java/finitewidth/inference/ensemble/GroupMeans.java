package finitewidth.inference.ensemble;

import finitewidth.linalg.PairIndex;
import java.util.List;

/**
 * Averages of the weighted {@link Quantities} over equal groups of draws, all in one unit, freed
 * from what the controls explain.
 *
 * <p>Controls have mean zero, so y − Σ β c has the mean of y for any β. That of a group comes from
 * a regression over all other groups: group means are then free of bias whatever the number of
 * draws, and next to independent.
 */
final class GroupMeans {
  /** A control with less than this part of its variance to itself adds nothing but rounding. */
  private static final double ROUNDING = 1e-10;

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
      double unit = group.unit(total.logUnit);
      for (int k = 0; k < quantities; k++) {
        plain[g][k] = unit * group.y[k] / group.draws;
        controlled[g][k] = plain[g][k] - explained(total, group, unit, k);
      }
    }
    return new GroupMeans(total.logUnit, plain, controlled);
  }

  /**
   * β·c of a group, β from the others: one control after the other, each freed from those before.
   */
  private static double explained(DrawSums total, DrawSums group, double unit, int k) {
    int controls = total.controls;
    double others = total.draws - group.draws;
    double y = total.y[k] - unit * group.y[k];
    double[] c = new double[controls];
    double[] yc = new double[controls];
    double[][] cc = new double[controls][controls];
    for (int i = 0; i < controls; i++) {
      c[i] = total.c[i][k] - group.c[i][k];
      yc[i] = total.yc[i][k] - unit * group.yc[i][k] - y * c[i] / others;
      for (int j = 0; j <= i; j++) {
        int pair = PairIndex.of(i, j);
        cc[i][j] = total.cc[pair][k] - group.cc[pair][k] - c[i] * c[j] / others;
        cc[j][i] = cc[i][j];
      }
    }
    double explained = 0;
    double[] own = new double[controls];
    for (int i = 0; i < controls; i++) {
      own[i] = group.c[i][k] / group.draws;
    }
    // Gauss elimination of the normal equations; what is left on the diagonal is i's own.
    for (int i = 0; i < controls; i++) {
      int pair = PairIndex.of(i, i);
      double square = total.cc[pair][k] - group.cc[pair][k];
      if (!(cc[i][i] > ROUNDING * square)) {
        continue;
      }
      explained += yc[i] / cc[i][i] * own[i];
      for (int j = i + 1; j < controls; j++) {
        double part = cc[j][i] / cc[i][i];
        own[j] -= part * own[i];
        yc[j] -= part * yc[i];
        for (int l = i + 1; l < controls; l++) {
          cc[j][l] -= part * cc[i][l];
        }
      }
    }
    return explained;
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
