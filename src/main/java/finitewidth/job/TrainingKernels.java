package finitewidth.job;

import finitewidth.contraction.ContractionProblem;
import finitewidth.data.Preprocessing;
import finitewidth.data.TrainingSet;
import finitewidth.ml.Conditioning;
import finitewidth.posterior.NngpPosterior;

/**
 * From preprocessed training rows to what is to be contracted, as the configuration has it.
 *
 * @param nngp the posterior at infinite width
 * @param problem what the contraction needs
 * @param kernelSeconds for the kernels of all layers and their dressings
 * @param factorSeconds for the factor of the output's kernel
 */
record TrainingKernels(
    NngpPosterior nngp, ContractionProblem problem, double kernelSeconds, double factorSeconds) {

  static TrainingKernels of(JobConfig config, TrainingSet training, Preprocessing preprocessing) {
    Conditioning done =
        Conditioning.of(
            new Conditioning.Settings(
                Networks.architecture(config.network()),
                config.contraction().quantities() == ContractionConfig.Quantities.ALL,
                config.contraction().quadrature(),
                config.noiseVariance(),
                Key.NOISE_VARIANCE.path()),
            preprocessing.design(training),
            preprocessing.targets(training),
            training.numbers());
    return new TrainingKernels(
        done.nngp(), done.problem(), done.kernelSeconds(), done.factorSeconds());
  }
}
