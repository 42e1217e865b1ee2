package finitewidth.inference.ensemble;

import finitewidth.inference.comparison.Jackknife;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact posterior mean of a hidden layer's kernel Ĝ over pairs of training points, as far as
 * draws tell it, counted from K: that is known exactly, while the prior mean at finite width is
 * not. Pairs are in the order of {@link finitewidth.linalg.PairIndex}.
 *
 * @param layer the hidden layer, 0 … H − 1
 * @param shift ⟨Ĝ⟩ − K
 * @param error standard errors, the jackknife's with the ratio and the regression in them
 */
public record HiddenEstimate(int layer, double[] shift, double[] error) {

  static List<HiddenEstimate> of(EnsembleProblem problem, GroupMeans means) {
    List<HiddenEstimate> estimates = new ArrayList<>();
    for (int h = 0; h < problem.quantities().kernels(); h++) {
      int layer = h;
      Jackknife jackknife =
          Jackknife.of(means.controlled(), average -> shift(problem.quantities(), average, layer));
      estimates.add(new HiddenEstimate(h, jackknife.value(), jackknife.error()));
    }
    return estimates;
  }

  /** ⟨Ĝ⟩ − K of a layer, from averages of weighted quantities. */
  static double[] shift(Quantities quantities, double[] average, int layer) {
    double[] shift = new double[quantities.pairs()];
    for (int pair = 0, at = quantities.kernel(layer); pair < shift.length; pair++, at++) {
      shift[pair] = average[at] / average[Quantities.WEIGHT];
    }
    return shift;
  }
}
