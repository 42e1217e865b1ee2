package finitewidth.evidence;

/**
 * How hyperparameters are fitted.
 *
 * @param noiseFloor least noise variance, as a fraction of the mean diagonal of the output's kernel
 *     over the training rows, see {@link #NOISE_FLOOR}
 * @param inputScales whether every feature gets a scale of its own
 * @param starts how many points the search starts from; the first is the given prior
 * @param seed of the other starts
 */
public record EvidenceSettings(double noiseFloor, boolean inputScales, int starts, long seed) {
  /**
   * The default floor, a tenth of a per mille. Without one, smooth targets fit s² → 0, where A⁻¹
   * and with it the coefficients of 1/n explode (docs/theory.md#validity).
   */
  public static final double NOISE_FLOOR = 1e-4;

  public EvidenceSettings {
    if (!(noiseFloor > 0 && noiseFloor < ParameterSpace.MOST_NOISE)) {
      throw new IllegalArgumentException("noise floor " + noiseFloor);
    }
    if (starts < 1) {
      throw new IllegalArgumentException("at least one start is needed, not " + starts);
    }
  }
}
