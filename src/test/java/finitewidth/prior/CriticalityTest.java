package finitewidth.prior;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.ActivationFunction;
import finitewidth.gaussian.activations.Activations;
import finitewidth.prior.Criticality.Found;
import finitewidth.prior.Criticality.Kind;
import finitewidth.prior.Criticality.None;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against closed forms, and by sums over a fine grid that know nothing but σ. */
class CriticalityTest {

  private static Criticality of(String name) {
    return Criticality.of(Activations.byName(name).orElseThrow());
  }

  /** C_b = 0: C_W = 2/(a₊² + a₋²), and 1/σ'(0)². */
  @ParameterizedTest
  @CsvSource({
    "linear, ANY, 1",
    "relu, ANY, 2",
    "leaky-relu, ANY, 1.9998000199980002",
    "erf, ZERO, 0.7853981633974483",
    "sin, ZERO, 1",
    "tanh, ZERO, 1",
    "elu, ZERO, 1"
  })
  void withoutBiases(String name, Kind kind, double weight) {
    Found found = (Found) of(name);
    assertThat(found.kind()).isEqualTo(kind);
    assertThat(found.biasVariance()).isZero();
    assertClose("C_W", found.weightVariance(), weight, 1e-12);
  }

  @Test
  void leakyReluOfAnySlope() {
    Found found = (Found) Criticality.of(Activations.leakyRelu(-0.6));
    assertThat(found.kind()).isEqualTo(Kind.ANY);
    assertClose("C_W", found.weightVariance(), 2 / 1.36, 1e-14);
  }

  /** The kernels of Roberts, Yaida and Hanin, in twenty-five-digit quadrature; GELU's is closed. */
  @ParameterizedTest
  @CsvSource({
    "gelu, FROM_ABOVE, 3.561552812808830275, 0.172922390756067352, 1.983058257437547125",
    "silu, FROM_BELOW, 14.32017361802579882, 0.555143171520530396, 1.988004678269492005"
  })
  void oneKernelStays(String name, Kind kind, double kernel, double bias, double weight) {
    Found found = (Found) of(name);
    assertThat(found.kind()).isEqualTo(kind);
    assertClose("K", found.kernel(), kernel, 1e-9);
    assertClose("C_b", found.biasVariance(), bias, 1e-8);
    assertClose("C_W", found.weightVariance(), weight, 1e-9);
  }

  @Test
  void kernelOfGelu() {
    assertClose("K", ((Found) of("gelu")).kernel(), (3 + Math.sqrt(17)) / 2, 1e-12);
  }

  /** K = C_b + C_W ⟨σ²⟩, χ_∥ = C_W/(2K²) ⟨σ²(z² − K)⟩ and χ_⊥ = C_W ⟨σ'²⟩, summed up over z. */
  @ParameterizedTest
  @ValueSource(strings = {"gelu", "silu"})
  void keepsKernelAndPerturbations(String name) {
    Activation activation = Activations.byName(name).orElseThrow();
    Found found = (Found) Criticality.of(activation);
    double k = found.kernel();
    double c = found.weightVariance();
    DoubleUnaryOperator square = z -> Math.pow(activation.value(z), 2);
    assertClose("kernel", found.biasVariance() + c * mean(square, k), k, 1e-12);
    double parallel = c / (2 * k * k) * mean(z -> square.applyAsDouble(z) * (z * z - k), k);
    assertClose("parallel", parallel, 1, 1e-12);
    double h = 1e-3;
    DoubleUnaryOperator slope =
        z ->
            (8 * (activation.value(z + h) - activation.value(z - h))
                    - (activation.value(z + 2 * h) - activation.value(z - 2 * h)))
                / (12 * h);
    assertClose("perpendicular", c * mean(z -> Math.pow(slope.applyAsDouble(z), 2), k), 1, 1e-10);
  }

  /** The trapezoidal rule, which for such functions has all digits. */
  private static double mean(DoubleUnaryOperator f, double variance) {
    double step = 1.0 / 64;
    double sum = 0;
    for (int i = -1024; i <= 1024; i++) {
      double h = i * step;
      sum += f.applyAsDouble(Math.sqrt(variance) * h) * Math.exp(-0.5 * h * h);
    }
    return sum * step / Math.sqrt(2 * Math.PI);
  }

  /**
   * Kernels on both sides of K fall, or rise: they come nearer to it on one side only. SiLU's other
   * fixed point is near, at 1.017 K.
   */
  @ParameterizedTest
  @CsvSource({"gelu, 0.05, -1", "silu, 0.01, 1"})
  void halfStable(String name, double away, double sign) {
    Activation activation = Activations.byName(name).orElseThrow();
    Found found = (Found) Criticality.of(activation);
    for (double kernel : new double[] {1 - away, 1 + away}) {
      double k = kernel * found.kernel();
      double next =
          found.biasVariance()
              + found.weightVariance() * mean(z -> Math.pow(activation.value(z), 2), k);
      assertThat(sign * (next / k - 1)).isGreaterThan(1e-9);
    }
  }

  /** ⟨σσ''⟩ has one sign. Softplus is sharp on the scale of large fields, where the range ends. */
  @ParameterizedTest
  @CsvSource({"softplus, 316.2277660168379", "cos, 1e4", "quadratic, 1e4"})
  void noneWhereThereIsNone(String name, double most) {
    None none = (None) of(name);
    assertClose("least", none.least(), 1e-4, 1e-15);
    assertClose("most", none.most(), most, 1e-12);
  }

  /** z + 1 has perturbations that stay, but only with biases of variance −1. */
  @Test
  void shiftedLineHasNone() {
    assertThat(of(Shifted.class.getName())).isInstanceOf(None.class);
  }

  @Test
  void userClasses() {
    Found relu = (Found) of(OwnLeakyRelu.class.getName());
    assertThat(relu.kind()).isEqualTo(Kind.ANY);
    assertClose("C_W", relu.weightVariance(), 2 / 1.04, 1e-9);
    Found gelu = (Found) of(ScaledSilu.class.getName());
    // σ(z) = 2 silu(z/2): K, C_b four times as large, C_W the same.
    assertClose("K", gelu.kernel(), 4 * 14.32017361802579882, 1e-8);
    assertClose("C_W", gelu.weightVariance(), 1.988004678269492005, 1e-9);
  }

  /** What grows too fast is looked at as far as it goes; a jump has no finite ⟨σ'²⟩. */
  @Test
  void rangeEndsWhereExpectationsDo() {
    None none = (None) of(Exponential.class.getName());
    assertThat(none.most()).isBetween(1e-4, 1e3);
    assertThat(of(Jump.class.getName())).isInstanceOf(None.class);
  }

  /** z + 1. */
  public static final class Shifted implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double z) {
      return z + 1;
    }
  }

  /** z, or 0.2 z below zero. */
  public static final class OwnLeakyRelu implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double z) {
      return z > 0 ? z : 0.2 * z;
    }
  }

  /** 2 silu(z/2). */
  public static final class ScaledSilu implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double z) {
      return z / (1 + Math.exp(-z / 2));
    }
  }

  /** e^z. */
  public static final class Exponential implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double z) {
      return Math.exp(z);
    }
  }

  /** −1 or 1. */
  public static final class Jump implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double z) {
      return z > 0 ? 1 : -1;
    }
  }
}
