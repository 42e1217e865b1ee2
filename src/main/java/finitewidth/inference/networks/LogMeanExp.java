package finitewidth.inference.networks;

import java.util.Arrays;

/** The logarithm of the mean of numbers of which logarithms are given, such as weights. */
final class LogMeanExp {
  private LogMeanExp() {}

  static double of(double[] logarithms) {
    return without(logarithms, -1);
  }

  /**
   * Its standard error, from what it becomes as each number in turn is left out (Tukey's
   * jackknife).
   *
   * @param logarithms two or more
   */
  static double jackknife(double[] logarithms) {
    int count = logarithms.length;
    double[] without = new double[count];
    // Not by subtraction: where one number is nearly all of the sum, nothing would be left.
    Arrays.setAll(without, i -> without(logarithms, i));
    return Math.sqrt(Spread.of(without).variance() / count) * (count - 1);
  }

  private static double without(double[] logarithms, int left) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logarithms.length; i++) {
      if (i != left) {
        largest = Math.max(largest, logarithms[i]);
      }
    }
    double sum = 0;
    for (int i = 0; i < logarithms.length; i++) {
      if (i != left) {
        sum += Math.exp(logarithms[i] - largest);
      }
    }
    return largest + Math.log(sum / (left < 0 ? logarithms.length : logarithms.length - 1));
  }
}
