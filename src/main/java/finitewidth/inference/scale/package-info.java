/**
 * The scale of the output's kernel, integrated: its prior as a product of Gamma variables, its
 * posterior given the data, and the mixture of Gaussians that a row is then
 * (docs/theory.md#renormalised-first-order, docs/theory.md#deep-linear-networks).
 *
 * <p>What engines share that integrate a scale; no engine by itself. Knows nothing of Spark, files
 * or units. May import {@code inference} and what is below it.
 */
package finitewidth.inference.scale;
