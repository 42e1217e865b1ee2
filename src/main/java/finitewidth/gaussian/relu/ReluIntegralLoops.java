package finitewidth.gaussian.relu;

/** The integral of a moment: its parameters, and the integrand at the nodes of a rule. */
sealed interface ReluIntegralLoops permits ScalarReluIntegralLoops, VectorReluIntegralLoops {
  /**
   * The integrand's parameters.
   *
   * @param pool receives all rows of {@link ReluPool} but REST, from {@code at} on
   */
  void prepare(double[] w, int count, double[] pool, int at);

  /**
   * The integrand at each node: what roots are to be taken of, node after node.
   *
   * @param pool parameters
   * @param from the first moment
   * @param width moments, rounded up to whole groups of {@link ReluLoops#lanes}
   * @param nodes t of each node, the rule's first one at {@code first}
   * @param each nodes of the rule
   * @param batch receives rows RADICAND to ONE_PLUS of {@link ReluPool}
   */
  void integrands(
      double[] pool, int from, int width, double[] nodes, int first, int each, double[] batch);

  /** The integrand's values, row VALUE of the batch. */
  void values(double[] batch, int count);

  /** Sums over nodes, and the moments. */
  void sums(
      double[] pool,
      int from,
      int width,
      double[] weights,
      int first,
      int each,
      double[] batch,
      double[] moments);
}
