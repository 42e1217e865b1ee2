package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Gradients of the collapsed likelihood beside products of matrices on the same core, in turns:
 * operations a second of the processor. Prints a line of a Markdown table.
 */
final class GradientShare {
  private static final int FEATURES = 8;
  private static final int ROUNDS = 15;

  private GradientShare() {}

  /** Arguments: rows, then widths; one layer each. */
  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[0]);
    for (String width : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      measure(rows, Integer.parseInt(width));
    }
  }

  private static void measure(int rows, int width) {
    Random random = new Random(1);
    Matrix x = normal(rows, FEATURES, random);
    Matrix y = normal(rows, 1, random);
    NetworkProblem problem =
        NetworkProblem.of(
            Architecture.uniform(Activations.byName("relu").orElseThrow(), 1, 0.1, 2), x, y, 0.05);
    NetworkShape shape = problem.shape(new int[] {width});
    CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape);
    double[] u = random.doubles(shape.weights(), -1, 1).toArray();
    double[] gradient = new double[shape.weights()];
    double operations = new Costs(rows, 1, shape).gradient();
    double[] f = normal(rows, width, random).data();
    double[] square = normal(width, width, random).data();
    double[] product = new double[rows * width];
    double products = 2.0 * rows * width * width;
    double[] own = new double[ROUNDS];
    double[] dgemm = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      own[round] = rate(operations, () -> likelihood.gradient(u, gradient));
      dgemm[round] =
          rate(
              products,
              () ->
                  BLAS.getInstance()
                      .dgemm(
                          "N", "N", rows, width, width, 1.0, f, rows, square, width, 0.0, product,
                          rows));
    }
    Arrays.sort(own);
    Arrays.sort(dgemm);
    double median = own[ROUNDS / 2];
    double of = dgemm[ROUNDS / 2];
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %.1f | %.1f | %.0f %% | %.0f %% |%n",
        rows,
        width,
        median,
        of,
        100 * median / of,
        100 * own[ROUNDS - 1] / dgemm[ROUNDS - 1]);
  }

  /** GFLOP/s of the processor, over a tenth of a second at least. */
  private static double rate(double operations, Runnable work) {
    double start = seconds();
    int done = 0;
    do {
      work.run();
      done++;
    } while (seconds() - start < 0.1);
    return 1e-9 * done * operations / (seconds() - start);
  }

  static Matrix normal(int rows, int columns, Random random) {
    Matrix matrix = Matrix.zeros(rows, columns);
    Arrays.setAll(matrix.data(), i -> random.nextGaussian());
    return matrix;
  }

  /** Of the processor, that this thread has had. */
  static double seconds() {
    return 1e-9 * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
