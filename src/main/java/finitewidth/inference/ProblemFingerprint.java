package finitewidth.inference;

import finitewidth.inference.work.Fingerprint;
import finitewidth.prior.Architecture;

/**
 * What decides the bits of work on a problem: the numbers that go into it themselves, rather than
 * where they came from. Kernels stand for the values of an activation, whoever wrote it.
 */
public final class ProblemFingerprint {
  private ProblemFingerprint() {}

  /** Of all that is conditioned on. */
  public static Fingerprint of(ContractionProblem problem) {
    Fingerprint.Builder all = Fingerprint.of("contraction");
    add(all, problem.flow().architecture());
    all.add(problem.variance()).add(problem.tolerance());
    all.add(problem.flow().inputs()).add(problem.phi());
    if (problem.contracts()) {
      all.add(problem.inverse());
    }
    for (int l = 0; l <= problem.sources(); l++) {
      all.add(problem.flow().kernel(l));
    }
    return all.done();
  }

  /** Adds a network. */
  public static void add(Fingerprint.Builder all, Architecture network) {
    all.add(network.activation().name()).add((long) network.hiddenLayers());
    for (int l = 0; l <= network.hiddenLayers(); l++) {
      all.add(network.biasVariance(l), network.weightVariance(l));
    }
  }
}
