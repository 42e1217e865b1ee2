package finitewidth.posterior;

import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The third and fourth cumulant of the latent function at one row given the data, to first order in
 * 1/width.
 *
 * <p>Given the stochastic kernel Ĝ = K + X the function is Gaussian, with mean μ + X_x̃φ_i and
 * variance c + X_x̃x̃ up to higher orders in X, x̃ = x − w_x·R. By the law of total cumulance κ₃ =
 * 3 Cov(mean, variance) + … and κ₄ = 3 Var(variance) + …, the rest being of second order: κ₃ = 3
 * V_(x̃x̃)(x̃φ_i) for output i and κ₄ = 3 V_(x̃x̃)(x̃x̃) for all, which is not negative.
 *
 * @param third [source layer][output], coefficients of 1/n_s
 * @param fourth [source layer], likewise
 * @param thirdErrors standard errors of the third, likewise; zero where the contraction was exact.
 *     Source layers err independently
 * @param fourthErrors standard errors of the fourth, likewise
 */
public record Cumulants(
    double[][] third, double[] fourth, double[][] thirdErrors, double[] fourthErrors)
    implements Serializable {
  /** Enough to make shared moments cheap beside what each row does with them. */
  private static final int MOST_ROWS = 32;

  /** The forms of a block. */
  private static final long MOST_BYTES = 1L << 26;

  /**
   * Rows that share the moments of the training samples, at most.
   *
   * @param size P
   * @param outputs m
   */
  public static int blockRows(long size, int outputs) {
    return (int) Math.max(1, Math.min(MOST_ROWS, MOST_BYTES / rowBytes(size, outputs)));
  }

  /** What a row holds meanwhile: 1 + m forms of P × P. */
  public static long rowBytes(long size, int outputs) {
    return Double.BYTES * size * size * (1 + outputs);
  }

  /** Cumulants without sampling error. */
  public Cumulants(double[][] third, double[] fourth) {
    this(
        third,
        fourth,
        Arrays.stream(third).map(row -> new double[row.length]).toArray(double[][]::new),
        new double[fourth.length]);
  }

  /** What is not known. */
  public static Cumulants none() {
    return new Cumulants(new double[0][], new double[0]);
  }

  public boolean isNone() {
    return fourth.length == 0;
  }

  /** κ₃ of output i. */
  public double third(Widths widths, int i) {
    return widths.apply(column(third, i));
  }

  /** Its standard error; 0 where the contraction was exact. */
  public double thirdError(Widths widths, int i) {
    return widths.quadrature(column(thirdErrors, i));
  }

  private static double[] column(double[][] bySource, int i) {
    return Arrays.stream(bySource).mapToDouble(row -> row[i]).toArray();
  }

  /** κ₄ of every output. */
  public double fourth(Widths widths) {
    return widths.apply(fourth);
  }

  /** Its standard error; 0 where the contraction was exact. */
  public double fourthError(Widths widths) {
    return widths.quadrature(fourthErrors);
  }
}
