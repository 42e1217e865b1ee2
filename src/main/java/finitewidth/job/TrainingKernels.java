package finitewidth.job;

import finitewidth.data.Preprocessing;
import finitewidth.data.TrainingSet;
import finitewidth.evidence.OutputScale;
import finitewidth.ml.Conditioning;
import java.util.Optional;

/** From preprocessed training rows to what is to be contracted, as the configuration has it. */
final class TrainingKernels {
  private TrainingKernels() {}

  static Conditioning of(JobConfig config, TrainingSet training, Preprocessing preprocessing) {
    return Conditioning.of(
        new Conditioning.Settings(
            Networks.architecture(config.network()),
            config.contraction().quantities() == ContractionConfig.Quantities.ALL,
            config.contraction().quadrature(),
            config.noiseVariance(),
            Key.NOISE_VARIANCE.path()),
        preprocessing.design(training),
        preprocessing.targets(training),
        training.numbers());
  }

  /** What there is to say if the targets are far from the prior's scale, and by how much. */
  static Optional<String> outputScale(Conditioning training) {
    return training.outputScale(
        new OutputScale.Names(
            Key.BIAS_VARIANCE.path(),
            Key.WEIGHT_VARIANCE.path(),
            Key.NOISE_VARIANCE.path(),
            ", or set hyperparameters = evidence"));
  }
}
