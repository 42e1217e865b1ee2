package finitewidth.job.config;

import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.settings.Key;
import java.util.List;

/**
 * What {@code validate} adds to a job: how much of the exact posterior to draw. Which rows, is in
 * the job's data.
 *
 * @param widths uniform widths of the hidden layers, different ones, at least one
 * @param draws networks of each width
 * @param seed of the draws
 * @param hiddenKernels whether kernels of hidden layers are compared too
 */
public record ValidateConfig(List<Integer> widths, long draws, long seed, boolean hiddenKernels) {
  /** Beyond, a layer's features alone take gigabytes. */
  static final int WIDEST = 1 << 20;

  public ValidateConfig {
    widths = List.copyOf(widths);
    Refusal.unless(
        !widths.isEmpty()
            && Refusal.differ(widths)
            && widths.stream().allMatch(width -> width >= 1 && width <= WIDEST),
        Key.VALIDATE_WIDTHS);
    Refusal.unless(
        draws >= EnsembleEstimate.GROUPS && draws <= ContractionConfig.MOST_DRAWS,
        Key.VALIDATE_DRAWS);
  }
}
