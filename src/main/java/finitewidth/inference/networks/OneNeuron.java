package finitewidth.inference.networks;

/**
 * The log likelihood as a function of the features f of one neuron of the last hidden layer, all
 * others held: with K₋ the covariance of the targets without the neuron, κ = fᵀK₋⁻¹f and g =
 * YK₋⁻¹f,
 *
 * <pre>L(f) − L(0) = −(m/2) log(1 + κ) + ½|g|²/(1 + κ).</pre>
 *
 * <p>A neuron is taken out, asked for at several f, and put back at the last of them, at O(P²) or
 * O(q² + qP) each. Neurons come in blocks: what their likely features have to do with all the rest
 * is one product of matrices, which is many times faster than products with one after another.
 */
sealed interface OneNeuron permits DenseNeuron, WoodburyNeuron {

  /**
   * Begins a block of neurons, of which each may be taken out once.
   *
   * @param first of the block
   * @param count how many
   * @param likely features that will probably be asked for, each a row of as many numbers as there
   *     are training rows; must not change before the block ends
   * @param places how many of them
   */
  void begin(int first, int count, double[] likely, int places);

  /**
   * Takes a neuron of the block out.
   *
   * @return L(f) − L(0) at its own f
   */
  double remove(int neuron);

  /**
   * L(f) − L(0) of the neuron that is out, at features that the block began with.
   *
   * @param place which of them; each is asked for once
   */
  double atPlace(int place);

  /**
   * L(f) − L(0) of the neuron that is out.
   *
   * @param f as many numbers as there are rows
   */
  double at(double[] f);

  /**
   * Puts the neuron back with the features that were asked for last.
   *
   * @param later those of the block's places that may still be asked for
   */
  void insert(Places later);

  /**
   * Places next to one another.
   *
   * @param to behind the last
   */
  record Places(int from, int to) {}

  /** Puts it back as it was. */
  void putBack();

  /** Ends the block. */
  void end();

  /** −(m/2) log(1 + κ) + ½|g|²/(1 + κ). */
  static double gain(double kappa, double[] g) {
    double square = 0;
    for (double one : g) {
      square += one * one;
    }
    return -0.5 * g.length * Math.log1p(kappa) + 0.5 * square / (1 + kappa);
  }
}
