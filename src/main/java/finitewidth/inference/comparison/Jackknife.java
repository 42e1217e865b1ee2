package finitewidth.inference.comparison;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Functions of the averages of G independent groups, with standard errors from what they become as
 * each group in turn is left out (Tukey's jackknife).
 *
 * @param value the functions at the average of all groups
 * @param unbiased the same without the bias of order 1/G that curvature brings
 * @param error standard errors
 */
public record Jackknife(double[] value, double[] unbiased, double[] error) {

  /**
   * Of groups of equal weight.
   *
   * @param groups [group][quantity]
   * @param functions of averaged quantities
   */
  public static Jackknife of(double[][] groups, Function<double[], double[]> functions) {
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

  /**
   * The same of a single Gaussian number, from functions at it and one standard error to either
   * side: without error for squares.
   *
   * @param number the number
   * @param deviation its standard error
   * @param functions of one number
   */
  static Jackknife ofGaussian(double number, double deviation, UnaryOperator<double[]> functions) {
    double[] value = functions.apply(new double[] {number});
    double[] below = functions.apply(new double[] {number - deviation});
    double[] above = functions.apply(new double[] {number + deviation});
    double[] unbiased = new double[value.length];
    double[] error = new double[value.length];
    for (int f = 0; f < value.length; f++) {
      double bent = 0.5 * (above[f] + below[f]) - value[f];
      unbiased[f] = value[f] - bent;
      // Of a + bz + cz², z a standard normal deviate: b² + 2c².
      error[f] = Math.hypot(0.5 * (above[f] - below[f]), Math.sqrt(2) * bent);
    }
    return new Jackknife(value, unbiased, error);
  }
}
