/**
 * The posterior (THEORY section 4): order 0 (NNGP), the kernel shift, the corrected mean, variance
 * and log evidence, and whether a prediction lies within the expansion.
 *
 * <p>A prediction carries order 0 and the correction apart; {@link
 * finitewidth.posterior.Predictive} alone adds them up. How either is computed is for engines.
 * Knows nothing of Spark, files or units. May import {@code prior}, {@code gaussian} and {@code
 * linalg}.
 */
package finitewidth.posterior;
