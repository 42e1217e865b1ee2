package finitewidth.job.validate;

import finitewidth.data.DataRow;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.work.Stopwatch;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.config.PosteriorConfig;
import finitewidth.job.config.ValidateConfig;
import finitewidth.job.config.Words;
import finitewidth.job.console.Console;
import finitewidth.job.engine.ConfiguredEngine;
import finitewidth.job.engine.CorrectedRows;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.train.TestRows;
import finitewidth.prior.Widths;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.SparkRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conditions what is judged on the subset, by one method after the other.
 *
 * @param tests test rows in order
 * @param targets theirs
 */
record Judging(
    SparkRuntime runtime,
    JobConfig config,
    ValidateConfig validate,
    Conditioning training,
    List<DataRow> tests,
    TestTargets targets,
    Console console) {

  /** By the job's own method. */
  CorrectedRows own() {
    return by(config, validate.hiddenKernels());
  }

  private CorrectedRows by(JobConfig other, boolean hiddenKernels) {
    return CorrectedRows.of(
        runtime,
        ConfiguredEngine.of(other, validate.uniform(layers())),
        training,
        new TestRows(
            Parcels.parallelize(runtime.spark(), tests, 1),
            tests.size(),
            Optional.empty(),
            tests.size()),
        Order.CORRECTED,
        hiddenKernels,
        console);
  }

  int layers() {
    return config.network().hiddenWidths().size();
  }

  /**
   * What the job's own method has said, for the referee.
   *
   * @param rows test rows in order
   * @param widths the same, beside the exact posterior
   */
  JudgedMethod own(
      CorrectedRows fitted, double seconds, List<PredictedRow> rows, List<ValidatedWidth> widths) {
    return judged(config, fitted, seconds, rows, widths);
  }

  private JudgedMethod judged(
      JobConfig by,
      CorrectedRows fitted,
      double seconds,
      List<PredictedRow> rows,
      List<ValidatedWidth> widths) {
    String method = Words.of(by.posterior().method());
    // Of infinite width the summary has no engine.
    String engine =
        fitted.posterior().logEvidence().isOrderZero()
            ? method
            : fitted.summary(seconds, Networks.widths(by.network())).engine();
    return JudgedMethod.of(method, engine, seconds, widths, rows, targets, layers());
  }

  /**
   * What all methods but the job's own say.
   *
   * @param warnings what the user should know of each
   */
  record Others(List<JudgedMethod> methods, List<String> warnings) {}

  /** Conditions by all other methods, one after the other. */
  Others others(ExactPosteriors exact) {
    List<JudgedMethod> methods = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (PosteriorConfig.Method method : validate.others()) {
      Stopwatch watch = new Stopwatch();
      JobConfig other = config.by(method);
      try (CorrectedRows fitted = by(other, false)) {
        List<PredictedRow> rows = fitted.collect();
        double seconds = watch.lap();
        List<ValidatedWidth> widths =
            ValidatedWidth.of(validate, layers(), exact, rows, fitted.posterior());
        methods.add(judged(other, fitted, seconds, rows, widths));
        Widths narrowest = Networks.widths(other.network());
        fitted.warnings(narrowest).stream()
            .map(warning -> Words.of(method) + ": " + warning)
            .forEach(warnings::add);
      }
    }
    return new Others(methods, warnings);
  }
}
