package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Very wide networks are the NNGP but for 1/n, and chains of them say so. */
class WideNetworksTest {
  private static final Matrix INPUTS = Problems.gaussian(8, 3, 1);
  private static final Matrix TARGETS = Problems.gaussian(8, 1, 2);
  private static final Matrix TESTS = Problems.gaussian(4, 3, 3);

  private static void compare(int width, double relative) {
    Conditioning on = SmallChains.conditioning(Problems.network("erf", 1), INPUTS, TARGETS, 0.1);
    Widths widths = Widths.of(width);
    Conditioned fitted = SmallChains.fit(on, new Chains(List.of(widths), 3, 50, 30, 50, 1), TESTS);
    for (Predictive row : SmallChains.predict(fitted, TESTS, widths)) {
      double deviation = Math.sqrt(row.nngpVariance());
      assertThat(row.mean()[0]).isCloseTo(row.nngpMean()[0], within(relative * deviation));
      assertThat(row.variance()[0])
          .isCloseTo(row.nngpVariance(), within(relative * row.nngpVariance()));
    }
    assertThat(fitted.posterior().logEvidence().delta(widths)).isCloseTo(0, within(relative));
  }

  @Test
  void aThousandNeuronsAreNearTheNngp() {
    compare(1000, 0.1);
  }

  @Test
  @Tag("slow")
  void fourThousandNeuronsAreNearer() {
    compare(4000, 0.02);
  }
}
