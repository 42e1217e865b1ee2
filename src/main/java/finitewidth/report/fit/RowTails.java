package finitewidth.report.fit;

/**
 * What a test row's predictive distribution has beyond mean and variance, by output.
 *
 * @param skewness κ₃/σ³
 * @param excessKurtosis κ₄/σ⁴
 * @param positive whether the Edgeworth density of each output is nowhere negative
 * @param quantiles by Cornish and Fisher, [probability][output], in the targets' units
 * @param gaussian those of the Gaussian with the same mean and variance, likewise
 */
public record RowTails(
    String id,
    double[] skewness,
    double[] excessKurtosis,
    boolean[] positive,
    double[][] quantiles,
    double[][] gaussian) {}
