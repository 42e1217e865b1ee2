package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * Where a chain asks for the likelihood.
 *
 * @param shape of its network
 * @param u all its hidden weights
 */
record Position(NetworkShape shape, double[] u) implements Serializable {}
