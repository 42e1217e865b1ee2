package finitewidth.inference.renormalised;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.scale.Guards;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DirectionTest {
  private static double counted(double y, double x, double square, int outputs) {
    return 0.5 * square * y / (1 + y)
        - 0.5 * outputs * Math.log(1 + y)
        - 0.25 * (square - outputs) * y * y / x;
  }

  /** Against a search of a grid that is refined. */
  @ParameterizedTest
  @CsvSource({"0.3, 9, 1", "0.68, 44, 1", "5, 44, 1", "2, 1.1, 1", "40, 7, 3", "1e-4, 12, 2"})
  void aDirectionSettlesAtTheMaximum(double x, double square, int outputs) {
    double from = 0;
    double to = x;
    double at = 0;
    for (int round = 0; round < 12; round++) {
      double step = (to - from) / 200;
      at = from;
      for (int k = 0; k <= 200; k++) {
        double y = from + k * step;
        if (counted(y, x, square, outputs) > counted(at, x, square, outputs)) {
          at = y;
        }
      }
      from = Math.max(0, at - step);
      to = at + step;
    }
    double f = Guards.damping(x);
    Direction found = Direction.of(Guarding.SETTLED, x, square, outputs, f);
    assertClose("maximum", found.logEvidence(), counted(at, x, square, outputs), 1e-10);
    // A maximum is flat, so a search knows where it is to half of the digits.
    assertClose("where", f * found.factor(), at / x / (1 + at), 1e-6);
  }

  /** All that guards change falls as the square of the shift. */
  @ParameterizedTest
  @EnumSource(Guarding.class)
  void guardsAreOfSecondOrder(Guarding guarding) {
    for (double square : new double[] {0.2, 9, 44}) {
      double[] ratios = new double[2];
      for (int k = 0; k < 2; k++) {
        double x = k == 0 ? 1e-3 : 1e-4;
        Direction found = Direction.of(guarding, x, square, 1, Guards.damping(x));
        ratios[k] = (found.logEvidence() - found.taken()) / (x * x);
        assertThat(Math.abs(found.factor() - 1)).isLessThan(100 * x);
      }
      assertThat(Math.abs(ratios[1] - ratios[0])).isLessThan(0.1 * Math.abs(ratios[0]));
    }
  }

  /** Targets within what the NNGP expects ask for nothing, and a shift down is no gain. */
  @ParameterizedTest
  @CsvSource({"3, 0.5, 1", "3, 1, 1", "3, 2.9, 3", "-2, 44, 1"})
  void othersAreGuardedAlike(double x, double square, int outputs) {
    double f = Guards.damping(x);
    assertThat(Direction.of(Guarding.SETTLED, x, square, outputs, f))
        .isEqualTo(Direction.of(Guarding.FIXED, x, square, outputs, f));
  }
}
