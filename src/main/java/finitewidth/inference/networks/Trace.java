package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * What is looked at along a stretch of a chain, step by step.
 *
 * @param logLikelihood L after each step
 * @param means conditional means at the probe's rows after each step, m × T one after another; none
 *     but while drawing
 */
record Trace(double[] logLikelihood, double[] means) implements Serializable {}
