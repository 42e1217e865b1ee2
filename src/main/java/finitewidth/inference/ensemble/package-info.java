/**
 * The exact posterior of finite networks (THEORY section 6): hidden layers drawn from the prior,
 * the last layer integrated out, each draw weighted by its Gaussian evidence; control variates of
 * exactly zero mean; and what first order in 1/width leaves of it, with standard errors.
 *
 * <p>Pure arithmetic on one thread each; where which batch is drawn is the business of a {@link
 * finitewidth.inference.work.Runtime}. May import {@code inference} and what is below it.
 */
package finitewidth.inference.ensemble;
