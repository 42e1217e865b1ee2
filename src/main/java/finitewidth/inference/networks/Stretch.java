package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * What a chain is to do next.
 *
 * @param phase of its life
 * @param steps of that phase
 * @param pass how often the way between prior and posterior was gone both ways before
 * @param mix of what moves are made at τ = 1
 */
record Stretch(Phase phase, int steps, int pass, Mix mix) implements Serializable {}
