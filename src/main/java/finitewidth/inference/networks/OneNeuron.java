package finitewidth.inference.networks;

/**
 * The log likelihood as a function of the features f of one neuron of the last hidden layer, all
 * others held: with K₋ the covariance of the targets without the neuron, κ = fᵀK₋⁻¹f and g =
 * YK₋⁻¹f,
 *
 * <pre>L(f) − L(0) = −(m/2) log(1 + κ) + ½|g|²/(1 + κ).</pre>
 *
 * <p>A neuron is taken out, asked for at several f, and put back at the last of them, at O(P²) or
 * O(q² + qP) each.
 */
sealed interface OneNeuron permits DenseNeuron, WoodburyNeuron {

  /**
   * Takes a neuron out.
   *
   * @return L(f) − L(0) at its own f
   */
  double remove(int neuron);

  /**
   * L(f) − L(0) of the neuron that is out.
   *
   * @param f as many numbers as there are rows
   */
  double at(double[] f);

  /**
   * Puts the neuron back with other features.
   *
   * @param f those that were asked for last
   */
  void insert(double[] f);

  /** Puts it back as it was. */
  void putBack();

  /** −(m/2) log(1 + κ) + ½|g|²/(1 + κ). */
  static double gain(double kappa, double[] g) {
    double square = 0;
    for (double one : g) {
      square += one * one;
    }
    return -0.5 * g.length * Math.log1p(kappa) + 0.5 * square / (1 + kappa);
  }
}
