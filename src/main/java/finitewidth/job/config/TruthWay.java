package finitewidth.job.config;

import finitewidth.settings.Key;
import java.util.List;

/** Which way leads to the exact posterior that a validate judges by. */
final class TruthWay {
  private TruthWay() {}

  /**
   * The way that was asked for, or the only one that there is.
   *
   * @param judged methods that are held against it
   * @param hiddenKernels whether they are compared, too
   */
  static ValidateConfig.Method of(
      JobConfig job,
      List<PosteriorConfig.Method> judged,
      ValidateConfig.Method asked,
      boolean hiddenKernels) {
    ValidateConfig.Method method = asked;
    for (PosteriorConfig.Method one : judged) {
      ValidateConfig.Method other = otherThan(one);
      Refusal.when(
          method != ValidateConfig.Method.AUTO
              && other != ValidateConfig.Method.AUTO
              && method != other,
          asked == ValidateConfig.Method.AUTO ? Key.VALIDATE_METHODS : Key.VALIDATE_METHOD,
          "%s = %s is that very way, and would be compared with itself; accepted is %s",
          judged.size() == 1 ? Key.METHOD : Key.VALIDATE_METHODS,
          Words.of(one),
          asked == ValidateConfig.Method.AUTO
              ? "one of networks and ensemble, which the other one judges"
              : Words.of(other));
      method = method == ValidateConfig.Method.AUTO ? other : method;
    }
    boolean must = method == ValidateConfig.Method.CHAINS;
    Refusal.when(
        must && job.noiseVariance() == 0,
        Key.NOISE_VARIANCE,
        "chains of networks need noise; a number above 0 is needed, or validate.method = draws");
    for (NetworkConfig prior : job.priors()) {
      Refusal.when(
          must && !canMove(prior),
          Key.VALIDATE_METHOD,
          "%s has no derivative, which chains of networks need; accepted is draws",
          prior.activation());
    }
    boolean cannot =
        hiddenKernels
            || job.noiseVariance() == 0
            || !job.priors().stream().allMatch(TruthWay::canMove);
    return cannot ? ValidateConfig.Method.DRAWS : method;
  }

  /** An exact way is judged by the other one, and all else by either. */
  private static ValidateConfig.Method otherThan(PosteriorConfig.Method judged) {
    return switch (judged) {
      case FIRST_ORDER, RENORMALISED, LINEAR, PROPORTIONAL, ADAPTIVE, DEEP_KERNEL, NNGP ->
          ValidateConfig.Method.AUTO;
      case NETWORKS -> ValidateConfig.Method.DRAWS;
      case ENSEMBLE -> ValidateConfig.Method.CHAINS;
    };
  }

  private static boolean canMove(NetworkConfig prior) {
    return Networks.architecture(prior).activation().derivative().isPresent();
  }
}
