package finitewidth.inference.linear;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Widths;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hipparchus.special.Gamma;

/**
 * The matrix of scales of two outputs and one hidden layer, Ω ~ Wishart(n)/n, by quadrature: Ω =
 * exp(u + [[p, r], [r, −p]]) has the eigenvalues e^{u±v}, v² = p² + r², and dΩ = 2 e^{3u} (sinh
 * v)/v du dp dr, so that
 *
 * <p>log p(u, p, r) = n (u − eᵘ cosh v) + log((sinh v)/v) + constant.
 *
 * <p>All of it is smooth, so the trapezoid rule converges faster than any power of its step. Its
 * lattice is laid along the axes of the integrand's maximum, and goes as far as there is anything.
 */
final class TwoOutputs {
  /** Nats below the largest at which the integrand is nothing. */
  private static final double NEGLIGIBLE = 42;

  /** The same for predictions. */
  private static final double NEGLIGIBLE_FOR_ROWS = 30;

  /** In deviations; 2π² over its square are e-folds of the rule's error for a Gaussian. */
  private static final double STEP = 0.6;

  private static final double STEP_FOR_ROWS = 0.75;

  /** In u, p and r, where the integrand has poles at some distance from the real axis. */
  private static final double LARGEST_STEP = 0.2;

  private static final double LARGEST_STEP_FOR_ROWS = 0.22;

  private static final int MOST_STEPS = 200;
  private static final double DIFFERENCE = 1e-3;
  private static final double[] NO_SHIFT = new double[3];

  private final MatrixLikelihood likelihood;
  private final double width;
  private final double constant;
  private final double[] vectors = new double[4];
  private final double[] scales = new double[2];

  private TwoOutputs(MatrixLikelihood likelihood, double width) {
    this.likelihood = likelihood;
    this.width = width;
    double x = 0.5 * width;
    double less = x - 0.5;
    constant =
        Math.log(2)
            - 0.5 * Math.log(Math.PI)
            + peak(x)
            + peak(less)
            - less * Math.log1p(-0.5 / x)
            + 0.5 * Math.log(x)
            - 0.5;
  }

  /** x log x − x − log Γ(x). */
  private static double peak(double x) {
    if (x < 30) {
      return x * Math.log(x) - x - Gamma.logGamma(x);
    }
    double inverse = 1 / x;
    double square = inverse * inverse;
    return 0.5 * Math.log(x / (2 * Math.PI))
        - inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  }

  /**
   * Integrates.
   *
   * @param widths of one hidden layer, above 1
   * @param at1 log p(Y) at Ω = 1
   */
  static MatrixNodes of(MatrixLikelihood likelihood, Widths widths, double at1) {
    TwoOutputs integral = new TwoOutputs(likelihood, widths.width(0));
    double[] mode = integral.mode();
    Matrix axes = integral.axes(mode);
    Lattice fine = integral.lattice(mode, axes, STEP, LARGEST_STEP, NEGLIGIBLE);
    Lattice coarse =
        integral.lattice(mode, axes, STEP_FOR_ROWS, LARGEST_STEP_FOR_ROWS, NEGLIGIBLE_FOR_ROWS);
    return coarse.nodes(widths, at1 + fine.logSum());
  }

  /** Where Ω is: its rotation and its eigenvalues. */
  private static void decompose(double[] at, double[] vectors, double[] scales) {
    double v = Math.hypot(at[1], at[2]);
    double angle = 0.5 * Math.atan2(at[2], at[1]);
    vectors[0] = Math.cos(angle);
    vectors[1] = -Math.sin(angle);
    vectors[2] = -vectors[1];
    vectors[3] = vectors[0];
    scales[0] = Math.exp(at[0] + v);
    scales[1] = Math.exp(at[0] - v);
  }

  private double value(double... at) {
    double u = at[0];
    double v = Math.hypot(at[1], at[2]);
    decompose(at, vectors, scales);
    double half = Math.sinh(0.5 * v);
    double ratio = v < 1e-4 ? v * v / 6 : Math.log(Math.sinh(v) / v);
    double prior = width * (u - Math.expm1(u) * Math.cosh(v) - 2 * half * half) + ratio + constant;
    return prior + likelihood.at(vectors, scales);
  }

  private double[] gradient(double[] at) {
    double[] slopes = new double[3];
    for (int i = 0; i < 3; i++) {
      slopes[i] =
          (shifted(at, i, DIFFERENCE, NO_SHIFT) - shifted(at, i, -DIFFERENCE, NO_SHIFT))
              / (2 * DIFFERENCE);
    }
    return slopes;
  }

  private double shifted(double[] at, int i, double by, double[] more) {
    double[] there = new double[3];
    for (int j = 0; j < 3; j++) {
      there[j] = at[j] + more[j] + (i == j ? by : 0);
    }
    return value(there);
  }

  /** Minus the second derivatives. */
  private Matrix curvature(double[] at) {
    Matrix curvature = Matrix.zeros(3, 3);
    double middle = value(at);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j <= i; j++) {
        double second;
        if (i == j) {
          second =
              shifted(at, i, DIFFERENCE, NO_SHIFT)
                  - 2 * middle
                  + shifted(at, i, -DIFFERENCE, NO_SHIFT);
        } else {
          double[] up = new double[3];
          double[] down = new double[3];
          up[j] = DIFFERENCE;
          down[j] = -DIFFERENCE;
          second =
              0.25
                  * (shifted(at, i, DIFFERENCE, up)
                      - shifted(at, i, DIFFERENCE, down)
                      - shifted(at, i, -DIFFERENCE, up)
                      + shifted(at, i, -DIFFERENCE, down));
        }
        curvature.set(i, j, -second / (DIFFERENCE * DIFFERENCE));
        curvature.set(j, i, curvature.get(i, j));
      }
    }
    return curvature;
  }

  /** The maximum, near enough for a lattice: Newton's method, uphill always. */
  private double[] mode() {
    double[] at = {0, 0, 0};
    double now = value(at);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] slopes = gradient(at);
      double[] direction = timesInverse(curvature(at), slopes);
      double length = 1;
      double gain = 0;
      double[] next = at;
      while (length > 1e-6) {
        double[] there = at.clone();
        for (int i = 0; i < 3; i++) {
          there[i] += length * Math.max(-1, Math.min(1, direction[i]));
        }
        gain = value(there) - now;
        if (gain > 0) {
          next = there;
          break;
        }
        length *= 0.5;
      }
      if (!(gain > 1e-9)) {
        break;
      }
      at = next;
      now += gain;
    }
    return at;
  }

  /** The inverse of a symmetric matrix, with the sizes of its eigenvalues, times a vector. */
  private static double[] timesInverse(Matrix matrix, double[] vector) {
    SymmetricEigen eigen = SymmetricEigen.of(matrix);
    double[] sum = new double[3];
    for (int k = 0; k < 3; k++) {
      double along = 0;
      for (int i = 0; i < 3; i++) {
        along += eigen.vectors().get(i, k) * vector[i];
      }
      along /= Math.max(Math.abs(eigen.values()[k]), 1e-3);
      for (int i = 0; i < 3; i++) {
        sum[i] += along * eigen.vectors().get(i, k);
      }
    }
    return sum;
  }

  /** Steps of one deviation along each axis, a column each. */
  private Matrix axes(double[] mode) {
    Cholesky root = Cholesky.of(curvature(mode));
    Matrix identity = Matrix.zeros(3, 3);
    for (int i = 0; i < 3; i++) {
      identity.set(i, i, 1);
    }
    return root.solveUpper(identity);
  }

  /** Points of a lattice where there is anything. */
  private record Lattice(List<double[]> points, List<Double> logs, double logVolume) {
    double largest() {
      return logs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    double logSum() {
      double top = largest();
      double sum = 0;
      for (double log : logs) {
        sum += Math.exp(log - top);
      }
      return top + Math.log(sum) + logVolume;
    }

    MatrixNodes nodes(Widths widths, double logEvidence) {
      int count = points.size();
      double[][] vectors = new double[count][4];
      double[][] scales = new double[count][2];
      double[] weights = new double[count];
      double total = logSum() - logVolume;
      for (int k = 0; k < count; k++) {
        decompose(points.get(k), vectors[k], scales[k]);
        weights[k] = Math.exp(logs.get(k) - total);
      }
      return new MatrixNodes(
          widths, vectors, scales, weights, 1, Double.POSITIVE_INFINITY, logEvidence, 0);
    }
  }

  /** A place in the lattice, counted from its middle. */
  private record Cell(int i, int j, int k) {
    List<Cell> neighbours() {
      return List.of(
          new Cell(i + 1, j, k),
          new Cell(i - 1, j, k),
          new Cell(i, j + 1, k),
          new Cell(i, j - 1, k),
          new Cell(i, j, k + 1),
          new Cell(i, j, k - 1));
    }
  }

  private Lattice lattice(
      double[] mode, Matrix axes, double wanted, double largest, double negligible) {
    double longest = 0;
    double volume = 1;
    for (int k = 0; k < 3; k++) {
      longest =
          Math.max(longest, Math.hypot(axes.get(0, k), Math.hypot(axes.get(1, k), axes.get(2, k))));
      volume *= axes.get(k, k);
    }
    double step = Math.min(wanted, largest / longest);
    double top = value(mode);
    List<double[]> points = new ArrayList<>();
    List<Double> logs = new ArrayList<>();
    Set<Cell> seen = new HashSet<>();
    Deque<Cell> open = new ArrayDeque<>();
    Cell middle = new Cell(0, 0, 0);
    open.add(middle);
    seen.add(middle);
    while (!open.isEmpty()) {
      Cell cell = open.remove();
      double[] at = mode.clone();
      for (int i = 0; i < 3; i++) {
        at[i] +=
            step
                * (axes.get(i, 0) * cell.i()
                    + axes.get(i, 1) * cell.j()
                    + axes.get(i, 2) * cell.k());
      }
      double log = value(at);
      if (log > top - negligible) {
        points.add(at);
        logs.add(log);
        for (Cell next : cell.neighbours()) {
          if (seen.add(next)) {
            open.add(next);
          }
        }
      }
    }
    return new Lattice(points, logs, 3 * Math.log(step) + Math.log(Math.abs(volume)));
  }
}
