package finitewidth.oracle;

import static org.assertj.core.api.Assertions.assertThat;

/** Comparison with a tolerance relative to the largest expected number of a group. */
public final class Closeness {
  private Closeness() {}

  /** Largest |actual − expected| over the largest |expected|. */
  public static double worst(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double scale = 0;
    double error = 0;
    for (int i = 0; i < actual.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(actual[i] - expected[i]));
      if (Double.isNaN(actual[i])) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return scale == 0 ? error : error / scale;
  }

  public static void assertClose(
      String what, double[] actual, double[] expected, double tolerance) {
    assertThat(worst(actual, expected)).as(what).isLessThanOrEqualTo(tolerance);
  }

  /** Relative error of one number. */
  public static void assertClose(String what, double actual, double expected, double tolerance) {
    assertClose(what, new double[] {actual}, new double[] {expected}, tolerance);
  }
}
