package finitewidth.job.engine;

import finitewidth.inference.montecarlo.DrawnHiddenKernels;
import finitewidth.inference.montecarlo.DrawnPosterior;
import finitewidth.inference.montecarlo.KernelShifts;
import finitewidth.inference.montecarlo.Moments;
import finitewidth.job.console.Console;
import finitewidth.posterior.HiddenKernel;
import finitewidth.runtime.KernelShiftJob;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Kernels over what is conditioned on, from the draws of a fit made anew. */
final class DrawnKernels {
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
}
