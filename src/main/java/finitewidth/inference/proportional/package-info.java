/**
 * Kernel renormalisation: the posterior in the proportional limit, in which finite width does
 * nothing but rescale the kernel of every layer (docs/theory.md#kernel-renormalisation).
 *
 * <p>Knows nothing of Spark, files or units.
 */
package finitewidth.inference.proportional;
