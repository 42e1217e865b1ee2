package finitewidth.prior;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.oracle.FiniteNetworks;
import finitewidth.oracle.Problems;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** K + S is the mean and V the covariance of the stochastic kernel of sampled finite networks. */
@Tag("slow")
class SampledNetworksTest {
  private static final int DRAWS = 12_000;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(Problems.network("relu", 2), 300, 500),
        Arguments.of(Problems.network(Activations.leakyRelu(-0.4), 2), 300, 500),
        Arguments.of(Problems.network("gelu", 2), 300, 500),
        Arguments.of(Problems.network("erf", 2), 300, 500),
        Arguments.of(Problems.network("sin", 2), 300, 500),
        // Its eighth moments make the next order large: V/K² is 96/n for one input.
        Arguments.of(Problems.network("quadratic", 2), 4000, 6000));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void meanAndCovariance(Architecture network, int lowerWidth, int upperWidth) {
    int[] widths = {lowerWidth, upperWidth};
    Matrix inputs = Problems.gaussian(4, 3, 3);
    SampleFlow flow = SampleFlow.of(network, inputs);
    int pairs = PairIndex.count(4);
    double[] mean = new double[pairs];
    Matrix vertex = Matrix.zeros(pairs, pairs);
    FourPoint[] fourPoints = new FourPoint[2];
    for (int s = 0; s < 2; s++) {
      fourPoints[s] = ((FourPointActivation) network.activation()).fourPoint(flow.kernel(s), 1e-9);
      double[] coefficient = DenseVertex.coefficient(flow, s, fourPoints[s]).data();
      for (int i = 0; i < coefficient.length; i++) {
        vertex.data()[i] += coefficient[i] / widths[s];
      }
    }
    SampleSelfEnergy self = new SampleSelfEnergy(flow, fourPoints);
    for (int a = 0; a < 4; a++) {
      double[][] row = self.row(a);
      for (int b = 0; b <= a; b++) {
        mean[PairIndex.of(a, b)] =
            flow.kernel(2).get(a, b) + row[0][b] / widths[0] + row[1][b] / widths[1];
      }
    }

    FiniteNetworks networks = new FiniteNetworks(network, widths, flow.kernel(0), 20);
    double[] sum = new double[pairs];
    double[] products = new double[pairs * pairs];
    double[] squares = new double[pairs * pairs];
    for (int draw = 0; draw < DRAWS; draw++) {
      Matrix kernel = networks.drawOutputKernel();
      double[] deviation = new double[pairs];
      for (int a = 0; a < 4; a++) {
        for (int b = 0; b <= a; b++) {
          int at = PairIndex.of(a, b);
          deviation[at] = kernel.get(a, b) - mean[at];
          sum[at] += deviation[at];
        }
      }
      for (int i = 0; i < pairs; i++) {
        for (int j = 0; j < pairs; j++) {
          double product = deviation[i] * deviation[j];
          products[i * pairs + j] += product;
          squares[i * pairs + j] += product * product;
        }
      }
    }
    for (int i = 0; i < pairs; i++) {
      double error = Math.sqrt(products[i * pairs + i]) / DRAWS;
      assertThat(Math.abs(sum[i] / DRAWS)).as("mean " + i).isLessThan(4 * error);
      for (int j = 0; j <= i; j++) {
        double covariance = products[i * pairs + j] / DRAWS;
        double spread =
            Math.sqrt((squares[i * pairs + j] / DRAWS - covariance * covariance) / DRAWS);
        assertThat(Math.abs(covariance - vertex.get(i, j)))
            .as("covariance " + i + " " + j)
            .isLessThan(4 * spread);
      }
    }
  }
}
