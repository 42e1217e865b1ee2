/**
 * The posterior of the infinitely wide network alone: order 0, without a vertex and its
 * contraction.
 *
 * <p>What is conditioned on has all of it (docs/theory.md#order-zero); this is the engine that adds
 * nothing. Knows nothing of Spark, files or units.
 */
package finitewidth.inference.nngp;
