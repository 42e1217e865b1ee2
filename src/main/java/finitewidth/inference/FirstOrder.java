package finitewidth.inference;

import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.ByCoefficients;
import java.util.List;

/**
 * A posterior to first order that tells what its predictions are made of, for methods that rest on
 * first order and go on from there. All are coefficients of 1/width of each hidden layer.
 */
public interface FirstOrder extends Posterior {

  /**
   * The vertex and the self-energy over the training samples, contracted.
   *
   * @param kernels M = S + ½ V:B − V.A⁻¹ of each layer, P × P, symmetric
   * @param targets V_(ab)(cd) Φ_abΦ_cd of each layer, Φ = φφᵀ over all outputs
   */
  record Shifts(List<Matrix> kernels, double[] targets) {}

  /**
   * What a row is to first order.
   *
   * @param along [layer][direction]: Σ_a M_x̃a times the direction's element a, x̃ = x − w_x·R
   */
  record Row(ByCoefficients prediction, double[][] along) {}

  /** Rows along given directions, for any number of threads; made once, as that may cost. */
  @FunctionalInterface
  interface Directed {

    /** What contracts rows on one thread. */
    Along along();
  }

  /** Contracts rows, on one thread; a row has the same bits in any block. */
  interface Along {

    /** How many rows it likes to have at once. */
    int blockRows();

    /**
     * Up to so many rows, in their order.
     *
     * @param features preprocessed, one array for each row
     */
    List<Row> contract(double[][] features);
  }

  /**
   * The contractions over the training samples.
   *
   * @param runtime where they are computed, as far as the posterior does not have them
   */
  Shifts shifts(Runtime runtime);

  /**
   * What contracts rows along given directions.
   *
   * @param directions P × K, one a column
   */
  Directed directed(Matrix directions);
}
