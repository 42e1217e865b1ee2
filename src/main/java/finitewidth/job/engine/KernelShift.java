package finitewidth.job.engine;

import finitewidth.linalg.Matrix;
import finitewidth.prior.Widths;
import java.util.List;

/**
 * The shift M of the output's kernel over some of what is conditioned on, by source layer:
 * coefficients of 1/n_s.
 *
 * @param coefficients none where the shift is not known and would cost much
 * @param errors standard errors of the coefficients; none where the contraction was exact
 */
public record KernelShift(List<Matrix> coefficients, List<Matrix> errors) {

  /** What is not known. */
  static KernelShift none() {
    return new KernelShift(List.of(), List.of());
  }

  public boolean isNone() {
    return coefficients.isEmpty();
  }

  /** M of two of the samples at these widths. */
  public double at(Widths widths, int i, int j) {
    return widths.apply(values(coefficients, i, j));
  }

  /** The root mean square of the standard errors of all entries; 0 where they are exact. */
  public double error(Widths widths) {
    if (errors.isEmpty()) {
      return 0;
    }
    int size = errors.get(0).rows();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double error = widths.quadrature(values(errors, i, j));
        sum += error * error;
      }
    }
    return Math.sqrt(sum) / size;
  }

  private static double[] values(List<Matrix> bySource, int i, int j) {
    return bySource.stream().mapToDouble(matrix -> matrix.get(i, j)).toArray();
  }
}
