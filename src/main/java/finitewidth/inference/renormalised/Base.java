package finitewidth.inference.renormalised;

import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Inference;
import finitewidth.inference.scale.Whitened;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the rest is expanded about: the kernel at a scale q.
 *
 * <p>A(q) = C_b + q K̃ + Σ with the vertex q²V and the self-energy qS is q times what a network has
 * whose output bias is C_b/q, with the noise Σ/q and the targets Y/√q: its K̃, V and S are the
 * same. So first order of that network is all that is needed. Its means are then multiplied by √q
 * and its variances by q; the log evidence and ρ stay.
 *
 * @param first the posterior to first order of that network
 * @param at its basis
 * @param scale q
 */
record Base(FirstOrder first, Whitened at, double scale) implements Serializable {

  /** About the prior's own scale. */
  static Base of(FirstOrder first) {
    return of(first, 1);
  }

  private static Base of(FirstOrder first, double scale) {
    ContractionProblem problem = first.problem();
    Architecture network = problem.flow().architecture();
    int output = network.hiddenLayers();
    return new Base(
        first,
        Whitened.of(first.nngp(), problem.flow().kernel(output), network.biasVariance(output)),
        scale);
  }

  /**
   * About another scale, contracted once more.
   *
   * @param on what the prior's own scale was conditioned on
   */
  static Shifted at(
      double scale, Conditioning on, Inference contraction, Ask ask, Runtime runtime) {
    Conditioned found = contraction.condition(scaled(scale, on), ask, runtime);
    FirstOrder first = (FirstOrder) found.posterior();
    return new Shifted(of(first, scale), found.shifts().orElseGet(() -> first.shifts(runtime)));
  }

  /** A base, and what first order says of its training samples. */
  record Shifted(Base base, FirstOrder.Shifts shifts) {}

  private static Conditioning scaled(double scale, Conditioning on) {
    Matrix targets = on.targets().copy();
    for (int i = 0; i < targets.data().length; i++) {
      targets.data()[i] /= Math.sqrt(scale);
    }
    ContractionProblem problem = on.problem();
    SampleFlow flow = flow(scale, problem);
    Cholesky cholesky = Cholesky.of(noisy(scale, on.nngp(), problem));
    Matrix phi = cholesky.solve(targets);
    double fit = Products.inner(targets, phi);
    double evidence = -0.5 * (fit + cholesky.logDeterminant() + phi.rows() * Math.log(2 * Math.PI));
    NngpPosterior nngp = NngpPosterior.of(cholesky, phi, fit, evidence);
    return new Conditioning(
        nngp,
        new ContractionProblem(flow, phi, nngp.inverse(), problem.variance(), problem.tolerance()),
        targets,
        on.induced(),
        on.noiseVariance() / scale,
        0,
        0,
        Optional.empty());
  }

  /** The training samples in the network with another output bias. */
  static SampleFlow flow(double scale, ContractionProblem problem) {
    Architecture network = problem.flow().architecture();
    int output = network.hiddenLayers();
    double[] biases = IntStream.rangeClosed(0, output).mapToDouble(network::biasVariance).toArray();
    double[] weights =
        IntStream.rangeClosed(0, output).mapToDouble(network::weightVariance).toArray();
    biases[output] /= scale;
    return SampleFlow.of(
        Architecture.of(network.activation(), biases, weights), problem.flow().inputs());
  }

  /** [A + (q − 1) K̃]/q, which needs no noise by itself. */
  private static Matrix noisy(double scale, NngpPosterior nngp, ContractionProblem problem) {
    int n = problem.size();
    Architecture network = problem.flow().architecture();
    int output = network.hiddenLayers();
    Matrix kernel = problem.flow().kernel(output);
    Matrix identity = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      identity.set(a, a, 1);
    }
    Matrix sum = nngp.cholesky().lowerTimes(nngp.cholesky().upperTimes(identity));
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        double part = kernel.get(a, b) - network.biasVariance(output);
        double value = (sum.get(a, b) + (scale - 1) * part) / scale;
        sum.set(a, b, value);
        sum.set(b, a, value);
      }
    }
    return sum;
  }
}
