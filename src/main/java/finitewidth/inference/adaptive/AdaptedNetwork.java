package finitewidth.inference.adaptive;

import finitewidth.inference.MetricReport;
import finitewidth.inference.ScaleReport;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The adaptive posterior of networks of some widths, as far as it is the same for all rows.
 *
 * @param found what the search has ended at
 * @param at the basis at the typical scale Q*
 * @param scale the posterior of Q_H, its nodes relative to Q*
 * @param rest what is left to first order; null where that is not known
 * @param inputs U of the training rows
 * @param logEvidence log p, in nats
 */
record AdaptedNetwork(
    Widths widths,
    Found found,
    Whitened at,
    ScalePosterior scale,
    @Nullable Rest rest,
    Matrix inputs,
    double logEvidence)
    implements Serializable {

  /**
   * What predictions need of the search.
   *
   * @param scales Q of each layer but the last, and Q* of that
   */
  record Found(Metric metric, double[] scales, boolean settled) implements Serializable {}

  /** The network of the prior with this metric and these scales. */
  Architecture network(Architecture prior) {
    return Objective.network(prior, inputs.cols(), found.scales());
  }

  double logEvidenceError() {
    return rest == null ? 0 : rest.logEvidenceError();
  }

  EvidenceAtWidths.Known evidence() {
    return new EvidenceAtWidths.Known(widths, logEvidence, logEvidenceError());
  }

  /** Whether the search has settled, and what is left to first order is small as far as known. */
  boolean isTrusted() {
    return found.settled() && (rest == null || ScaleReport.Range.of(rest.rho()).isTrusted());
  }

  /** What integrating the scale found, where the rest is known. */
  Optional<ScaleReport> scaleReport() {
    double[] scales = found.scales();
    return Optional.ofNullable(rest)
        .map(
            one ->
                new ScaleReport(
                    widths, one.rho(), scales[scales.length - 1], scale.deviationLog()));
  }

  MetricReport metricReport() {
    return new MetricReport(
        widths,
        found.settled(),
        Arrays.stream(found.scales()).boxed().toList(),
        Arrays.stream(found.metric().relevance()).boxed().toList(),
        found.metric().largest());
  }
}
