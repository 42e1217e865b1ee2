/**
 * The sampled contraction of the four-point vertex (THEORY section 5): fields drawn layer by layer
 * from the NNGP, contracted by matrix products, with control variates of exactly known mean, in
 * batches whose scatter gives the standard errors; and the rule that says when to stop.
 *
 * <p>Pure arithmetic on one thread each; who draws which batch where is {@code runtime}'s business.
 * May import {@code inference}, {@code prior}, {@code gaussian}, {@code linalg}.
 */
package finitewidth.inference.montecarlo;
