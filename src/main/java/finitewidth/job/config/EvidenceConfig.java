package finitewidth.job.config;

import finitewidth.evidence.EvidenceSettings;
import java.util.List;
import java.util.OptionalInt;

/**
 * How hyperparameters are fitted.
 *
 * @param candidates the network for every activation and depth to choose from, the configured
 *     variances being where the search starts; at least one
 * @param rows most training rows to fit to on the driver; a random subset where there are more;
 *     empty for all rows, through the inducing points where there are some
 */
public record EvidenceConfig(
    EvidenceSettings settings, List<NetworkConfig> candidates, OptionalInt rows) {
  /** Whether features get scales of their own. */
  public enum InputScales {
    NONE,
    PER_FEATURE
  }

  public EvidenceConfig {
    candidates = List.copyOf(candidates);
  }
}
