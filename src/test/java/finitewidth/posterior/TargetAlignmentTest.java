package finitewidth.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.linalg.Matrix;
import org.junit.jupiter.api.Test;

class TargetAlignmentTest {
  private static final Matrix TARGETS =
      Matrix.copyOf(new double[][] {{1, 0.5}, {-2, 0}, {0.25, 3}, {1, -1}});

  private static double targets(int a, int b) {
    return TARGETS.get(a, 0) * TARGETS.get(b, 0) + TARGETS.get(a, 1) * TARGETS.get(b, 1);
  }

  @Test
  void theTargetsOwnKernelIsAligned() {
    TargetAlignment alignment = new TargetAlignment(TARGETS);
    assertThat(alignment.of((a, b) -> 7 * targets(a, b))).isCloseTo(1, within(1e-15));
    assertThat(alignment.of((a, b) -> -targets(a, b))).isCloseTo(-1, within(1e-15));
    assertThat(alignment.of((a, b) -> 0)).isNaN();
  }

  /** ⟨I, yyᵀ⟩ = |y|² = ‖yyᵀ‖ and ‖I‖ = √P. */
  @Test
  void aKernelThatTellsAllApartEqually() {
    Matrix one = Matrix.copyOf(new double[][] {{3}, {-1}, {0.5}, {2}});
    assertThat(new TargetAlignment(one).of((a, b) -> a == b ? 5 : 0)).isCloseTo(0.5, within(1e-15));
  }
}
