package finitewidth.job.engine;

import finitewidth.inference.montecarlo.DrawnHiddenKernels;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.KernelShifts;
import finitewidth.inference.montecarlo.Moments;
import finitewidth.inference.montecarlo.SampledContraction;
import finitewidth.inference.montecarlo.StoppingRule;
import finitewidth.job.console.Console;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.runtime.EngineCost;
import finitewidth.runtime.KernelShiftJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Kernels over what is conditioned on, from the draws of a fit made anew. */
final class DrawnKernels {
  /** Core seconds that the report's map may cost: it comes unasked. */
  private static final double MAP_SECONDS = 5;

  private final JavaSparkContext spark;
  private final DrawnPosterior drawn;
  private final Console console;

  DrawnKernels(JavaSparkContext spark, DrawnPosterior drawn, Console console) {
    this.spark = spark;
    this.drawn = drawn;
    this.console = console;
  }

  /** Of all hidden layers, with all draws of the fit. */
  List<HiddenKernel> hidden() {
    KernelShifts shifts = KernelShifts.hidden(drawn.sampled().contraction());
    List<Moments> moments =
        KernelShiftJob.run(spark, shifts, drawn.batches(), "hidden kernels", console);
    return DrawnHiddenKernels.of(shifts, moments);
  }

  /**
   * The shift of the output's kernel over some samples, with as many of the fit's draws as cost
   * little; none where these are not even those of a first round.
   */
  KernelShift shift(int[] samples) {
    SampledContraction contraction = drawn.sampled().contraction();
    int sources = drawn.batches().length;
    double batch = 0;
    for (int s = 0; s < sources; s++) {
      batch +=
          EngineCost.seconds(
              KernelShifts.operations(contraction, s, samples.length, s < sources - 1)
                  * contraction.problem().drawsPerBatch());
    }
    int most = (int) Math.min(Integer.MAX_VALUE, MAP_SECONDS / batch);
    int[] batches = Arrays.stream(drawn.batches()).map(count -> Math.min(count, most)).toArray();
    if (Arrays.stream(batches).anyMatch(count -> count < StoppingRule.FIRST_BATCHES)) {
      return KernelShift.none();
    }
    KernelShifts shifts = KernelShifts.output(contraction, samples);
    List<Moments> moments =
        KernelShiftJob.run(spark, shifts, batches, "shift of the training kernel", console);
    List<Matrix> coefficients = new ArrayList<>();
    List<Matrix> errors = new ArrayList<>();
    for (int s = 0; s < sources; s++) {
      coefficients.add(shifts.shift(s, 0, moments.get(s)));
      errors.add(shifts.error(s, 0, moments.get(s)));
    }
    return new KernelShift(coefficients, errors);
  }
}
