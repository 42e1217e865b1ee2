package finitewidth.inference.networks;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What a leap of a trajectory takes of a processor, in microseconds: with given hyperparameters,
 * where the last layer's weights move along, and with sampled ones, where it stays integrated out.
 * Prints a line of a Markdown table.
 */
final class LeapTimes {
  private static final int ROUNDS = 9;

  private LeapTimes() {}

  /** Arguments: activation, rows, features, then networks, each as 16 or 16x16. */
  public static void main(String[] arguments) {
    for (String widths : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      measure(
          arguments[0],
          Integer.parseInt(arguments[1]),
          Integer.parseInt(arguments[2]),
          Arrays.stream(widths.split("x", -1)).mapToInt(Integer::parseInt).toArray());
    }
  }

  private static void measure(String activation, int rows, int features, int[] widths) {
    Random random = new Random(1);
    Matrix x = GradientShare.normal(rows, features, random);
    Matrix y = GradientShare.normal(rows, 1, random);
    Architecture network =
        Architecture.uniform(
            Activations.byName(activation).orElseThrow(), widths.length, 0.1, 2);
    NetworkProblem given = NetworkProblem.of(network, x, y, 0.05);
    CollapsedLikelihood under = new CollapsedLikelihood(given, given.shape(widths));
    OpenLikelihood open = new OpenLikelihood(given, under);
    NetworkProblem moving =
        NetworkProblem.of(network, x, y, 0.05, HyperparameterPrior.weak(true));
    CollapsedLikelihood collapsed = new CollapsedLikelihood(moving, moving.shape(widths));
    double[] one = new double[ROUNDS];
    double[] other = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      one[round] = microseconds(open, random);
      other[round] = microseconds(collapsed, random);
    }
    Arrays.sort(one);
    Arrays.sort(other);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %s | %.1f | %.1f |%n",
        activation,
        rows,
        features,
        Arrays.toString(widths),
        one[ROUNDS / 2],
        other[ROUNDS / 2]);
  }

  /** Of a leap, over a fifth of a second at least, at ever other positions. */
  private static double microseconds(Slopes slopes, Random random) {
    double[] x = random.doubles(slopes.shape().coordinates(), -1, 1).toArray();
    double[] gradient = new double[x.length];
    double start = GradientShare.seconds();
    int done = 0;
    do {
      if (!slopes.between(x, gradient)) {
        throw new IllegalStateException("no gradient");
      }
      x[x.length - 1] += 1e-9;
      done++;
    } while (done % 16 != 0 || GradientShare.seconds() - start < 0.2);
    return 1e6 * (GradientShare.seconds() - start) / done;
  }
}
