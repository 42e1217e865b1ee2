package finitewidth.evidence;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderException;
import breeze.optimize.LBFGSB;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import scala.Tuple2;

/**
 * Minimises a smooth function within a box, by breeze's L-BFGS-B (Byrd, Lu, Nocedal and Zhu 1995).
 *
 * <p>Ends where the function's values or the projected gradient no longer move by {@link
 * #TOLERANCE}, relatively, or after {@link #MOST_STEPS} steps. What comes back is the best point
 * that was evaluated.
 */
public final class Lbfgsb {
  /** Relative change of values and gradient that counts as none. */
  static final double TOLERANCE = 1e-8;

  /** Most steps. */
  static final int MOST_STEPS = 200;

  /** Pairs of steps and gradient differences that stand for the Hessian. */
  private static final int MEMORY = 10;

  private static final int ZOOMS = 20;
  private static final int LINE_STEPS = 20;

  /** A function with its gradient. */
  public interface Smooth {
    /**
     * The value; not finite where the function does not exist.
     *
     * @param gradient receives the gradient
     */
    double at(double[] x, double[] gradient);
  }

  /**
   * The best point that was evaluated.
   *
   * @param evaluations of the function and its gradient
   */
  public record Minimum(double[] x, double value, int evaluations) {}

  private Lbfgsb() {}

  /**
   * Minimises from one start.
   *
   * @param start within the box
   */
  public static Minimum minimise(Smooth function, double[] lower, double[] upper, double[] start) {
    Tracked tracked = new Tracked(function, lower, upper, start);
    try {
      new LBFGSB(vector(lower), vector(upper), MOST_STEPS, MEMORY, TOLERANCE, ZOOMS, LINE_STEPS)
          .minimize(differentiable(tracked), vector(start));
    } catch (FirstOrderException | AssertionError e) {
      // A line search at the limits of rounding: the best point so far stands.
    }
    return new Minimum(tracked.best, tracked.bestValue, tracked.evaluations);
  }

  private static DenseVector<Object> vector(double[] values) {
    return DenseVector.create(values.clone(), 0, 1, values.length);
  }

  /**
   * The function as breeze takes it. A class in Java cannot implement {@code DiffFunction}, which
   * inherits two methods apply that differ in their return type only. The virtual machine does not
   * mind, so this makes what a lambda expression would.
   */
  @SuppressWarnings("unchecked") // as erased as any lambda
  private static DiffFunction<DenseVector<Object>> differentiable(Tracked tracked) {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodType calculate = MethodType.methodType(Tuple2.class, DenseVector.class);
    try {
      MethodHandle target = lookup.findVirtual(Tracked.class, "calculate", calculate);
      return (DiffFunction<DenseVector<Object>>)
          LambdaMetafactory.metafactory(
                  lookup,
                  "calculate",
                  MethodType.methodType(DiffFunction.class, Tracked.class),
                  MethodType.methodType(Tuple2.class, Object.class),
                  target,
                  calculate)
              .getTarget()
              .invoke(tracked);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("breeze.optimize.DiffFunction is not what it was", e);
    }
  }

  /** Counts evaluations and keeps the best. */
  private static final class Tracked {
    private final Smooth function;
    private final double[] lower;
    private final double[] upper;
    private double[] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private int evaluations;

    Tracked(Smooth function, double[] lower, double[] upper, double[] start) {
      this.function = function;
      this.lower = lower;
      this.upper = upper;
      best = start;
    }

    /** Value and gradient. */
    @SuppressWarnings("unused") // called by breeze
    Tuple2<Object, DenseVector<Object>> calculate(DenseVector<Object> at) {
      double[] x = new double[at.length()];
      // Steps may leave the box by a rounding.
      Arrays.setAll(
          x, i -> Math.min(upper[i], Math.max(lower[i], ((Number) at.apply(i)).doubleValue())));
      double[] gradient = new double[x.length];
      double value = function.at(x, gradient);
      evaluations++;
      if (value < bestValue) {
        best = x;
        bestValue = value;
      }
      return new Tuple2<>(value, vector(gradient));
    }
  }
}
