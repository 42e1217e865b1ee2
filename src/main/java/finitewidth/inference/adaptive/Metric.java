package finitewidth.inference.adaptive;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import java.io.Serializable;

/**
 * A metric M = T Tᵀ on features: K¹ = F M Fᵀ. With u = Tᵀf it is the inner product of u, so that a
 * network with the inputs u, no bias and as much weight variance as u has elements has this kernel.
 *
 * @param root T, lower triangular, r × r
 */
record Metric(Features features, Matrix root) implements Serializable {

  /** u of a row. Sums in index order: the same bits on every machine and BLAS. */
  double[] inputs(double[] x) {
    double[] f = features.of(x);
    int r = root.rows();
    double[] u = new double[f.length];
    for (int i = 0; i < r; i++) {
      for (int j = 0; j <= i; j++) {
        u[j] += f[i] * root.get(i, j);
      }
    }
    // What is beyond the training rows stays as it is.
    System.arraycopy(f, r, u, r, f.length - r);
    return u;
  }

  /** u of rows, one a row. */
  Matrix inputs(Matrix rows) {
    Matrix all = Matrix.zeros(rows.rows(), features.coordinates());
    for (int a = 0; a < rows.rows(); a++) {
      System.arraycopy(inputs(rows.row(a)), 0, all.data(), a * all.cols(), all.cols());
    }
    return all;
  }

  /** tr M − log det M − r, twice the divergence of a neuron's weights from the prior. */
  double distance() {
    return Triangle.distance(root);
  }

  /**
   * M of each input feature, the factor on the variance of the weights from it: 1 of the prior, 0
   * where the network has learnt to look away.
   */
  double[] relevance() {
    double[] relevance = new double[features.count()];
    Matrix basis = features.basis();
    int r = root.rows();
    if (basis == null) {
      for (int k = 0; k < relevance.length; k++) {
        relevance[k] = Products.dot(root.data(), k * r, root.data(), k * r, r);
      }
      return relevance;
    }
    Matrix learnt = Products.transposeTimes(basis, root);
    for (int k = 0; k < relevance.length; k++) {
      double beyond = 1;
      for (int i = 0; i < r; i++) {
        beyond -= basis.get(i, k) * basis.get(i, k);
      }
      relevance[k] =
          Math.max(0, beyond) + Products.dot(learnt.data(), k * r, learnt.data(), k * r, r);
    }
    return relevance;
  }

  /** The largest eigenvalue of M: the variance of weights along the direction learnt most. */
  double largest() {
    double[] values = SymmetricEigen.of(Products.timesTranspose(root, root)).values();
    return values[values.length - 1];
  }
}
