package finitewidth.inference.ensemble;

import java.util.function.Function;

/**
 * Functions of the averages of G independent groups, with standard errors from what they become as
 * each group in turn is left out (Tukey's jackknife).
 *
 * @param value the functions at the average of all groups
 * @param unbiased the same without the bias of order 1/G that curvature brings
 * @param error standard errors
 */
record Jackknife(double[] value, double[] unbiased, double[] error) {

  /**
   * @param groups [group][quantity]
   * @param functions of averaged quantities
   */
  static Jackknife of(double[][] groups, Function<double[], double[]> functions) {
    int count = groups.length;
    int quantities = groups[0].length;
    double[] sum = new double[quantities];
    for (double[] group : groups) {
      for (int k = 0; k < quantities; k++) {
        sum[k] += group[k];
      }
    }
    double[] mean = new double[quantities];
    for (int k = 0; k < quantities; k++) {
      mean[k] = sum[k] / count;
    }
    double[] value = functions.apply(mean);
    double[][] without = new double[count][];
    for (int g = 0; g < count; g++) {
      double[] others = new double[quantities];
      for (int k = 0; k < quantities; k++) {
        others[k] = (sum[k] - groups[g][k]) / (count - 1);
      }
      without[g] = functions.apply(others);
    }
    double[] unbiased = new double[value.length];
    double[] error = new double[value.length];
    for (int f = 0; f < value.length; f++) {
      double middle = 0;
      for (double[] one : without) {
        middle += one[f] / count;
      }
      double scatter = 0;
      for (double[] one : without) {
        scatter += (one[f] - middle) * (one[f] - middle);
      }
      unbiased[f] = count * value[f] - (count - 1) * middle;
      error[f] = Math.sqrt(scatter * (count - 1) / count);
    }
    return new Jackknife(value, unbiased, error);
  }
}
