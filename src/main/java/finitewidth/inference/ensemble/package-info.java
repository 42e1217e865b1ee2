/**
 * The exact posterior of finite networks (THEORY section 6): hidden layers drawn from the prior,
 * the last layer integrated out, each draw weighted by its Gaussian evidence; control variates of
 * exactly zero mean; and what first order in 1/width leaves of it, with standard errors.
 *
 * <p>Pure arithmetic on one thread each; who draws which batch where is {@code runtime}'s business.
 * May import {@code posterior}, {@code prior}, {@code gaussian}, {@code linalg}.
 */
package finitewidth.inference.ensemble;
