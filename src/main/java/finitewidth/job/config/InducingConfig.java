package finitewidth.job.config;

import finitewidth.inducing.Approximation;
import finitewidth.training.PointChoice;

/**
 * How a few points stand for many training rows.
 *
 * @param points how many
 * @param sampleRows most training rows to choose them from; a random subset where there are more
 * @param seed of the subset and of the choice
 */
public record InducingConfig(
    int points,
    PointChoice.Method method,
    int sampleRows,
    long seed,
    Approximation approximation) {}
