package finitewidth.evidence;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.linalg.Products;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelFlow;
import finitewidth.prior.KernelGradient;
import java.util.Optional;

/**
 * The log evidence of training targets at infinite width as a function of the coordinates of a
 * {@link ParameterSpace}, with its gradient (docs/theory.md#log-evidence).
 *
 * <p>log p = −½ tr Yᵀφ − (m/2) log det A − (mP/2) log 2π with A = K + s²·1 moves by tr G dA with G
 * = ½(φφᵀ − m A⁻¹), and G goes back through the layers to every parameter at once. O(P³) for factor
 * and inverse, O(P²(H + m + n_0)) for the rest.
 */
final class EvidenceFunction implements Evidence {
  private final ParameterSpace space;
  private final Matrix inputs;
  private final Matrix targets;

  /**
   * @param inputs P × n_0
   * @param targets P × m
   */
  EvidenceFunction(ParameterSpace space, Matrix inputs, Matrix targets) {
    this.space = space;
    this.inputs = inputs;
    this.targets = targets;
  }

  @Override
  public ParameterSpace space() {
    return space;
  }

  @Override
  public double targets() {
    return (double) targets.rows() * targets.cols();
  }

  @Override
  public double meanDiagonal(Hyperparameters hyperparameters) {
    return meanDiagonal(
        KernelFlow.of(hyperparameters.network(), hyperparameters.scaled(inputs)).kernel());
  }

  @Override
  public Optional<Evaluation> at(double[] at) {
    Architecture network = space.network(at);
    double[] scales = space.inputScales(at);
    Matrix seen = new Hyperparameters(network, 0, scales).scaled(inputs);
    double ratio = space.noiseRatio(at);
    KernelFlow flow;
    double noise;
    NngpPosterior nngp;
    try {
      flow = KernelFlow.of(network, seen);
      noise = ratio * meanDiagonal(flow.kernel());
      nngp = NngpPosterior.of(flow.kernel(), targets, noise);
    } catch (NumericsException e) {
      return Optional.empty();
    }
    Matrix outer = NngpPosterior.dataMinusTrace(nngp.phi(), nngp.inverse());
    double trace = 0;
    for (int k = 0; k < outer.data().length; k++) {
      outer.data()[k] *= 0.5;
    }
    int rows = outer.rows();
    for (int a = 0; a < rows; a++) {
      trace += outer.get(a, a);
    }
    // The noise is a multiple of the mean diagonal and moves with it.
    for (int a = 0; a < rows; a++) {
      outer.add(a, a, ratio * trace / rows);
    }
    KernelGradient byKernel = flow.gradient(outer);
    double[] gradient = new double[space.size()];
    space.gradient(
        network,
        byKernel,
        noise * trace,
        scales,
        byScale(network, byKernel, seen, scales.length),
        gradient);
    return Optional.of(
        new Evaluation(
            new Hyperparameters(network, noise, scales),
            nngp.logEvidence(),
            nngp.dataFit(),
            gradient));
  }

  static double meanDiagonal(Matrix kernel) {
    double sum = 0;
    for (int a = 0; a < kernel.rows(); a++) {
      sum += kernel.get(a, a);
    }
    return sum / kernel.rows();
  }

  /** s_k ∂/∂s_k = (C_W/n_0) Σ_ab g_ab u_ak u_bk, u the inputs that the network sees. */
  static double[] byScale(Architecture network, KernelGradient byKernel, Matrix seen, int scales) {
    double[] byScale = new double[scales];
    if (scales > 0) {
      Matrix product = Products.times(byKernel.inputKernel(), seen);
      for (int a = 0; a < seen.rows(); a++) {
        for (int k = 0; k < scales; k++) {
          byScale[k] += product.get(a, k) * seen.get(a, k);
        }
      }
      for (int k = 0; k < scales; k++) {
        byScale[k] *= network.weightVariance(0) / scales;
      }
    }
    return byScale;
  }
}
