package finitewidth.inference.renormalised;

import finitewidth.inference.ScaleReport;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.Scale;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.prior.Widths;
import java.io.Serializable;

/**
 * The renormalised posterior of networks of some widths, as far as it is the same for all rows.
 *
 * @param scale the posterior of the kernel's scale
 * @param u ũ
 * @param w w̃
 * @param rho ρ, the norm of what is left to first order
 * @param psi [output] ψ: M'_x̃R φ' with φ' = Wᵀψ moves the mean, W of the base of the rest
 * @param logEvidence log p, in nats
 * @param logEvidenceError its standard error
 */
record AtNetwork(
    Widths widths,
    Scale scale,
    double u,
    double w,
    double rho,
    double[][] psi,
    double logEvidence,
    double logEvidenceError)
    implements Serializable {

  /**
   * From what first order says of the training samples.
   *
   * @param nngp log p at infinite width
   * @param from first order about the scale that the rest is expanded about
   * @param spectrum of that
   * @param guarding how far its directions may move
   */
  static AtNetwork of(
      double nngp,
      Scale posterior,
      Contractions from,
      Widths widths,
      Spectrum spectrum,
      Guarding guarding) {
    double width = widths.width(0);
    double rho = spectrum.norm(width);
    double f = Guards.damping(rho);
    int outputs = spectrum.data().length;
    double[] inverse = new double[spectrum.values().length];
    double guarded = 0;
    double taken = 0;
    for (int k = 0; k < inverse.length; k++) {
      double x = spectrum.values()[k] / width;
      double square = 0;
      for (double[] eta : spectrum.data()) {
        square += eta[k] * eta[k];
      }
      Direction direction = Direction.of(guarding, x, square, outputs, f);
      guarded += direction.logEvidence();
      taken += direction.taken();
      inverse[k] = direction.factor();
    }
    double[][] psi = spectrum.combine(inverse);
    ScaleExpansion expansion = from.expansion(widths);
    double rest = f * (from.evidence().delta(widths) - expansion.logEvidence() - taken);
    double logEvidence = nngp + posterior.logEvidence() + guarded + rest;
    return new AtNetwork(
        widths,
        posterior,
        expansion.u(),
        expansion.w(),
        rho,
        psi,
        logEvidence,
        Math.hypot(f * from.evidence().error(widths), posterior.logEvidenceError()));
  }

  EvidenceAtWidths.Known evidence() {
    return new EvidenceAtWidths.Known(widths, logEvidence, logEvidenceError);
  }

  ScaleReport report() {
    return new ScaleReport(widths, rho, scale.typical(), scale.deviationLog());
  }
}
