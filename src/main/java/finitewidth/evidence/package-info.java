/**
 * Hyperparameters by evidence (docs/theory.md#log-evidence): the NNGP's log evidence as a function
 * of the prior's variances, the noise and the scales of the inputs, with exact gradients; its
 * maximum; and the width that the corrected evidence favours. For many rows the evidence is that
 * through inducing points.
 *
 * <p>Knows nothing of Spark, files or units. May import {@code inducing} and what is below it. The
 * optimiser is breeze's, and {@code Lbfgsb} is the only class that knows Scala.
 */
package finitewidth.evidence;
