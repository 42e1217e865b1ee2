/**
 * The exact contraction of the four-point vertex (docs/theory.md#exact-contraction) without ever
 * storing it: tiles of sample quadruples, units of coinciding samples, one test row at a time, and
 * how their partial sums meet in a fixed order.
 *
 * <p>Pure arithmetic on one thread each; who runs the pieces where is {@code spark}'s business,
 * what the sums mean is {@code posterior}'s. May import {@code flow}, {@code gaussian}, {@code
 * linalg}.
 */
package finitewidth.contraction;
