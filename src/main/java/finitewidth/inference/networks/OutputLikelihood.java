package finitewidth.inference.networks;

/**
 * L as a function of the noise and of the output layer's variances alone, while the hidden layers
 * stay what they are: no training row is asked again.
 */
interface OutputLikelihood {
  /**
   * L.
   *
   * @param then noise and variances, of which those of hidden layers are not looked at
   * @return NaN where the matrix is not positive definite to working precision
   */
  double at(StateVariances then);

  /** The factor on the last features' squares, the bias aside. */
  static double weights(StateVariances now, StateVariances then) {
    int output = now.weights().length - 1;
    return then.weights()[output] / now.weights()[output];
  }

  /** The factor on the square of the last bias. */
  static double bias(StateVariances now, StateVariances then) {
    int output = now.biases().length - 1;
    return now.biases()[output] == 0 ? 1 : then.biases()[output] / now.biases()[output];
  }
}
