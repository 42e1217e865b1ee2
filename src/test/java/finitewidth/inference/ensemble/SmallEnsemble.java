package finitewidth.inference.ensemble;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import java.util.Arrays;

/**
 * Three training rows and a test row of two hidden layers: few enough for weighted averages over
 * drawn networks to tell what first order leaves.
 */
record SmallEnsemble(Architecture network, Matrix training, Matrix targets, Matrix tests) {
  static final double NOISE = 0.3;

  /** Training rows. */
  static final int P = 3;

  static SmallEnsemble of(String activation) {
    Matrix inputs = Problems.gaussian(P + 1, 3, 51);
    return new SmallEnsemble(
        Problems.network(activation, 2),
        Matrix.wrap(P, 3, Arrays.copyOf(inputs.data(), 3 * P)),
        Matrix.copyOf(new double[][] {{1.9}, {-1.4}, {0.8}}),
        Matrix.wrap(1, 3, Arrays.copyOfRange(inputs.data(), 3 * P, 3 * P + 3)));
  }

  EnsembleProblem problem() {
    return new EnsembleProblem(network, training, targets, NOISE, tests);
  }
}
