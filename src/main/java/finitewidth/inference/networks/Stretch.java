package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * What a chain is to do next.
 *
 * @param phase of its life
 * @param steps of that phase
 * @param sweeps after each trajectory
 */
record Stretch(Phase phase, int steps, int sweeps) implements Serializable {}
