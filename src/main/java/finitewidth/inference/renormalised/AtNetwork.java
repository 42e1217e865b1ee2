package finitewidth.inference.renormalised;

import finitewidth.inference.ScaleReport;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.Whitened;
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
 * @param psi ψ: M'_x̃R φ' with φ' = Wᵀψ moves the mean, W of the base of the rest
 * @param logEvidence log p, in nats
 * @param logEvidenceError its standard error
 */
record AtNetwork(
    Widths widths,
    ScalePosterior scale,
    double u,
    double w,
    double rho,
    double[] psi,
    double logEvidence,
    double logEvidenceError)
    implements Serializable {

  /** The posterior of the scale of networks of these widths. */
  static ScalePosterior scale(Contractions from, Widths widths) {
    Whitened at = from.at();
    return ScalePosterior.of(from.degrees(widths), at::logLikelihood, at.size());
  }

  /**
   * From what first order says of the training samples.
   *
   * @param nngp log p at infinite width
   * @param from first order about the scale that the rest is expanded about
   * @param spectrum of that
   */
  static AtNetwork of(
      double nngp, ScalePosterior posterior, Contractions from, Widths widths, Spectrum spectrum) {
    double width = widths.width(0);
    double rho = spectrum.norm(width);
    double f = Guards.damping(rho);
    double scale = f / width;
    double[] eta = spectrum.data();
    double guarded = 0;
    for (int k = 0; k < eta.length; k++) {
      guarded += Guards.logEvidence(scale * spectrum.values()[k], eta[k] * eta[k]);
    }
    double[] psi = spectrum.combine(k -> 1 / Guards.positive(scale * spectrum.values()[k]));
    ScaleExpansion expansion = from.expansion(widths);
    double rest = f * (from.evidence().delta(widths) - expansion.logEvidence());
    double logEvidence = nngp + posterior.logEvidence() + guarded + rest;
    return new AtNetwork(
        widths,
        posterior,
        expansion.u(),
        expansion.w(),
        rho,
        psi,
        logEvidence,
        f * from.evidence().error(widths));
  }

  EvidenceAtWidths.Known evidence() {
    return new EvidenceAtWidths.Known(widths, logEvidence, logEvidenceError);
  }

  ScaleReport report() {
    return new ScaleReport(widths, rho, scale.typical(), scale.deviationLog());
  }
}
