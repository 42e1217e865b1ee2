package finitewidth.inference.scale;

import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.prior.Widths;
import java.io.Serializable;

/**
 * What is known of networks of some widths when the scale of their output is integrated.
 *
 * @param base number of the kernel
 * @param scale its posterior
 * @param logEvidence log p(Y), in nats
 * @param trusted whether predictions are to be believed
 */
public record ScaledNetwork(
    Widths widths, int base, ScalePosterior scale, double logEvidence, boolean trusted)
    implements Serializable {

  EvidenceAtWidths.Known evidence() {
    return new EvidenceAtWidths.Known(widths, logEvidence, 0);
  }
}
