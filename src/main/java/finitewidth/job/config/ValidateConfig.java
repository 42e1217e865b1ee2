package finitewidth.job.config;

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
  public ValidateConfig {
    widths = List.copyOf(widths);
  }
}
