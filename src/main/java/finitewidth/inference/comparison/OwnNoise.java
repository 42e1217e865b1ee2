package finitewidth.inference.comparison;

/**
 * What the noise of a posterior that was sampled adds to the mean square of its distance from the
 * exact one: its squares on average, and an error as if all of its errors were one.
 *
 * @param square Σ e²/N, e the standard errors in units of the distance
 * @param error 2 Σ |d e|/N, d the distances
 */
record OwnNoise(double square, double error) {

  static OwnNoise of(
      Truth exact, Comparison.Quantity quantity, double[] scale, WeightedMoments sampled) {
    double[] truth = quantity.of(exact.posterior());
    double[] numbers = quantity.of(sampled);
    double[] errors = quantity.errors(sampled);
    double square = 0;
    double cross = 0;
    for (int k = 0; k < errors.length; k++) {
      double error = errors[k] / scale[k];
      double distance = (truth[k] - numbers[k]) / scale[k];
      square += error * error / errors.length;
      cross += Math.abs(distance * error) / errors.length;
    }
    return new OwnNoise(square, 2 * cross);
  }
}
