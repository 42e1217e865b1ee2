package finitewidth.job.config;

import finitewidth.inference.linear.Linear;
import finitewidth.inference.proportional.Proportional;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import finitewidth.settings.Key;
import java.util.List;

/** Refuses what methods cannot do that integrate scales of kernels. */
final class ScalesCheck {
  private ScalesCheck() {}

  static void of(PosteriorConfig.Method method, JobConfig job, Verb verb) {
    Refusal.when(
        verb != Verb.VALIDATE && job.output().hiddenKernels(),
        Key.OUTPUT_HIDDEN_KERNELS,
        "%s has no kernels of hidden layers; accepted is false",
        Words.of(method));
    if (method == PosteriorConfig.Method.LINEAR) {
      linear(job);
    } else {
      proportional(job);
    }
  }

  private static void linear(JobConfig job) {
    for (NetworkConfig prior : job.priors()) {
      Architecture network = Networks.architecture(prior);
      Refusal.when(
          !Linear.isLinear(network),
          Key.ACTIVATION,
          "posterior.method = linear is exact for deep linear networks, and %s is not linear;"
              + " accepted is linear, or another posterior.method",
          prior.activation());
      Refusal.when(
          !Linear.scalesAlone(network),
          Key.BIAS_VARIANCE,
          "posterior.method = linear has no biases in hidden layers beyond the first; accepted are"
              + " 0, or a list that has 0 there, as in %s",
          List.of("0.1", "0", "0.1"));
      int outputs = job.data().columns().targets().names().size();
      List<Widths> all = Networks.choices(job).stream().skip(1).toList();
      all.forEach(
          widths ->
              Linear.narrow(widths, outputs, job.noiseVariance())
                  .ifPresent(
                      why -> {
                        throw Refusal.of(Key.HIDDEN_WIDTHS, "%s", why);
                      }));
    }
  }

  private static void proportional(JobConfig job) {
    Refusal.when(
        job.data().columns().targets().names().size() > 1,
        Key.METHOD,
        "%s %s; set one data.target, or another posterior.method",
        Proportional.NAME,
        Proportional.ONE_OUTPUT);
    Refusal.when(
        job.data().columns().label().isPresent(),
        Key.METHOD,
        "%s %s, and classes are coded as several; set another posterior.method",
        Proportional.NAME,
        Proportional.ONE_OUTPUT);
    Refusal.when(
        job.inducing().isPresent(),
        Key.METHOD,
        "%s %s; leave inducing-points out",
        Proportional.NAME,
        Proportional.NO_POINTS);
  }
}
