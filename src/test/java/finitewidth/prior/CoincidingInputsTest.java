package finitewidth.prior;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.oracle.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two rows with the same input are one sample under two numbers, in K, S and V. */
class CoincidingInputsTest {
  private static final int HIDDEN = 3;

  @ParameterizedTest
  @ValueSource(strings = {"linear", "quadratic", "relu", "leaky-relu", "gelu", "erf", "sin", "cos"})
  void theSameInputTwice(String activation) {
    Architecture network = Problems.network(activation, HIDDEN);
    Matrix inputs = Problems.gaussian(4, 5, 8);
    System.arraycopy(inputs.data(), 0, inputs.data(), 3 * 5, 5);
    SampleFlow flow = SampleFlow.of(network, inputs);
    FourPoint[] fourPoints = fourPoints(flow);
    SampleSelfEnergy self = new SampleSelfEnergy(flow, fourPoints);
    for (int l = 0; l <= HIDDEN; l++) {
      assertClose("K", flow.kernel(l).row(3), flow.kernel(l).row(0), 1e-14);
      assertClose("K_03", flow.kernel(l).get(0, 3), flow.kernel(l).get(0, 0), 1e-14);
    }
    for (int s = 0; s < HIDDEN; s++) {
      double[] twin = self.row(3)[s];
      double[] own = {twin[0], self.row(1)[s][0], self.row(2)[s][0], twin[3]};
      double[] expected = {self.row(0)[s][0], twin[1], twin[2], self.row(0)[s][0]};
      assertThat(own).doesNotContain(Double.NaN);
      assertClose(activation + " S of source " + s, own, expected, 1e-11);
      Matrix vertex = DenseVertex.coefficient(flow, s, fourPoints[s]);
      double[] diagonal = vertex.row(PairIndex.of(0, 0));
      assertClose("V_(03)", vertex.row(PairIndex.of(0, 3)), diagonal, 1e-10);
      assertClose("V_(33)", vertex.row(PairIndex.of(3, 3)), diagonal, 1e-10);
    }
  }

  /** S stays finite as two inputs merge although the second derivatives of F do not. */
  @ParameterizedTest
  @CsvSource({
    "relu, 1e-4",
    "relu, 1e-6",
    "relu, 1e-9",
    "relu, 1e-15",
    "leaky-relu, 1e-5",
    "leaky-relu, 1e-12",
    "gelu, 1e-6",
    "gelu, 1e-12",
    "erf, 1e-6",
    "erf, 1e-12"
  })
  void inputsThatMerge(String activation, double noise) {
    Architecture network = Problems.network(activation, HIDDEN);
    Matrix inputs = Problems.gaussian(2, 5, 9);
    for (int k = 0; k < 5; k++) {
      inputs.set(1, k, inputs.get(0, k) + noise * (k - 1.7));
    }
    SampleFlow flow = SampleFlow.of(network, inputs);
    SampleSelfEnergy self = new SampleSelfEnergy(flow, fourPoints(flow));
    for (int s = 0; s < HIDDEN; s++) {
      double scale = Math.abs(self.row(0)[s][0]) + Math.abs(self.point(0).vertex(HIDDEN, s));
      double difference = self.row(1)[s][0] - self.row(0)[s][0];
      assertThat(Math.abs(difference)).isLessThan((20 * noise + 1e-11) * scale);
    }
  }

  private static FourPoint[] fourPoints(SampleFlow flow) {
    FourPoint[] fourPoints = new FourPoint[HIDDEN];
    for (int s = 0; s < HIDDEN; s++) {
      fourPoints[s] =
          ((FourPointActivation) flow.architecture().activation()).fourPoint(flow.kernel(s), 1e-12);
    }
    return fourPoints;
  }
}
