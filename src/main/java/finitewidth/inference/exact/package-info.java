/**
 * The exact contraction of the four-point vertex (THEORY section 5) without ever storing it: tiles
 * of sample quadruples, units of coinciding samples, one test row at a time, and how their partial
 * sums meet in a fixed order.
 *
 * <p>Pure arithmetic on one thread each; who runs the pieces where is {@code runtime}'s business,
 * what the sums mean is {@code posterior}'s. May import {@code prior}, {@code gaussian}, {@code
 * linalg}.
 */
package finitewidth.inference.exact;
