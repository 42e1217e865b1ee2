package finitewidth.inference.renormalised;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceByCoefficients;
import finitewidth.prior.Widths;
import java.util.List;

/**
 * All that first order says of the training samples, in the basis of {@link Whitened}: coefficients
 * of 1/n_l for each hidden layer.
 *
 * @param shifts W M_l Wᵀ, P × P
 * @param shape how the scale fluctuates before data, at any widths
 * @param evidence δ log p
 */
record Contractions(
    Whitened at,
    ScaleExpansion.Sums sums,
    List<Matrix> shifts,
    Shape shape,
    EvidenceByCoefficients evidence) {

  /** The scale's fluctuations before data at given widths. */
  @FunctionalInterface
  interface Shape {
    ScaleShape at(Widths widths);
  }

  static Contractions of(Whitened at, FirstOrder.Shifts first, EvidenceByCoefficients evidence) {
    ScaleExpansion.Sums sums = ScaleExpansion.Sums.of(at);
    double[] data = first.targets();
    return new Contractions(
        at,
        sums,
        first.kernels().stream().map(at::whiten).toList(),
        widths ->
            at.outputs() == 1
                ? ScaleShape.shared(data, sums, widths.toArray())
                : ScaleShape.matrix(data, sums, widths.toArray()),
        evidence);
  }

  /** The same of the rest about another scale: how the scale itself fluctuates stays. */
  Contractions about(Base base, FirstOrder.Shifts first) {
    return new Contractions(
        base.at(),
        ScaleExpansion.Sums.of(base.at()),
        first.kernels().stream().map(base.at()::whiten).toList(),
        shape,
        base.first().logEvidence().byCoefficients());
  }

  /** What the scale at these widths contributes to first order. */
  ScaleExpansion expansion(Widths widths) {
    ScaleShape of = shape.at(widths);
    return new ScaleExpansion(at, sums, of.u(), of.w());
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
