package finitewidth.job.train;

import finitewidth.data.TrainingSet;
import finitewidth.data.read.OpenedData;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.Conditioning;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.JobConfig;
import finitewidth.job.console.Console;
import finitewidth.job.run.Preflight;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Training rows on the driver, all of which are conditioned on. */
public final class WholeTraining {
  private WholeTraining() {}

  /**
   * Conditions on all rows.
   *
   * @param watch begun before data were opened
   */
  public static Trained of(
      OpenedData opened, JobConfig given, Preflight preflight, Stopwatch watch, Console console) {
    JobConfig config = preflight.fit(given, opened.shape());
    TrainingSet training = opened.onDriver();
    Preprocessing scalers = config.preprocess().fit(training);
    TrainingKernels.announce(training.count(), training.schema(), opened.test(), console);
    double read = watch.lap();
    HyperparameterFit hyperparameters = HyperparameterFit.of(config, training, scalers, console);
    Preprocessing preprocessing = hyperparameters.preprocessing();
    Function<JobConfig, Conditioning> anew =
        job -> TrainingKernels.of(job, training, preprocessing);
    return new Trained(
        hyperparameters,
        training.schema(),
        training.count(),
        training.ids(),
        opened.test(),
        anew,
        anew.apply(hyperparameters.config()),
        Optional.empty(),
        Stream.of(
                preflight.warnings(),
                opened.warnings(),
                config.preprocess().warnings(scalers.features(), training))
            .flatMap(List::stream)
            .toList(),
        read,
        Optional.empty());
  }
}
