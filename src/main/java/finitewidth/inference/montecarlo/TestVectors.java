package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;

/**
 * Test vectors ω with E[ωωᵀ] = A⁻¹, one for each draw of a chunk, and X = Hω = f∘P(f∘ω) + (f² −
 * F)∘Qω + Qᵀ((f² − F)∘ω) − (P∘F)ω. Holds scratch; belongs to one thread.
 */
final class TestVectors {
  private final InnerLayer layer;
  private Matrix scratch = Matrix.zeros(0, 0);
  private Matrix x = Matrix.zeros(0, 0);

  /** ω, P × chunk. */
  Matrix omega = Matrix.zeros(0, 0);

  /** f∘ω. */
  Matrix fOmega = Matrix.zeros(0, 0);

  /** (f² − F)∘ω. */
  Matrix squareOmega = Matrix.zeros(0, 0);

  TestVectors(InnerLayer layer) {
    this.layer = layer;
  }

  void shape(int size) {
    int n = layer.moment().rows();
    omega = Matrix.zeros(n, size);
    fOmega = Matrix.zeros(n, size);
    squareOmega = Matrix.zeros(n, size);
    scratch = Matrix.zeros(n, size);
    x = Matrix.zeros(n, size);
  }

  /** X for the fields of a chunk, P × chunk; until the next call. */
  Matrix draw(Normals normals, Matrix f) {
    normals.fill(omega.data());
    Accumulate.lowerTransposeTimes(layer.inverseFactor(), omega);
    double[] fs = f.data();
    double[] os = omega.data();
    for (int a = 0, at = 0; a < f.rows(); a++) {
      double mean = layer.moment().get(a, a);
      for (int d = 0; d < f.cols(); d++, at++) {
        fOmega.data()[at] = fs[at] * os[at];
        squareOmega.data()[at] = (fs[at] * fs[at] - mean) * os[at];
      }
    }
    Accumulate.times(1, layer.activations().p(), fOmega, 0, x);
    Accumulate.times(1, layer.activations().q(), omega, 0, scratch);
    for (int a = 0, at = 0; a < f.rows(); a++) {
      double mean = layer.moment().get(a, a);
      for (int d = 0; d < f.cols(); d++, at++) {
        x.data()[at] = fs[at] * x.data()[at] + (fs[at] * fs[at] - mean) * scratch.data()[at];
      }
    }
    Accumulate.transposeTimes(1, layer.activations().q(), squareOmega, 1, x);
    Accumulate.times(-1, layer.meanField(), omega, 1, x);
    return x;
  }
}
