package finitewidth.gaussian.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.ActivationClassException;
import finitewidth.gaussian.ActivationFunction;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPoint;
import finitewidth.gaussian.quadrature.QuadratureActivation;
import finitewidth.linalg.NumericsException;
import finitewidth.oracle.UserErf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's own activation by the name of its class. */
class ActivationClassTest {
  /** Needs an argument. */
  public static final class NoConstructor implements ActivationFunction {
    private static final long serialVersionUID = 1L;
    private final double slope;

    public NoConstructor(double slope) {
      this.slope = slope;
    }

    @Override
    public double value(double z) {
      return slope * z;
    }
  }

  /** Fails when it is made. */
  public static final class Failing implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    public Failing() {
      throw new IllegalStateException("no table");
    }

    @Override
    public double value(double z) {
      return z;
    }
  }

  /** Holds what cannot be sent. */
  public static final class Unsendable implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Object held = new Object();

    @Override
    public double value(double z) {
      return z + held.hashCode();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "com.example.NoSuch, there is no class com.example.NoSuch",
    "java.lang.String, does not implement finitewidth.gaussian.ActivationFunction",
    "finitewidth.gaussian.activations.ActivationClassTest$NoConstructor, no public constructor",
    "finitewidth.gaussian.activations.ActivationClassTest$Failing, fails: IllegalStateException (no"
        + " table)",
    "finitewidth.gaussian.activations.ActivationClassTest$Unsendable, cannot be sent to executors",
    "finitewidth.gaussian.ActivationFunction, must be public and not abstract"
  })
  void whatCannotBeUsed(String name, String message) {
    assertThatThrownBy(() -> Activations.byName(name))
        .isInstanceOf(ActivationClassException.class)
        .hasMessageContaining(message);
  }

  @Test
  void nameAndCopies() throws IOException, ClassNotFoundException {
    String name = UserErf.class.getName();
    Activation activation = Activations.of(name, Map.of()).orElseThrow();
    assertThat(activation.name()).isEqualTo(name);
    TwoPoint before = TwoPoint.of(activation, 1, 2, 0.5);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(activation);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Activation copy = (Activation) in.readObject();
      assertThat(TwoPoint.of(copy, 1, 2, 0.5)).isEqualTo(before);
    }
  }

  private static void onePoint(ActivationFunction f, double variance) {
    new QuadratureActivation("com.example.Own", f).onePoint(variance, new OnePoint());
  }

  @Test
  void whatFieldsReachMustBeFinite() {
    assertThatThrownBy(() -> onePoint(z -> Math.sqrt(z), 1))
        .isInstanceOf(NumericsException.class)
        .hasMessageContaining("com.example.Own gives NaN at z = -");
    assertThatThrownBy(() -> onePoint(z -> 1 / z, 0))
        .isInstanceOf(NumericsException.class)
        .hasMessageContaining("Infinity at z = 0.0");
    assertThatThrownBy(() -> onePoint(z -> 1 / Math.max(0, 5 - z), 1))
        .isInstanceOf(NumericsException.class)
        .hasMessageContaining("gives Infinity");
    // Never asked beyond what such fields reach.
    onePoint(z -> z > 100 ? Double.NaN : z, 1);
  }

  @Test
  void growth() {
    // ⟨e^{z²/2}⟩ converges below variance 1, and that of σ⁴ where σ = e^{z²/8}.
    onePoint(z -> Math.exp(0.125 * z * z), 0.5);
    assertThatThrownBy(() -> onePoint(z -> Math.exp(0.125 * z * z), 1.1))
        .isInstanceOf(NumericsException.class)
        .hasMessageContaining("com.example.Own grows too fast")
        .hasMessageContaining("variance 1.1");
    // Fourth powers, and then values, that are no doubles any more where the density still is one.
    for (double variance : new double[] {2.1, 4}) {
      assertThatThrownBy(() -> onePoint(z -> Math.exp(z * z), variance))
          .hasMessageContaining("com.example.Own grows too fast")
          .hasMessageContaining("variance " + variance);
    }
    assertThatThrownBy(() -> onePoint(z -> Math.exp(z * z), 40))
        .hasMessageContaining("com.example.Own gives Infinity at z = 26");
    // Polynomials and exponentials are welcome.
    onePoint(Math::exp, 4);
    onePoint(z -> z * z * z, 10);
    onePoint(z -> 0, 1);
  }

  /** A function without end of kinks is as good as it says. */
  @Test
  void roughFunctions() {
    Activation saw = new QuadratureActivation("saw", z -> z - Math.floor(z));
    assertThat(saw.relativeError(4)).isGreaterThan(1e-6);
    OnePoint one = new OnePoint();
    saw.onePoint(4, one);
    assertThat(Math.abs(one.mean - 1.0 / 3)).isLessThan(1e-3);
  }
}
