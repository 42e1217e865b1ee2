package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * Moves the noise and the variances of the output layer while the hidden layers stay what they are,
 * by sums over rows that are known: π_τ ∝ exp(τL − ½θ²) for one coordinate θ after another, each by
 * a {@link CoordinateSlice}; from the last to the first it is the reversed kernel.
 *
 * <p>A trajectory moves them, too, but by a step that it has to find first. Where weights are still
 * on their way a noise that lags behind pulls so hard that its step becomes next to none, and then
 * it stays behind for good.
 */
final class OutputSweep {
  private final HyperparameterSpace space;

  OutputSweep(HyperparameterSpace space) {
    this.space = space;
  }

  /**
   * Moves each of them once.
   *
   * @param theta all coordinates of hyperparameters; are overwritten
   * @param likelihood as the output layer's variances have it
   * @param tau of the likelihood
   * @param reversed whether from the last to the first
   */
  void move(
      double[] theta,
      OutputLikelihood likelihood,
      double tau,
      boolean reversed,
      RandomStream random) {
    for (int count = 0; count < theta.length; count++) {
      int k = reversed ? theta.length - 1 - count : count;
      if (!space.isOfHiddenLayers(k)) {
        CoordinateSlice.move(
            theta,
            k,
            tau * likelihood.at(space.at(theta, 0)),
            () -> tau * likelihood.at(space.at(theta, 0)),
            random);
      }
    }
  }
}
