package finitewidth.runtime;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FittedPosterior;
import finitewidth.inference.ensemble.EnsembleProblem;
import finitewidth.inference.exact.CorrectedPosterior;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.SampledProblem;
import finitewidth.inference.work.Fingerprint;
import finitewidth.prior.Architecture;
import java.util.List;

/**
 * What decides the bits of finished work: the numbers that go into it themselves, rather than where
 * they came from. Kernels stand for the values of an activation, whoever wrote it.
 */
final class Fingerprints {
  private Fingerprints() {}

  /** Of the training contraction. */
  static Fingerprint of(ContractionProblem problem) {
    Fingerprint.Builder all = Fingerprint.of("contraction");
    add(all, problem.flow().architecture());
    all.add(problem.variance()).add(problem.tolerance());
    all.add(problem.flow().inputs()).add(problem.phi()).add(problem.inverse());
    for (int l = 0; l <= problem.sources(); l++) {
      all.add(problem.flow().kernel(l));
    }
    return all.done();
  }

  /**
   * Of draws for a list of rows.
   *
   * @param features of the rows, preprocessed
   */
  static Fingerprint of(SampledProblem problem, List<double[]> features) {
    Fingerprint.Builder all = Fingerprint.of("draws");
    add(all, problem);
    features.forEach(all::add);
    return all.done();
  }

  /** Of predictions to first order. */
  static Fingerprint of(FittedPosterior posterior) {
    Fingerprint.Builder all = Fingerprint.of("predictions");
    all.add(posterior.nngp().cholesky().factor());
    if (posterior instanceof CorrectedPosterior corrected) {
      all.add(of(posterior.problem()));
      for (CorrectedPosterior.Source source : corrected.sources()) {
        all.add(source.shift()).add(source.forRows().mean()).add(source.forRows().plainDiagonal());
        all.add(source.forRows().squares());
        source.varianceShift().forEach(all::add);
        source.forRows().mixed().forEach(all::add);
        source.forRows().corner().forEach(all::add);
      }
    } else if (posterior instanceof DrawnPosterior drawn) {
      add(all, drawn.sampled().contraction().problem());
      for (int batches : drawn.batches()) {
        all.add((long) batches);
      }
    }
    return all.done();
  }

  /** Of networks drawn of several choices of widths. */
  static Fingerprint of(EnsembleProblem problem, List<int[]> choices, long perBatch, long seed) {
    Fingerprint.Builder all = Fingerprint.of("networks");
    add(all, problem.architecture());
    all.add(problem.noise()).add(problem.targets()).add(problem.inputRoot());
    all.add((long) problem.training()).add((long) problem.tests()).add(perBatch).add(seed);
    all.add(problem.firstMoment());
    if (problem.hasHiddenKernels()) {
      all.add("hidden kernels");
    }
    for (int[] widths : choices) {
      all.add((long) widths.length);
      for (int width : widths) {
        all.add((long) width);
      }
    }
    return all.done();
  }

  private static void add(Fingerprint.Builder all, SampledProblem problem) {
    all.add(of(problem.contraction())).add(problem.cholesky().factor());
    all.add(problem.seed()).add((long) problem.drawsPerBatch());
  }

  private static void add(Fingerprint.Builder all, Architecture network) {
    all.add(network.activation().name()).add((long) network.hiddenLayers());
    for (int l = 0; l <= network.hiddenLayers(); l++) {
      all.add(network.biasVariance(l), network.weightVariance(l));
    }
  }
}
