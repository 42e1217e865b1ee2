package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * What a chain is to do next.
 *
 * @param phase of its life
 * @param steps of that phase
 * @param mix of what moves are made at τ = 1
 */
record Stretch(Phase phase, int steps, Mix mix) implements Serializable {}
