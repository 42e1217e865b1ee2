package finitewidth.oracle;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import java.util.SplittableRandom;

/**
 * Random finite networks, drawn layer by layer: given the layer below, the neurons of a layer are
 * independent Gaussians with the stochastic kernel Ĝ = C_b + (C_W/n) Σ_j σσ
 * (docs/theory.md#stochastic-kernel).
 */
public final class FiniteNetworks {
  private final Architecture network;
  private final int[] widths;
  private final Matrix inputKernel;
  private final SplittableRandom random;
  private final int points;

  public FiniteNetworks(Architecture network, int[] widths, Matrix inputKernel, long seed) {
    this.network = network;
    this.widths = widths.clone();
    this.inputKernel = inputKernel;
    this.random = new SplittableRandom(seed);
    this.points = inputKernel.rows();
  }

  /** Ĝ of the output layer for one network, N×N. */
  public Matrix drawOutputKernel() {
    Matrix kernel = inputKernel;
    double[] normal = new double[points];
    double[] post = new double[points];
    for (int h = 0; h < widths.length; h++) {
      Matrix lower = lower(kernel);
      Matrix next = Matrix.zeros(points, points);
      for (int j = 0; j < widths[h]; j++) {
        for (int a = 0; a < points; a++) {
          normal[a] = random.nextGaussian();
        }
        for (int a = 0; a < points; a++) {
          double z = 0;
          for (int b = 0; b <= a; b++) {
            z += lower.get(a, b) * normal[b];
          }
          post[a] = network.activation().value(z);
        }
        for (int a = 0; a < points; a++) {
          for (int b = 0; b <= a; b++) {
            next.add(a, b, post[a] * post[b]);
          }
        }
      }
      double scale = network.weightVariance(h + 1) / widths[h];
      for (int a = 0; a < points; a++) {
        for (int b = 0; b <= a; b++) {
          double value = network.biasVariance(h + 1) + scale * next.get(a, b);
          next.set(a, b, value);
          next.set(b, a, value);
        }
      }
      kernel = next;
    }
    return kernel;
  }

  private Matrix lower(Matrix kernel) {
    // L = K L⁻ᵀ, column by column through the library's factor.
    Cholesky cholesky = Cholesky.of(kernel);
    Matrix lower = Matrix.zeros(points, points);
    for (int a = 0; a < points; a++) {
      double[] row = cholesky.solveLower(kernel.row(a));
      System.arraycopy(row, 0, lower.data(), a * points, a + 1);
    }
    return lower;
  }
}
