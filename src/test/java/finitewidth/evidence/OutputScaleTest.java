package finitewidth.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.KernelFlow;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OutputScaleTest {
  private static final int ROWS = 30;

  private final Matrix kernel =
      KernelFlow.of(Problems.network("relu", 2), Problems.gaussian(ROWS, 3, 1)).kernel();

  @Test
  void theFactorBringsTheDataFitToItsTypicalValue() {
    for (double size : new double[] {0.1, 1, 30}) {
      Matrix targets = targets(size);
      double noise = 1e-3 * size * size;
      double factor = OutputScale.factor(kernel, targets, noise).orElseThrow();
      Matrix scaled = kernel.copy();
      for (int k = 0; k < scaled.data().length; k++) {
        scaled.data()[k] *= factor;
      }
      assertThat(NngpPosterior.of(scaled, targets, noise).dataFit())
          .isCloseTo(2 * ROWS, Offset.offset(0.01 * 2 * ROWS));
    }
  }

  /** Noise far above the targets: q is below P m for every kernel. */
  @Test
  void thereMayBeNone() {
    assertThat(OutputScale.factor(kernel, targets(1), 100)).isEmpty();
  }

  private static Matrix targets(double size) {
    Matrix targets = Problems.gaussian(ROWS, 2, 2);
    for (int k = 0; k < targets.data().length; k++) {
      targets.data()[k] *= size;
    }
    return targets;
  }
}
