package finitewidth.inference.renormalised;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceByCoefficients;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;

/**
 * All that first order says of the training samples, in the basis of {@link Whitened}: coefficients
 * of 1/n_l for each hidden layer.
 *
 * @param shifts W M_l Wᵀ, P × P
 * @param fluctuation v_l = V_l:ΦΦ / (φᵀK̃φ)², the variance of the scale's logarithm times n_l as
 *     the data see it; 2 for a linear layer
 * @param evidence δ log p
 */
record Contractions(
    Whitened at,
    ScaleExpansion.Sums sums,
    List<Matrix> shifts,
    double[] fluctuation,
    EvidenceByCoefficients evidence) {
  /** Least v_l: a vertex that is sampled may come out below zero, and a variance is none then. */
  private static final double LEAST = 0.02;

  /** Of a linear layer, and where there is nothing to go by as all targets are zero. */
  private static final double LINEAR = 2;

  static Contractions of(Whitened at, FirstOrder.Shifts first, EvidenceByCoefficients evidence) {
    ScaleExpansion.Sums sums = ScaleExpansion.Sums.of(at);
    double square = sums.data() * sums.data();
    List<Matrix> shifts = new ArrayList<>();
    double[] fluctuation = new double[first.kernels().size()];
    for (int l = 0; l < fluctuation.length; l++) {
      shifts.add(at.whiten(first.kernels().get(l)));
      fluctuation[l] = square > 0 ? Math.max(LEAST, first.targets()[l] / square) : LINEAR;
    }
    return new Contractions(at, sums, shifts, fluctuation, evidence);
  }

  /** The same of the rest about another scale: how the scale itself fluctuates stays. */
  Contractions about(Base base, FirstOrder.Shifts first) {
    List<Matrix> others = first.kernels().stream().map(base.at()::whiten).toList();
    return new Contractions(
        base.at(),
        ScaleExpansion.Sums.of(base.at()),
        others,
        fluctuation,
        base.first().logEvidence().byCoefficients());
  }

  /** ν_l = 2 n_l / v_l, the degrees of freedom of each layer's scale. */
  double[] degrees(Widths widths) {
    double[] nu = new double[fluctuation.length];
    for (int l = 0; l < nu.length; l++) {
      nu[l] = 2 * widths.width(l) / fluctuation[l];
    }
    return nu;
  }

  /** What the scale at these widths contributes to first order. */
  ScaleExpansion expansion(Widths widths) {
    double w = 0;
    double u = 0;
    for (int l = 0; l < fluctuation.length; l++) {
      w += 1 / widths.width(l);
      u += (fluctuation[l] - 2) / widths.width(l);
    }
    return new ScaleExpansion(at, sums, u, w);
  }

  /** X = W M' Wᵀ at these widths, M' being what the scale leaves of the kernel's shift. */
  Matrix rest(Widths widths) {
    int n = at.size();
    Matrix rest = Matrix.zeros(n, n);
    ScaleExpansion expansion = expansion(widths);
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        double sum = -expansion.shift(j, k);
        for (int l = 0; l < shifts.size(); l++) {
          sum += shifts.get(l).get(j, k) / widths.width(l);
        }
        rest.set(j, k, sum);
      }
    }
    return rest;
  }
}
