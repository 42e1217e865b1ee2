package finitewidth.evidence;

import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import java.io.Serializable;

/**
 * All hyperparameters that evidence may fit.
 *
 * @param network activation, depth, and variances of every layer
 * @param noiseVariance s², in units of the preprocessed target squared
 * @param inputScales s_k by feature with mean 1: the first layer's kernel is C_b + C_W Σ_k s_k x_k
 *     y_k / n_0; empty where the inputs are taken as they are
 */
public record Hyperparameters(Architecture network, double noiseVariance, double[] inputScales)
    implements Serializable {

  /** The inputs that the network sees, √s_k x_k; the matrix itself where there are no scales. */
  public Matrix scaled(Matrix inputs) {
    if (inputScales.length == 0) {
      return inputs;
    }
    Matrix scaled = inputs.copy();
    for (int k = 0; k < inputScales.length; k++) {
      double root = Math.sqrt(inputScales[k]);
      for (int a = 0; a < inputs.rows(); a++) {
        scaled.set(a, k, root * inputs.get(a, k));
      }
    }
    return scaled;
  }
}
