/**
 * Densities of one output at one input that are nearly, not quite, Gaussian: the exact prior of
 * linear and ReLU networks, draws of any network's prior, and the Edgeworth form with its
 * quantiles.
 *
 * <p>Knows single inputs only, and neither targets nor Spark. May import {@code prior}, {@code
 * gaussian} and {@code linalg}.
 */
package finitewidth.prior.density;
