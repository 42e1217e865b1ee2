package finitewidth.inference.ensemble;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Weighted sums with a running maximum of the weights. */
class DrawSumsTest {
  private static final int QUANTITIES = 3;
  private static final int CONTROLS = 2;

  private static DrawSums leaf(int seed, int draws, double logWeight, double spread) {
    SplittableRandom random = new SplittableRandom(seed);
    DrawSums sums = new DrawSums(QUANTITIES, CONTROLS);
    for (int draw = 0; draw < draws; draw++) {
      double[][] rows = new double[1 + CONTROLS][QUANTITIES];
      for (double[] row : rows) {
        for (int k = 0; k < QUANTITIES; k++) {
          row[k] = random.nextGaussian();
        }
      }
      rows[0][0] = 1;
      sums.add(logWeight + spread * random.nextGaussian(), rows[0], rows[1], rows[2]);
    }
    return sums;
  }

  /** However far weights are from one another or from one, and whatever comes first. */
  @Test
  void nothingOverflowsOrVanishes() {
    DrawSums low = leaf(1, 10, -5000, 1);
    DrawSums high = leaf(2, 10, 3000, 1);
    for (DrawSums sum : List.of(low.plus(high), high.plus(low))) {
      assertThat(sum.draws()).isEqualTo(20);
      assertThat(sum.logUnit).isEqualTo(high.logUnit);
      assertThat(sum.y).containsExactly(high.y);
      assertThat(sum.squares).isEqualTo(high.squares);
    }
    assertThat(low.y[0]).isBetween(1.0, 10.0);
    assertThat(GroupMeans.of(List.of(low, low, low)).controlled()[0][0]).isFinite();
  }

  @Test
  void aTreeGivesWhatOneRunGives() {
    List<DrawSums> leaves = new ArrayList<>();
    for (int seed = 0; seed < 7; seed++) {
      leaves.add(leaf(seed, 20, 0, 3));
    }
    DrawSums run = leaves.get(0);
    for (DrawSums leaf : leaves.subList(1, 7)) {
      run = run.plus(leaf);
    }
    DrawSums tree = DrawSums.total(leaves);
    assertThat(tree.draws()).isEqualTo(140);
    assertClose("y", tree.y, run.y, 1e-13);
    for (int i = 0; i < CONTROLS; i++) {
      assertClose("yc", tree.yc[i], run.yc[i], 1e-13);
      assertClose("c", tree.c[i], run.c[i], 1e-13);
    }
    for (int pair = 0; pair < 3; pair++) {
      assertClose("cc", tree.cc[pair], run.cc[pair], 1e-13);
    }
  }

  /** A quantity that is a combination of its controls is explained but for its mean. */
  @Test
  void controlsAreTakenOff() {
    List<DrawSums> groups = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int g = 0; g < 8; g++) {
      DrawSums sums = new DrawSums(1, CONTROLS);
      for (int draw = 0; draw < 50; draw++) {
        double c = random.nextGaussian();
        double d = c + 0.1 * random.nextGaussian();
        sums.add(0, new double[] {5 + 2 * c - 3 * d}, new double[] {c}, new double[] {d});
      }
      groups.add(sums);
    }
    GroupMeans means = GroupMeans.of(groups);
    for (int g = 0; g < 8; g++) {
      assertThat(means.controlled()[g][0]).isBetween(5 - 1e-12, 5 + 1e-12);
      assertThat(Math.abs(means.plain()[g][0] - 5)).isGreaterThan(1e-3);
    }
  }

  /** A control twice, and one that is zero, do no harm. */
  @Test
  void controlsThatDependOnOthers() {
    List<DrawSums> groups = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int g = 0; g < 8; g++) {
      DrawSums sums = new DrawSums(2, CONTROLS);
      for (int draw = 0; draw < 50; draw++) {
        double c = random.nextGaussian();
        sums.add(0, new double[] {1 + c, 1 + c}, new double[] {c, 0}, new double[] {3 * c, c});
      }
      groups.add(sums);
    }
    for (double[] group : GroupMeans.of(groups).controlled()) {
      assertClose("both", group, new double[] {1, 1}, 1e-12);
    }
  }
}
