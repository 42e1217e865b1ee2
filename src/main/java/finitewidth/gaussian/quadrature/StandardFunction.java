package finitewidth.gaussian.quadrature;

import finitewidth.gaussian.ActivationFunction;
import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.lanes.FastTanh;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The activations by name whose expectations have no closed form. Values are good to a few ulp and
 * made of {@link FastTanh}, {@code Math.exp} and {@code Math.log}, where {@code Math.tanh}, {@code
 * expm1} and {@code log1p} are several times as slow: a draw evaluates σ for every sample.
 */
public enum StandardFunction implements ActivationFunction {
  /** tanh z. */
  TANH("tanh") {
    @Override
    public double value(double z) {
      return FastTanh.of(z);
    }

    @Override
    public void values(double[] z, double[] out, int count) {
      FastTanh.of(z, out, count);
    }

    @Override
    double slope(double z, double value) {
      return 1 - value * value;
    }
  },

  /** z / (1 + e^{−z}), also called swish. */
  SILU("silu", "swish") {
    @Override
    public double value(double z) {
      return z / (1 + Math.exp(-z));
    }

    @Override
    double slope(double z, double value) {
      double step = 1 / (1 + Math.exp(-z));
      return step + value * (1 - step);
    }
  },

  /** log(1 + e^z). */
  SOFTPLUS("softplus") {
    @Override
    public double value(double z) {
      double e = Math.exp(-Math.abs(z));
      double sum = 1 + e;
      // What the sum lost of e counts to first order.
      return Math.max(z, 0) + Math.log(sum) + (e - (sum - 1)) / sum;
    }

    @Override
    double slope(double z, double value) {
      return 1 / (1 + Math.exp(-z));
    }
  },

  /** z for z ≥ 0 and e^z − 1 below: ELU with α = 1. */
  ELU("elu") {
    @Override
    public double value(double z) {
      if (z >= 0) {
        return z;
      }
      if (z < -2 * SMALL) {
        return Math.exp(z) - 1;
      }
      double half = FastTanh.of(0.5 * z);
      return 2 * half / (1 - half);
    }

    @Override
    double slope(double z, double value) {
      return z >= 0 ? 1 : value + 1;
    }
  };

  /** Below it e^z − 1 loses digits. */
  private static final double SMALL = 0.625;

  private final List<String> names;

  StandardFunction(String... names) {
    this.names = List.of(names);
  }

  /** σ'(z), given σ(z). */
  abstract double slope(double z, double value);

  @Override
  public Optional<Derivative> derivative() {
    return Optional.of(this::slope);
  }

  /** What it is called in results. */
  public String title() {
    return names.get(0);
  }

  /** All names, the title first. */
  public List<String> names() {
    return names;
  }

  public static Optional<StandardFunction> byName(String name) {
    return Arrays.stream(values()).filter(f -> f.names.contains(name)).findFirst();
  }
}
