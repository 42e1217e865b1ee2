/**
 * The posterior (docs/theory.md#posterior): order 0 (NNGP), the kernel shift, the corrected mean,
 * variance and log evidence, and whether a prediction lies within the expansion.
 *
 * <p>Order 0 and the correction are never added up in here: a prediction carries both. Knows
 * nothing of Spark, files or units. May import {@code sampled}, {@code contraction}, {@code flow},
 * {@code linalg}.
 */
package finitewidth.posterior;
