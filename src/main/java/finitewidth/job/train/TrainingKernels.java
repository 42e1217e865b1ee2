package finitewidth.job.train;

import finitewidth.data.TestSet;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.Conditioning;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.work.Counted;
import finitewidth.job.config.ContractionConfig;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.Words;
import finitewidth.job.console.Console;
import finitewidth.linalg.Blas;
import finitewidth.settings.Naming;
import java.util.Optional;

/** From preprocessed training rows to what is to be contracted, as the configuration has it. */
public final class TrainingKernels {
  private TrainingKernels() {}

  /** What is conditioned on, and how. */
  public static Conditioning.Settings settings(JobConfig config) {
    return new Conditioning.Settings(
        Networks.architecture(config.network()),
        config.contraction().quantities() == ContractionConfig.Quantities.ALL,
        config.contraction().quadrature(),
        config.noiseVariance(),
        Engines.contracts(Words.of(config.posterior().method())));
  }

  /** Conditions on training rows on the driver. */
  public static Conditioning of(
      JobConfig config, TrainingSet training, Preprocessing preprocessing) {
    return Conditioning.of(
        settings(config),
        preprocessing.design(training),
        preprocessing.targets(training),
        training.numbers());
  }

  /** What there is to say if the targets are far from the prior's scale, and by how much. */
  public static Optional<String> outputScale(Conditioning training) {
    return training
        .outputScale()
        .map(warning -> Naming.KEYS.in(warning) + ", or set hyperparameters = evidence");
  }

  /** Says what was read. */
  public static void announce(long rows, TrainingSchema schema, TestSet test, Console console) {
    console.say(
        "%s training rows, %s test rows, %s features, %s; BLAS %s"
            .formatted(
                rows,
                test.count(),
                schema.features(),
                Counted.of(schema.outputs(), "output"),
                Blas.description()));
  }
}
