package finitewidth.job.config;

/** The flow block of a configuration. */
final class FlowParser {
  private static final long MOST_DENSITIES = 1000;
  private static final long MOST_DRAWS = 1L << 40;

  /** Deviates for all draws of one input: a day of one core. */
  private static final double MOST_DEVIATES = 1e13;

  private final ConfigReader values;

  FlowParser(ConfigReader values) {
    this.values = values;
  }

  FlowConfig parse(NetworkConfig network) {
    int densities = (int) values.wholeOrStandard(Key.FLOW_DENSITIES, 0, MOST_DENSITIES);
    long draws = values.wholeOrStandard(Key.FLOW_DENSITY_DRAWS, 1, MOST_DRAWS);
    double neurons = network.hiddenWidths().stream().mapToDouble(Long::doubleValue).sum();
    if (densities > 0 && neurons * draws > MOST_DEVIATES) {
      throw values.refuse(
          Key.FLOW_DENSITY_DRAWS,
          "so many draws of networks with hidden widths "
              + network.hiddenWidths()
              + " take days; accepted is a whole number up to "
              + Math.max(1, (long) (MOST_DEVIATES / neurons)));
    }
    return new FlowConfig(
        values.flag(Key.FLOW_TENSORS),
        densities,
        draws,
        values.wholeOrStandard(Key.CONTRACTION_SEED, Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
