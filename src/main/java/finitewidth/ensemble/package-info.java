/**
 * The exact posterior of finite networks (docs/theory.md#exact-posterior): hidden layers drawn from
 * the prior, the last layer integrated out, each draw weighted by its Gaussian evidence; control
 * variates of exactly zero mean; and what first order in 1/width leaves of it, with standard
 * errors.
 *
 * <p>Pure arithmetic on one thread each; who draws which batch where is {@code spark}'s business.
 * May import {@code posterior}, {@code flow}, {@code gaussian}, {@code linalg}.
 */
package finitewidth.ensemble;
