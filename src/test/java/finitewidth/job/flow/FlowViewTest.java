package finitewidth.job.flow;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.prior.DenseVertex;
import finitewidth.prior.SampleFlow;
import finitewidth.report.flow.FlowPage;
import finitewidth.report.flow.FlowResults;
import finitewidth.report.summary.FlowSummary;
import finitewidth.report.summary.SomeRun;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of a flow shows, against closed forms and the dense vertex. */
class FlowViewTest {

  private static NetworkConfig network(String activation, double bias, double weight) {
    return new NetworkConfig(
        activation,
        OptionalDouble.empty(),
        List.of(50L, 20L, 30L),
        Collections.nCopies(4, bias),
        Collections.nCopies(4, weight));
  }

  private static FlowResults results(NetworkConfig network, double[]... inputs) {
    FlowSummary summary =
        new FlowSummary(
            "0",
            "4",
            SomeRun.summary(),
            inputs.length,
            inputs[0].length,
            network.activation(),
            network.negativeSlope(),
            network.hiddenWidths(),
            network.biasVariances(),
            network.weightVariances(),
            false,
            List.of(),
            new FlowSummary.Seconds(1, 1, 2),
            List.of());
    List<FlowTable.Input> rows =
        IntStream.range(0, inputs.length)
            .mapToObj(a -> new FlowTable.Input((long) a, inputs[a]))
            .toList();
    return new FlowView(network).results("data", summary, List.of(), rows, List.of());
  }

  /** V/K² = Π(1 + 5/n) − 1 to first order, 5 Σ 1/n; S = 0 for an input on its own. */
  @Test
  void criticalRelu() {
    FlowResults results = results(network("relu", 0, 2), new double[] {1, 2}, new double[] {3, 1});
    FlowResults.ByDepth input = results.inputs().get(1);
    assertClose("V", input.vertex()[1], 5.0 / 50, 1e-12);
    assertClose("V", input.vertex()[3], 5.0 / 50 + 5.0 / 20 + 5.0 / 30, 1e-12);
    assertThat(input.selfEnergy()).containsOnly(0.0);
    assertThat(results.critical().inputs().get(1).vertex()).isEqualTo(input.vertex());
    // The same for a pair without an angle.
    assertThat(results.pairs().layers()).containsExactly(1, 2, 3, 4);
    assertClose("pair", results.pairs().vertex()[3][0], input.vertex()[3], 1e-9);
    assertClose("pair", results.pairs().correlation()[3][0], 1, 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf"})
  void pairsAreThoseOfTheDenseVertex(String activation) {
    NetworkConfig network = network(activation, 0.3, 1.7);
    FlowResults.Pairs pairs = results(network, new double[] {0.5, -1.5}).pairs();
    double length = Math.sqrt(0.25 + 2.25);
    for (int d : new int[] {3, 12, 30}) {
      double angle = Math.toRadians(pairs.degrees()[d]);
      SampleFlow flow =
          SampleFlow.of(
              Networks.architecture(network),
              Matrix.copyOf(
                  new double[][] {
                    {length, 0}, {length * Math.cos(angle), length * Math.sin(angle)}
                  }));
      double vertex = 0;
      int ab = PairIndex.of(1, 0);
      for (int s = 0; s < 3; s++) {
        vertex +=
            DenseVertex.coefficient(
                        flow,
                        s,
                        Networks.withFourPoints(network)
                            .orElseThrow()
                            .fourPoint(flow.kernel(s), 1e-10))
                    .get(ab, ab)
                / network.hiddenWidths().get(s);
      }
      double scale = flow.kernel(3).get(0, 0) * flow.kernel(3).get(1, 1);
      assertClose("V", pairs.vertex()[3][d], vertex / scale, 1e-8);
      assertClose(
          "K", pairs.correlation()[3][d], flow.kernel(3).get(0, 1) / Math.sqrt(scale), 1e-12);
    }
  }

  /** By quadrature, without four-point moments; an input of zeros has no scale. */
  @Test
  void pagesOfUnusualFlows() {
    assertThat(FlowPage.html(results(network("tanh", 0, 1.5), new double[] {1}))).contains("K_ab");
    assertThat(FlowPage.html(results(network("gelu", 0.1, 1.5), new double[] {1, 2})))
        .contains("a kernel K = 3.562 stays, larger ones come down to it")
        .contains("input 0, critical");
    assertThat(FlowPage.html(results(network("softplus", 0.1, 1.5), new double[] {1, 2})))
        .contains("No critical initialisation of this activation was found")
        .doesNotContain("input 0, critical");
    assertThat(FlowPage.html(results(network("relu", 0, 2), new double[2], new double[] {1, 2})))
        .contains("V / K²");
  }
}
