package finitewidth.job;

import finitewidth.evidence.EvidenceSettings;
import java.util.List;

/**
 * How hyperparameters are fitted.
 *
 * @param candidates the network for every activation and depth to choose from, the configured
 *     variances being where the search starts; at least one
 * @param rows most training rows to fit to on the driver; a random subset where there are more
 * @param rowsGiven whether that was asked for, rather than left open: inducing points then leave
 *     the fit to so many rows, and otherwise fit to all
 */
public record EvidenceConfig(
    EvidenceSettings settings, List<NetworkConfig> candidates, int rows, boolean rowsGiven) {
  /** Whether features get scales of their own. */
  public enum InputScales {
    NONE,
    PER_FEATURE
  }

  public EvidenceConfig {
    candidates = List.copyOf(candidates);
  }
}
