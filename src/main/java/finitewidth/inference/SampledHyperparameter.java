package finitewidth.inference;

import java.util.OptionalInt;

/**
 * What chains say of a hyperparameter that they sampled: a variance, or the scale of a feature.
 *
 * @param name such as "noise variance", or "weight variance, output layer"
 * @param feature whose scale it is, from 0; empty where it is another one
 * @param mean of its posterior, over all draws
 * @param deviation of its posterior
 * @param lower quantile at 5 % over the states that are kept
 * @param upper quantile at 95 %
 * @param rhat split R-hat
 * @param effectiveDraws of all chains together
 */
public record SampledHyperparameter(
    String name,
    OptionalInt feature,
    double mean,
    double deviation,
    double lower,
    double upper,
    double rhat,
    double effectiveDraws) {}
