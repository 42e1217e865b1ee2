/**
 * Kernels that learn features: the posterior of a Gaussian process whose kernel has adapted to the
 * data (docs/theory.md#adaptive-kernels).
 *
 * <p>A network whose first layer has another metric on its inputs, and whose layers have other
 * scales, is a network with other inputs and weight variances. So everything here is made of the
 * kernels, the gradients and the first order of such networks. Knows nothing of Spark, files or
 * units.
 */
package finitewidth.inference.adaptive;
