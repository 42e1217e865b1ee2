package finitewidth.inference.renormalised;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * X = E diag(x) Eᵀ for networks whose layers stand in given proportions. X falls as 1/width, so one
 * decomposition serves all networks of the same proportions, such as all uniform ones.
 *
 * @param proportions of the layers' widths to that of the first
 * @param values x of a network whose first layer is one neuron wide
 * @param vectors E
 * @param data Eᵀy
 */
record Spectrum(Widths proportions, double[] values, Matrix vectors, double[] data) {

  /** One decomposition for each set of proportions among some networks, and who has which. */
  static List<Spectrum> of(Contractions contractions, List<Widths> networks) {
    List<Spectrum> found = new ArrayList<>();
    List<Spectrum> each = new ArrayList<>();
    for (Widths widths : networks) {
      Widths proportions = proportions(widths);
      Spectrum own =
          found.stream()
              .filter(one -> one.proportions().equals(proportions))
              .findFirst()
              .orElseGet(
                  () -> {
                    Spectrum made = of(contractions, proportions);
                    found.add(made);
                    return made;
                  });
      each.add(own);
    }
    return each;
  }

  private static Widths proportions(Widths widths) {
    double[] ratios = widths.toArray();
    double first = ratios[0];
    for (int l = 0; l < ratios.length; l++) {
      ratios[l] /= first;
    }
    return Widths.of(ratios);
  }

  private static Spectrum of(Contractions contractions, Widths proportions) {
    SymmetricEigen eigen = SymmetricEigen.of(contractions.rest(proportions));
    Matrix vectors = eigen.vectors();
    double[] y = contractions.at().y();
    double[] data = new double[y.length];
    for (int j = 0; j < y.length; j++) {
      for (int k = 0; k < y.length; k++) {
        data[k] += vectors.get(j, k) * y[j];
      }
    }
    return new Spectrum(proportions, eigen.values(), vectors, data);
  }

  /** ρ, the largest |x|, of a network whose first layer has this width. */
  double norm(double width) {
    return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])) / width;
  }

  /** E times a vector whose element k is a function of k times (Eᵀy)_k. */
  double[] combine(IntToDoubleFunction factor) {
    double[] sum = new double[data.length];
    double[] weights = new double[data.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = factor.applyAsDouble(k) * data[k];
    }
    for (int j = 0; j < sum.length; j++) {
      for (int k = 0; k < weights.length; k++) {
        sum[j] += vectors.get(j, k) * weights[k];
      }
    }
    return sum;
  }
}
