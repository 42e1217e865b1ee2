/**
 * The exact contraction of the four-point vertex (THEORY section 5) without ever storing it: tiles
 * of sample quadruples, units of coinciding samples, one test row at a time, and how their partial
 * sums meet in a fixed order.
 *
 * <p>Pure arithmetic on one thread each; where the pieces run is the business of a {@link
 * finitewidth.inference.work.Runtime}. May import {@code inference} and what is below it.
 */
package finitewidth.inference.exact;
