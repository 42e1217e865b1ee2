package finitewidth.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.oracle.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In a whole panel a row has the same bits wherever it stands and whatever the others are. Shapes
 * are those of the engines: P columns, d draws or outputs; from about 300 on, panels of 128 rows
 * fail here on AVX-512.
 */
@Tag("bits")
class RowPanelTest {
  private static final int ROWS = RowPanel.ROWS;

  @ParameterizedTest
  @CsvSource({
    "2, 1",
    "3, 20",
    "10, 150",
    "20, 20",
    "37, 53",
    "60, 10",
    "104, 104",
    "150, 1",
    "300, 300",
    "513, 511",
    "64, 1024",
    "1024, 64",
    "777, 256",
    "1000, 10"
  })
  void placesDoNotChangeABit(int p, int d) {
    Matrix rows = Problems.gaussian(ROWS, p, 1);
    Matrix wide = Problems.gaussian(p, d, 2);
    Matrix tall = wide.transpose();
    Matrix other = Problems.gaussian(ROWS, d, 3);
    unmoved(rows, panel -> Products.times(panel, wide));
    unmoved(rows, panel -> Products.timesTranspose(panel, tall));
    unmoved(rows, panel -> accumulated(panel, wide));
    // A panel's rows may be the columns of what comes out.
    unmoved(rows, panel -> Products.timesTranspose(tall, panel).transpose());
    unmoved(rows, panel -> Products.transposeTimes(wide, panel.transpose()).transpose());
    // Sums over draws, of a panel's rows with those of the training samples.
    unmoved(other, panel -> Products.timesTranspose(panel, wide));
  }

  @ParameterizedTest
  @CsvSource({"2", "37", "104", "300", "513", "1000"})
  void placesDoNotChangeABitOfSolutions(int p) {
    Matrix root = Problems.gaussian(p, p, 4);
    Matrix a = Products.timesTranspose(root, root);
    for (int k = 0; k < p; k++) {
      a.add(k, k, p);
    }
    Cholesky cholesky = Cholesky.of(a);
    Matrix rows = Problems.gaussian(ROWS, p, 5);
    unmoved(
        rows,
        panel -> {
          Matrix solved = panel.copy();
          cholesky.solveLowerRows(solved);
          return solved;
        });
    unmoved(
        rows,
        panel -> {
          Matrix solved = panel.copy();
          cholesky.solveUpperRows(solved);
          return solved;
        });
  }

  private static Matrix accumulated(Matrix panel, Matrix wide) {
    Matrix sum = Matrix.zeros(ROWS, wide.cols());
    Accumulate.times(-2, panel, wide, 0, sum);
    Accumulate.times(1, panel, wide, 1, sum);
    return sum;
  }

  private static void unmoved(Matrix rows, UnaryOperator<Matrix> map) {
    Matrix whole = map.apply(rows);
    for (int seed = 0; seed < 3; seed++) {
      List<Integer> order = new ArrayList<>();
      for (int x = 0; x < ROWS; x++) {
        order.add(x);
      }
      Collections.shuffle(order, new Random(seed));
      // The first ones are there; others take the places of the rest.
      int kept = 1 + new Random(seed).nextInt(ROWS);
      Matrix moved = Problems.gaussian(ROWS, rows.cols(), 100 + seed);
      for (int x = 0; x < kept; x++) {
        System.arraycopy(rows.row(x), 0, moved.data(), order.get(x) * rows.cols(), rows.cols());
      }
      Matrix found = map.apply(moved);
      for (int x = 0; x < kept; x++) {
        assertThat(found.row(order.get(x))).isEqualTo(whole.row(x));
      }
    }
  }

  @Test
  void panelsAreFilledUpWithTheLastRow() {
    double[][] rows = {{1}, {2}, {3}};
    assertThat(List.of(RowPanel.filled(rows))).hasSize(ROWS).startsWith(rows).endsWith(rows[2]);
    double[][] whole = RowPanel.filled(rows);
    assertThat(RowPanel.filled(whole)).isEqualTo(whole);
  }

  @Test
  void aPanelHoldsAtLeastOneRowAndNoMoreThanItCan() {
    assertThatThrownBy(() -> RowPanel.filled(new double[0][]))
        .hasMessage("a panel holds 1 to 96 rows, not 0");
    assertThatThrownBy(() -> RowPanel.filled(new double[97][1]))
        .hasMessage("a panel holds 1 to 96 rows, not 97");
  }
}
