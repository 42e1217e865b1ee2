/**
 * The sampled contraction of the four-point vertex (docs/theory.md#sampled-contraction): fields
 * drawn layer by layer from the NNGP, contracted by matrix products, with control variates of
 * exactly known mean, in batches whose scatter gives the standard errors; and the rule that says
 * when to stop.
 *
 * <p>Pure arithmetic on one thread each; who draws which batch where is {@code spark}'s business.
 * May import {@code contraction}, {@code flow}, {@code gaussian}, {@code linalg}.
 */
package finitewidth.sampled;
