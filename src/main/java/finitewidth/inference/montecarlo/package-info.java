/**
 * The sampled contraction of the four-point vertex (THEORY section 5): fields drawn layer by layer
 * from the NNGP, contracted by matrix products, with control variates of exactly known mean, in
 * batches whose scatter gives the standard errors; and the rule that says when to stop.
 *
 * <p>Pure arithmetic on one thread each; where which batch is drawn is the business of a {@link
 * finitewidth.inference.work.Runtime}. May import {@code inference} and what is below it.
 */
package finitewidth.inference.montecarlo;
