package finitewidth.report.fit;

/**
 * The first output along the only input, in their own units.
 *
 * @param x in increasing order
 * @param nngpDeviation of the latent function
 * @param mean corrected; NaN where it is not known
 * @param deviation corrected
 * @param trainX at most some hundred training rows
 */
public record InputCurve(
    String input,
    double[] x,
    double[] nngpMean,
    double[] nngpDeviation,
    double[] mean,
    double[] deviation,
    double[] trainX,
    double[] trainY) {}
