package finitewidth.job.score;

import java.util.OptionalDouble;

/**
 * How well one choice of widths predicts the test rows.
 *
 * @param rows that were scored
 * @param rmse root of the squared error averaged over rows and outputs, in the targets' units; for
 *     a classification in units of the classes' code
 * @param nlpd negative log predictive density per row, noise included, summed over outputs and
 *     averaged over rows; NaN where a predictive variance is not positive, absent where variances
 *     were not asked for
 * @param accuracy share of rows whose class is predicted, for a classification
 * @param outside how many rows are outside the expansion
 */
public record Score(
    long rows, OptionalDouble rmse, OptionalDouble nlpd, OptionalDouble accuracy, long outside) {}
