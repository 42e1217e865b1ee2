package finitewidth.oracle;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import java.util.SplittableRandom;

/** Small seeded problems. */
public final class Problems {
  private Problems() {}

  /** Independent standard normal entries. */
  public static Matrix gaussian(int rows, int cols, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix matrix = Matrix.zeros(rows, cols);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = random.nextGaussian();
    }
    return matrix;
  }

  /** Different variances in every layer, scaled so that no activation runs away. */
  public static Architecture network(String activation, int hiddenLayers) {
    return network(Activations.byName(activation).orElseThrow(), hiddenLayers);
  }

  /** The same for an activation that has parameters. */
  public static Architecture network(Activation activation, int hiddenLayers) {
    double[] bias = new double[hiddenLayers + 1];
    double[] weight = new double[hiddenLayers + 1];
    double base = activation.name().equals("quadratic") ? 0.3 : 1.5;
    for (int l = 0; l <= hiddenLayers; l++) {
      bias[l] = 0.05 + 0.1 * l;
      weight[l] = base * (1 + 0.2 * l);
    }
    return Architecture.of(activation, bias, weight);
  }
}
