package finitewidth.prior;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The widths n_0 … n_{H−1} of the hidden layers. First-order quantities are Σ_h (coefficient of
 * source layer h) / n_h, so one computation serves every choice of widths.
 */
public final class Widths implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] hidden;

  private Widths(double[] hidden) {
    this.hidden = hidden;
  }

  /**
   * @throws IllegalArgumentException if a width is not positive
   */
  public static Widths of(double... hidden) {
    for (double width : hidden) {
      if (!(width > 0)) {
        throw new IllegalArgumentException("width " + width + " is not positive");
      }
    }
    return new Widths(hidden.clone());
  }

  /** The same width in each of H hidden layers. */
  public static Widths uniform(int hiddenLayers, double width) {
    double[] hidden = new double[hiddenLayers];
    Arrays.fill(hidden, width);
    return of(hidden);
  }

  public int hiddenLayers() {
    return hidden.length;
  }

  /** All of them, n_0 first. */
  public double[] toArray() {
    return hidden.clone();
  }

  /**
   * All of them in whole neurons, n_0 first.
   *
   * @throws IllegalArgumentException if there are no networks of these widths
   */
  public int[] whole() {
    int[] whole = new int[hidden.length];
    for (int h = 0; h < whole.length; h++) {
      whole[h] = (int) hidden[h];
      if (whole[h] != hidden[h] || whole[h] < 1) {
        throw new IllegalArgumentException("there are no networks of widths " + this);
      }
    }
    return whole;
  }

  /** n_h. */
  public double width(int h) {
    return hidden[h];
  }

  /**
   * How many times as wide as others these layers are, all of them alike.
   *
   * @throws IllegalArgumentException if it differs from layer to layer
   */
  public double over(Widths other) {
    double ratio = hidden[0] / other.hidden[0];
    for (int h = 1; h < hidden.length; h++) {
      if (hidden[h] / other.hidden[h] != ratio) {
        throw new IllegalArgumentException(this + " are no multiple of " + other);
      }
    }
    return ratio;
  }

  /** Σ_h coefficient[h] / n_h. */
  public double apply(double[] coefficients) {
    double sum = 0;
    for (int h = 0; h < hidden.length; h++) {
      sum += coefficients[h] / hidden[h];
    }
    return sum;
  }

  /** √Σ_h (error[h] / n_h)², of errors that are independent of one another. */
  public double quadrature(double[] errors) {
    double square = 0;
    for (int h = 0; h < hidden.length; h++) {
      double error = errors[h] / hidden[h];
      square += error * error;
    }
    return Math.sqrt(square);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Widths that && Arrays.equals(that.hidden, hidden);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hidden);
  }

  @Override
  public String toString() {
    return DoubleStream.of(hidden)
        .mapToObj(w -> w == Math.rint(w) ? Long.toString((long) w) : Double.toString(w))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
