package finitewidth.data;

/**
 * How much data there is.
 *
 * @param trainingRows rows to learn from
 * @param testRows rows to predict
 * @param features n_0
 * @param outputs m: targets, or classes
 */
public record DataShape(long trainingRows, long testRows, int features, int outputs) {}
