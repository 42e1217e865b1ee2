package finitewidth.prior;

import static finitewidth.oracle.Closeness.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.oracle.Golden;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** K, S and V of every layer against reference tensors. */
class GoldenFlowTest {
  private static final double TOLERANCE = 1e-9;

  static List<JsonNode> cases() {
    return Golden.cases("flow.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyLayer(JsonNode golden) {
    Architecture network = Golden.architecture(golden);
    Matrix inputs = Golden.matrix(golden.get("X"));
    double[] widths = Golden.vector(golden.get("hidden_widths"));
    for (int layer = 0; layer <= network.hiddenLayers(); layer++) {
      String where = Golden.name(golden) + " layer " + layer;
      JsonNode expected = golden.get("layers").get(layer);
      SampleFlow flow = SampleFlow.of(network.truncated(layer), inputs);
      assertClose(
          where + " K", flow.kernel(layer).data(), Golden.flat(expected.get("K")), TOLERANCE);
      int n = flow.size();
      double[] selfEnergy = new double[n * n];
      double[] vertex = new double[n * n * n * n];
      FourPoint[] fourPoints = new FourPoint[layer];
      for (int s = 0; s < layer; s++) {
        fourPoints[s] =
            ((FourPointActivation) network.activation()).fourPoint(flow.kernel(s), 1e-12);
      }
      SampleSelfEnergy self = new SampleSelfEnergy(flow, fourPoints);
      for (int a = 0; a < n; a++) {
        double[][] row = self.row(a);
        for (int s = 0; s < layer; s++) {
          for (int b = 0; b <= a; b++) {
            selfEnergy[a * n + b] += row[s][b] / widths[s];
            if (a != b) {
              selfEnergy[b * n + a] += row[s][b] / widths[s];
            }
          }
        }
      }
      for (int s = 0; s < layer; s++) {
        Matrix coefficient = DenseVertex.coefficient(flow, s, fourPoints[s]);
        for (int i = 0, at = 0; i < n * n; i++) {
          for (int j = 0; j < n * n; j++, at++) {
            vertex[at] +=
                coefficient.get(PairIndex.of(i / n, i % n), PairIndex.of(j / n, j % n)) / widths[s];
          }
        }
      }
      assertClose(where + " S", selfEnergy, Golden.flat(expected.get("S")), TOLERANCE);
      assertClose(where + " V", vertex, Golden.flat(expected.get("V")), TOLERANCE);
    }
  }
}
