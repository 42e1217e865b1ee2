package finitewidth.inference.montecarlo;

import finitewidth.gaussian.Activation;
import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;

/**
 * Draws z = L g ~ N(0, K) over the training samples and their activations, a chunk of columns at a
 * time. Belongs to one thread.
 */
final class Fields {
  private final PivotedCholesky factor;
  private final Activation activation;
  private Matrix g;
  private Matrix z;
  private Matrix f;

  /**
   * @param factor of K = L Lᵀ
   */
  Fields(PivotedCholesky factor, Activation activation) {
    this.factor = factor;
    this.activation = activation;
    shape(0);
  }

  /** Makes room for chunks of so many draws. */
  void shape(int size) {
    g = Matrix.zeros(factor.rank(), size);
    z = Matrix.zeros(factor.factor().rows(), size);
    f = Matrix.zeros(factor.factor().rows(), size);
  }

  /** The next chunk. */
  void draw(Normals normals) {
    normals.fill(g.data());
    Accumulate.times(1, factor.factor(), g, 0, z);
    double[] in = z.data();
    double[] out = f.data();
    activation.values(in, out, in.length);
  }

  /** Innovations, r × chunk. */
  Matrix g() {
    return g;
  }

  /** σ(z), P × chunk. */
  Matrix f() {
    return f;
  }
}
