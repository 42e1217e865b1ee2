package finitewidth.inference.renormalised;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;

/**
 * X = E diag(x) Eᵀ for networks whose layers stand in given proportions. X falls as 1/width, so one
 * decomposition serves all networks of the same proportions, such as all uniform ones.
 *
 * @param proportions of the layers' widths to that of the first
 * @param values x of a network whose first layer is one neuron wide
 * @param vectors E
 * @param data [output] Eᵀy
 */
record Spectrum(Widths proportions, double[] values, Matrix vectors, double[][] data) {

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
    SymmetricEigen eigen = SymmetricEigen.divided(contractions.rest(proportions));
    Matrix vectors = eigen.vectors();
    double[][] data = new double[contractions.at().outputs()][];
    for (int i = 0; i < data.length; i++) {
      data[i] = Products.times(contractions.at().y()[i], vectors);
    }
    return new Spectrum(proportions, eigen.values(), vectors, data);
  }

  /** ρ, the largest |x|, of a network whose first layer has this width. */
  double norm(double width) {
    return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])) / width;
  }

  /** E times a vector whose element k is a factor k times (Eᵀy)_k, of each output. */
  double[][] combine(double[] factors) {
    double[][] sums = new double[data.length][];
    double[] weights = new double[factors.length];
    for (int i = 0; i < sums.length; i++) {
      for (int k = 0; k < weights.length; k++) {
        weights[k] = factors[k] * data[i][k];
      }
      sums[i] = Products.times(vectors, weights);
    }
    return sums;
  }
}
