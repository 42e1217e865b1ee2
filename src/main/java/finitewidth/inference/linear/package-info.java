/**
 * The exact posterior of deep linear networks, to all orders in 1/width
 * (docs/theory.md#deep-linear-networks).
 *
 * <p>With one output the scale of the kernel is integrated; with several a matrix of scales, by
 * quadrature for two outputs and one hidden layer and otherwise by draws of Bartlett factors. Knows
 * nothing of Spark, files or units.
 */
package finitewidth.inference.linear;
