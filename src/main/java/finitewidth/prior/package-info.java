/**
 * The prior's flow through the layers (docs/theory.md#layer-recursion): core kernel K, self-energy
 * S, and the dressing (P, Q) that carries a layer's four-point source to the output, all pair by
 * pair.
 *
 * <p>Nothing here knows targets, posteriors or Spark. Everything that is O(1/width) is kept as a
 * coefficient per hidden layer, to be divided by that layer's width at the edge. May import {@code
 * gaussian} and {@code linalg} only.
 */
package finitewidth.prior;
