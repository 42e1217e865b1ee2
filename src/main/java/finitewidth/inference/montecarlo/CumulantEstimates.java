package finitewidth.inference.montecarlo;

import java.util.List;

/**
 * What batches say of the third and fourth cumulants of a list of rows, per source layer:
 * coefficients of 1/n_s with standard errors. The fourth is a mean of squares about a mean that is
 * known exactly, so the estimate is unbiased and never negative.
 *
 * @param rows how many were drawn for
 * @param outputs m
 * @param moments one for each source layer
 */
public record CumulantEstimates(int rows, int outputs, List<Moments> moments) {
  /** κ₃ and κ₄ are three times a covariance. */
  private static final double TIMES = 3;

  public CumulantEstimates {
    moments = List.copyOf(moments);
  }

  /** κ₄ of row x. */
  public double fourth(int s, int x) {
    return TIMES * moments.get(s).mean(x);
  }

  public double fourthError(int s, int x) {
    return TIMES * moments.get(s).standardError(x);
  }

  /** κ₃ of row x, output i. */
  public double third(int s, int x, int i) {
    return TIMES * moments.get(s).mean(rows + x * outputs + i);
  }

  public double thirdError(int s, int x, int i) {
    return TIMES * moments.get(s).standardError(rows + x * outputs + i);
  }
}
