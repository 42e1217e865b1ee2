package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.erf.ErfActivation;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What estimates and the choice of an engine count is what the engine asks activations for. */
class MomentCountTest {
  private static final int LAYERS = 2;

  private final AtomicLong moments = new AtomicLong();

  @ParameterizedTest
  @ValueSource(ints = {5, 12, 40})
  void momentsThatAreComputed(int p) {
    Matrix inputs = Problems.gaussian(p, 3, 1);
    ExactPosterior posterior =
        Fit.of(Problems.network(counted(), LAYERS), inputs, Problems.gaussian(p, 1, 2), 0.1);
    assertThat(moments.get()).isEqualTo(LAYERS * Tiling.moments(p));
    ExactPosterior.Predictor predictor = posterior.predictor();
    moments.set(0);
    predictor.predict(new double[] {0.1, 0.2, 0.3});
    // And P + 1 of the row with itself, which nobody counts.
    assertThat(moments.get()).isEqualTo(LAYERS * (RowContraction.moments(p) + p + 1));
  }

  /** Erf, but for the counter. */
  private FourPointActivation counted() {
    ErfActivation erf = new ErfActivation();
    return proxy(
        FourPointActivation.class,
        erf,
        (name, result, arguments) -> {
          if (!name.equals("fourPoint")) {
            return result;
          }
          return proxy(
              FourPoint.class,
              result,
              (moment, none, limits) -> {
                moments.addAndGet(count(moment, limits));
                return none;
              });
        });
  }

  /** Rows from..to−1 of three or two points, and triangles of rectangles. */
  private static long count(String moment, Object[] limits) {
    long count = 0;
    switch (moment) {
      case "distinct" -> count = at(limits, 4) - at(limits, 3);
      case "paired" -> count = at(limits, 3) - at(limits, 2);
      case "block" -> {
        for (long c = at(limits, 2); c < at(limits, 3); c++) {
          count += Math.max(0, at(limits, 5) - Math.max(at(limits, 4), c + 1));
        }
      }
      default -> count = 0; // the self-energy's, of pairs
    }
    return count;
  }

  private static int at(Object[] limits, int index) {
    return (Integer) limits[index];
  }

  private interface After {
    Object apply(String method, Object result, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Object target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return after.apply(method.getName(), method.invoke(target, arguments), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
