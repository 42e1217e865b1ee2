package finitewidth.inference.networks;

/**
 * What a step has made of one chain: all that a chain which goes on later must know of it.
 *
 * @param u where it is
 * @param value L there
 * @param acceptance the probability with which it was to move
 * @param seen dL/dU there while it adapts; what it predicts at the watched rows while it draws
 */
record StepOfChain(double[] u, double value, double acceptance, double[] seen) {}
