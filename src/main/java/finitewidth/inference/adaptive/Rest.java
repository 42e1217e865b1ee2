package finitewidth.inference.adaptive;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelFlow;
import finitewidth.prior.Widths;
import java.io.Serializable;

/**
 * What metric and scale leave to first order, of a network with one hidden layer and one output
 * (docs/theory.md#adaptive-kernels): V less the vertex of the scale, and less that of the metric
 * where it is contracted with B.
 *
 * <p>The metric's share is ½V₂:B = D[G D*[B] G]/n with G the adapted kernel of the first layer: V₂
 * is the part of V in the second Wiener chaos, which learning a metric has taken to all orders.
 *
 * @param first the adapted network to first order
 * @param engine number of the engine that has made it
 * @param tilt Z = UᵀD*[B]U, r × r: G D*[B] G = U Z Uᵀ
 * @param shift W D[U Z Uᵀ] Wᵀ, P × P
 * @param rho ρ, the norm of what is left
 * @param psi ψ: M'_x̃R φ' with φ' = Wᵀψ moves the mean
 * @param logEvidence what it adds to the log evidence
 * @param logEvidenceError standard error of that
 */
record Rest(
    FirstOrder first,
    int engine,
    Matrix tilt,
    Matrix shift,
    double rho,
    double[] psi,
    double logEvidence,
    double logEvidenceError)
    implements Serializable {

  /**
   * Contracts what is needed.
   *
   * @param first the adapted network to first order, at its typical scale
   * @param from what it says of the training samples
   * @param at its basis
   * @param inputs U of the training rows
   */
  static Rest of(
      FirstOrder first,
      FirstOrder.Shifts from,
      int engine,
      Whitened at,
      Widths widths,
      Matrix inputs) {
    Architecture network = first.problem().flow().architecture();
    // Of the last hidden layer B^s is B itself; it goes on to the first kernel.
    Matrix b = first.problem().pulledBack(0);
    Matrix byInput = KernelFlow.of(network, inputs).gradient(b).inputKernel();
    Matrix tilt = Products.transposeTimes(inputs, Products.times(byInput, inputs));
    Matrix shift = at.whiten(new TiltedKernel(network, inputs, tilt).training());
    double width = widths.width(0);
    ScaleExpansion scale = scale(at, width);
    Matrix shifts = at.whiten(from.kernels().get(0));
    int n = at.size();
    Matrix rest = Matrix.zeros(n, n);
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        double learnt = (shifts.get(j, k) - shift.get(j, k)) / width;
        rest.set(j, k, learnt - scale.shift(j, k));
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(rest);
    double[] x = eigen.values();
    double rho = Math.max(Math.abs(x[0]), Math.abs(x[n - 1]));
    double f = Guards.damping(rho);
    double[] eta = Products.times(at.y()[0], eigen.vectors());
    double[] guarded = eta.clone();
    double logEvidence = 0;
    for (int k = 0; k < n; k++) {
      logEvidence += Guards.logEvidence(f * x[k], eta[k] * eta[k], 1);
      guarded[k] /= Guards.positive(f * x[k]);
    }
    // ⅛ B:V₂:B = ¼ tr(Z Z)/n.
    double metric = 0.25 * Products.inner(tilt, tilt) / width;
    double delta = first.logEvidence().delta(widths) - scale.logEvidence() - metric;
    return new Rest(
        first,
        engine,
        tilt,
        shift,
        rho,
        Products.times(eigen.vectors(), guarded),
        logEvidence + f * delta,
        f * first.logEvidence().error(widths));
  }

  /** What the scale contributes to first order, ν = n. */
  static ScaleExpansion scale(Whitened at, double width) {
    return new ScaleExpansion(at, ScaleExpansion.Sums.of(at), 0, 1 / width);
  }
}
