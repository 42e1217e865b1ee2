package finitewidth.posterior;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.linalg.Products;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.DenseVertex;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenKernelTest {
  private static final double NOISE = 0.4;

  /**
   * Deep linear networks with one kernel at every layer: ⟨K^l⟩ = K + (Σ_{i≤l} m/n_i) K Γ⁻¹(YYᵀ/m −
   * K − s²)Γ⁻¹K with Γ = K + s² (Zavatone-Veth, Canatar, Ruben, Pehlevan 2021).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void deepLinearNetworksHaveTheClosedForm(int outputs) {
    int p = 6;
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), 3, 0, 1);
    Matrix inputs = Problems.gaussian(p, 9, 3);
    Matrix targets = Problems.gaussian(p, outputs, 4);
    Matrix kernel = SampleFlow.of(network, inputs).kernel(0);
    Matrix gamma = kernel.copy();
    for (int a = 0; a < p; a++) {
      gamma.add(a, a, NOISE);
    }
    Matrix middle = Products.timesTranspose(targets, targets);
    for (int k = 0; k < middle.data().length; k++) {
      middle.data()[k] = middle.data()[k] / outputs - gamma.data()[k];
    }
    Matrix smoother = Cholesky.of(gamma).solve(kernel);
    Matrix closed = Products.transposeTimes(smoother, Products.times(middle, smoother));
    double[] widths = {20, 30, 50};
    Widths hidden = Widths.of(widths);
    double factor = 0;
    List<HiddenKernel> kernels = Fit.hiddenKernels(network, inputs, targets, NOISE);
    assertThat(kernels).hasSize(3);
    for (HiddenKernel layer : kernels) {
      factor += outputs / widths[layer.layer()];
      double[] expected = new double[p * p];
      double[] found = new double[p * p];
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < p; b++) {
          expected[a * p + b] = factor * closed.get(a, b);
          found[a * p + b] = layer.posteriorShift(hidden, a, b);
          assertThat(Math.abs(layer.priorShift(hidden, a, b))).isLessThan(1e-13);
        }
      }
      assertClose("layer " + layer.layer(), found, expected, 1e-11);
      assertClose("kernel", layer.nngp().data(), kernel.data(), 1e-14);
    }
  }

  /**
   * Σ_cd V_(ab)(cd) B^l_cd with the dense vertex of the network cut off at the layer, and B pulled
   * back through the layers above by finite differences of the kernel recursion.
   */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf", "quadratic"})
  void isTheDenseVertexOnWhatTheLayersAbovePullBack(String activation) {
    int p = 5;
    Architecture network = Problems.network(activation, 3);
    Matrix inputs = Problems.gaussian(p, 4, 13);
    Matrix targets = Problems.gaussian(p, 2, 14);
    SampleFlow flow = SampleFlow.of(network, inputs);
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(3), targets, NOISE);
    Matrix b = NngpPosterior.dataMinusTrace(nngp.phi(), nngp.inverse());
    FourPointActivation exact = Activations.withFourPoints(activation).orElseThrow();
    for (HiddenKernel kernel : Fit.hiddenKernels(network, inputs, targets, NOISE)) {
      int l = kernel.layer() + 1;
      Matrix pulled = pullBack(flow, l, b);
      SampleFlow cut = SampleFlow.of(network.truncated(l), inputs);
      for (int s = 0; s < l; s++) {
        Matrix vertex = DenseVertex.coefficient(cut, s, exact.fourPoint(cut.kernel(s), 1e-12));
        double[] expected = new double[p * p];
        for (int x = 0; x < p * p; x++) {
          for (int y = 0; y < p * p; y++) {
            expected[x] +=
                0.5
                    * vertex.get(PairIndex.of(x / p, x % p), PairIndex.of(y / p, y % p))
                    * pulled.data()[y];
          }
        }
        assertClose(
            activation + " layer " + l + " source " + s,
            kernel.posteriorShift().get(s).data(),
            expected,
            1e-9);
      }
    }
  }

  /**
   * The derivative of Σ B_cd K^L_cd in the kernel of layer l. The steps of the recursion are those
   * of the flows of networks cut off one layer apart: T^s of one with that of the other on top.
   */
  private static Matrix pullBack(SampleFlow flow, int l, Matrix b) {
    int n = flow.size();
    if (l == flow.architecture().hiddenLayers()) {
      return b;
    }
    // From the kernel of layer l on, dressing T^l with source l: flow.p(l) leads from layer l + 1.
    Matrix pulled = Matrix.zeros(n, n);
    Matrix step = step(flow, l);
    Matrix own = stepOwn(flow, l);
    Matrix above = pullBack(flow, l + 1, b);
    for (int c = 0; c < n; c++) {
      for (int d = 0; d < n; d++) {
        pulled.add(c, d, step.get(c, d) * above.get(c, d));
        if (c != d) {
          pulled.add(c, c, 2 * own.get(c, d) * above.get(c, d));
        }
      }
    }
    return pulled;
  }

  /** C_W ∂F/∂K_cd of hidden layer l, on the diagonal C_W d⟨σ²⟩/dK, by central differences. */
  private static Matrix step(SampleFlow flow, int l) {
    return differences(flow, l, false);
  }

  /** C_W ∂F/∂K_cc. */
  private static Matrix stepOwn(SampleFlow flow, int l) {
    return differences(flow, l, true);
  }

  private static Matrix differences(SampleFlow flow, int l, boolean own) {
    int n = flow.size();
    double weight = flow.architecture().weightVariance(l + 1);
    Matrix result = Matrix.zeros(n, n);
    Matrix k = flow.kernel(l);
    for (int c = 0; c < n; c++) {
      for (int d = 0; d < n; d++) {
        boolean diagonal = c == d;
        double size = 1e-3 * (own || diagonal ? k.get(c, c) : Math.abs(k.get(c, d)) + 0.1);
        double[] f = new double[4];
        double[] at = {size, -size, 2 * size, -2 * size};
        for (int i = 0; i < 4; i++) {
          double cc = k.get(c, c) + (own || diagonal ? at[i] : 0);
          double cd = diagonal ? cc : k.get(c, d) + (own ? 0 : at[i]);
          f[i] = moment(flow.architecture(), cc, cd, diagonal ? cc : k.get(d, d));
        }
        result.set(c, d, weight * (8 * (f[0] - f[1]) - (f[2] - f[3])) / (12 * size));
      }
    }
    return result;
  }

  /** ⟨σ_1σ_2⟩. */
  private static double moment(Architecture network, double k11, double k12, double k22) {
    if (k11 == k12) {
      OnePoint point = new OnePoint();
      network.activation().onePoint(k11, point);
      return point.mean;
    }
    TwoPointRow row = new TwoPointRow(1, false);
    row.k11 = k11;
    row.k12[0] = k12;
    row.k22[0] = k22;
    row.separation[0] = k11 + k22 - 2 * k12;
    network.activation().twoPoint(row, 1);
    return row.mean[0];
  }

  @Test
  void theLastHiddenLayersKernelIsTheOutputs() {
    Architecture network = Problems.network("erf", 2);
    Matrix inputs = Problems.gaussian(4, 3, 23);
    Matrix targets = Problems.gaussian(4, 1, 24);
    ExactPosterior posterior = Fit.of(network, inputs, targets, NOISE);
    HiddenKernel last = Fit.hiddenKernels(network, inputs, targets, NOISE).get(1);
    assertThat(last.nngp().data()).isEqualTo(posterior.problem().flow().kernel(2).data());
  }
}
