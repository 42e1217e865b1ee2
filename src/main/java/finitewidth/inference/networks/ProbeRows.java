package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * Rows at which chains are watched.
 *
 * @param inputs as {@link NetworkProblem#inputsOf} has them
 * @param rows T
 */
record ProbeRows(double[] inputs, int rows) implements Serializable {

  /**
   * Of rows like those to be predicted.
   *
   * @param x T × n_0, preprocessed; may have no rows
   */
  static ProbeRows of(NetworkProblem problem, Matrix x) {
    return x.rows() == 0
        ? new ProbeRows(new double[0], 0)
        : new ProbeRows(problem.inputsOf(x), x.rows());
  }
}
