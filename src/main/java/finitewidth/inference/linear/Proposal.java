package finitewidth.inference.linear;

import finitewidth.inference.scale.MatrixPrior;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * Where coordinates are drawn: from the prior, or a tenth of them from it and the rest from
 * Student's distribution about where the posterior is. With the prior in it no weight is beyond ten
 * times the likelihood.
 */
final class Proposal implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double OF_THE_PRIOR = 0.1;

  /** Degrees of freedom, an even number: heavier tails than the posterior has. */
  private static final int FREEDOM = 8;

  /** Share of the fitted covariance that is of its diagonal alone. */
  private static final double DIAGONAL = 0.05;

  private final MatrixPrior prior;
  private final double @Nullable [] mean;
  private final @Nullable Cholesky root;

  private Proposal(MatrixPrior prior, double @Nullable [] mean, @Nullable Cholesky root) {
    this.prior = prior;
    this.mean = mean;
    this.root = root;
  }

  static Proposal of(MatrixPrior prior) {
    return new Proposal(prior, null, null);
  }

  /**
   * About the mean of weighted draws, as wide as they are.
   *
   * @param weights of sum 1
   */
  static Proposal about(MatrixPrior prior, double[][] draws, double[] weights) {
    int size = prior.size();
    double[] mean = new double[size];
    for (int k = 0; k < draws.length; k++) {
      for (int i = 0; i < size; i++) {
        mean[i] += weights[k] * draws[k][i];
      }
    }
    Matrix covariance = Matrix.zeros(size, size);
    for (int k = 0; k < draws.length; k++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          covariance.add(i, j, weights[k] * (draws[k][i] - mean[i]) * (draws[k][j] - mean[j]));
        }
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        double value = (1 - DIAGONAL) * covariance.get(i, j);
        covariance.set(i, j, value);
        covariance.set(j, i, value);
      }
      // Two draws that agree in a coordinate would leave none of it.
      covariance.set(i, i, covariance.get(i, i) + 1e-12);
    }
    return new Proposal(prior, mean, Cholesky.of(covariance));
  }

  void draw(RandomStream random, double[] to) {
    if (mean == null || root == null || random.uniform() < OF_THE_PRIOR) {
      prior.draw(random, to);
      return;
    }
    double[] normal = new double[to.length];
    random.fill(normal);
    double square = 0;
    for (int i = 0; i < FREEDOM; i++) {
      double one = random.normal();
      square += one * one;
    }
    // The covariance of Student's distribution is ν/(ν − 2) of its scale's: as it should be.
    double stretch = Math.sqrt(FREEDOM / square);
    // The factor is in its upper triangle.
    Matrix factor = root.factor();
    for (int i = 0; i < to.length; i++) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += factor.get(j, i) * normal[j];
      }
      to[i] = mean[i] + stretch * sum;
    }
  }

  /**
   * The log density of coordinates.
   *
   * @param logPrior that of the prior there
   */
  double logDensity(double[] at, double logPrior) {
    if (mean == null || root == null) {
      return logPrior;
    }
    double[] off = new double[at.length];
    for (int i = 0; i < off.length; i++) {
      off[i] = at[i] - mean[i];
    }
    double[] half = root.solveLower(off);
    double square = 0;
    for (double each : half) {
      square += each * each;
    }
    double size = at.length;
    double student =
        Gamma.logGamma(0.5 * (FREEDOM + size))
            - Gamma.logGamma(0.5 * FREEDOM)
            - 0.5 * size * Math.log(FREEDOM * Math.PI)
            - 0.5 * root.logDeterminant()
            - 0.5 * (FREEDOM + size) * Math.log1p(square / FREEDOM);
    double one = Math.log(OF_THE_PRIOR) + logPrior;
    double other = Math.log1p(-OF_THE_PRIOR) + student;
    double top = Math.max(one, other);
    return top + Math.log(Math.exp(one - top) + Math.exp(other - top));
  }
}
