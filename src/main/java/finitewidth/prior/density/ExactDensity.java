package finitewidth.prior.density;

import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.Optional;

/**
 * The exact prior density of one output of a linear or ReLU network at one input, at any widths,
 * depth and biases.
 *
 * <p>Given the hidden layers an output is N(0, v), and v goes through the layers as a Markov chain:
 * v' = C_b + C_W v χ²_n/n for linear layers and v' = C_b + C_W v χ²_k/n with k binomial for ReLU.
 * Without biases v is a product of independent factors and the density is the Meijer-G function, or
 * for ReLU the mixture of them beside a point at zero, of Zavatone-Veth and Pehlevan 2021. Here the
 * chain is followed numerically, biases or not, see {@link VarianceLaw}; relative error below
 * 1e-11.
 *
 * @see <a href="https://arxiv.org/abs/2104.11734">Zavatone-Veth and Pehlevan 2021</a>
 */
public final class ExactDensity {
  /** Neurons in all layers beyond which nothing but cost would be gained. */
  public static final int MOST_NEURONS = 50_000;

  /**
   * What the density at some standard deviations adds to the curvature of what is summed, as so
   * many neurons would.
   */
  private static final int OF_THE_TAIL = 45;

  private final VarianceLaw law;
  private final boolean boundless;

  private ExactDensity(VarianceLaw law, boolean boundless) {
    this.law = law;
    this.boundless = boundless;
  }

  /** Why there is none; empty if there is. */
  public static Optional<String> refusal(Architecture architecture, Widths widths) {
    double neurons = 0;
    for (int h = 0; h < widths.hiddenLayers(); h++) {
      neurons += widths.width(h);
    }
    if (!isLinear(architecture) && !architecture.activation().name().equals("relu")) {
      return Optional.of("known for linear and relu only");
    }
    return neurons > MOST_NEURONS
        ? Optional.of("computed for at most " + MOST_NEURONS + " neurons in all")
        : Optional.empty();
  }

  /**
   * The density at an input.
   *
   * @param widths whole numbers
   * @param inputVariance K of the first layer, not negative
   * @throws IllegalArgumentException if there is a {@link #refusal}
   */
  public static ExactDensity of(Architecture architecture, Widths widths, double inputVariance) {
    int neurons = 0;
    for (int h = 0; h < widths.hiddenLayers(); h++) {
      neurons += (int) widths.width(h);
    }
    return of(architecture, widths, inputVariance, 1 / Math.sqrt(neurons + OF_THE_TAIL));
  }

  static ExactDensity of(
      Architecture architecture, Widths widths, double inputVariance, double step) {
    refusal(architecture, widths)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("the exact density is " + reason);
            });
    boolean linear = isLinear(architecture);
    VarianceLaw law = VarianceLaw.known(inputVariance, step);
    int hidden = architecture.hiddenLayers();
    boolean boundless = false;
    for (int h = 0; h < hidden; h++) {
      int width = (int) widths.width(h);
      LogFactor factor = linear ? LogGamma.of(width) : ThinnedLogGamma.of(width);
      double scale = architecture.weightVariance(h + 1) * (linear ? 1 : 0.5);
      law = law.next(factor, scale, architecture.biasVariance(h + 1));
      boundless |= factor.leastShape() == 1;
    }
    return new ExactDensity(law, boundless && architecture.biasVariance(hidden) == 0);
  }

  private static boolean isLinear(Architecture architecture) {
    return architecture.activation().name().equals("linear");
  }

  /**
   * The density at h, without the {@link #atom}. At h = 0 it is infinite where a single active
   * neuron may be all that there is, and no bias follows.
   */
  public double at(double h) {
    return h == 0 && boundless ? Double.POSITIVE_INFINITY : law.normal(h);
  }

  /** The probability that the output is zero. */
  public double atom() {
    return law.zero();
  }
}
