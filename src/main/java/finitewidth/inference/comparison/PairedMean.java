package finitewidth.inference.comparison;

/**
 * The mean of differences of pairs, d = (1/N) Σ (a − b), and its standard error √(Σ(a − b −
 * d)²/(N(N − 1))): noise that both members of a pair share is not in it.
 *
 * @param error not a number of a single pair
 */
public record PairedMean(double value, double error) {

  /**
   * Of pairs at the same places of two lists, one or more.
   *
   * @throws IllegalArgumentException if the lists differ in length or are empty
   */
  public static PairedMean of(double[] a, double[] b) {
    int count = a.length;
    if (count == 0 || b.length != count) {
      throw new IllegalArgumentException(count + " and " + b.length + " numbers are no pairs");
    }
    double mean = 0;
    for (int k = 0; k < count; k++) {
      mean += (a[k] - b[k]) / count;
    }
    double squares = 0;
    for (int k = 0; k < count; k++) {
      double rest = a[k] - b[k] - mean;
      squares += rest * rest;
    }
    return new PairedMean(mean, Math.sqrt(squares / count / (count - 1)));
  }
}
