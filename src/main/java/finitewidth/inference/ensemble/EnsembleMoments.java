package finitewidth.inference.ensemble;

import finitewidth.inference.comparison.Trust;
import finitewidth.inference.comparison.WeightedMoments;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;

/** Estimates at several widths, as predictions and evidence have them. */
record EnsembleMoments(
    List<Widths> widths, EnsembleProblem problem, List<EnsembleEstimate> estimates) {

  /** That of test point x. */
  Prediction prediction(int x) {
    double[] nngpMean = problem.reference().mean().row(x);
    double nngpVariance = problem.reference().variance()[x];
    List<AtWidths.Known> known = new ArrayList<>();
    for (int k = 0; k < estimates.size(); k++) {
      WeightedMoments found = estimates.get(k).posterior();
      double[] deltaMean = found.mean()[x].clone();
      double[] deltaVariance = found.variance()[x].clone();
      for (int i = 0; i < deltaMean.length; i++) {
        deltaMean[i] -= nngpMean[i];
        deltaVariance[i] -= nngpVariance;
      }
      known.add(
          new AtWidths.Known(
              widths.get(k),
              new Predictive(
                  nngpMean,
                  nngpVariance,
                  deltaMean,
                  deltaVariance,
                  found.meanError()[x],
                  found.varianceError()[x],
                  estimates.get(k).effectiveDraws() >= Trust.FEWEST_DRAWS)));
    }
    return new AtWidths(nngpMean, nngpVariance, known);
  }

  /** log p of the training targets. */
  EvidenceAtWidths logEvidence(double nngp) {
    List<EvidenceAtWidths.Known> known = new ArrayList<>();
    for (int k = 0; k < estimates.size(); k++) {
      WeightedMoments found = estimates.get(k).posterior();
      known.add(
          new EvidenceAtWidths.Known(widths.get(k), found.logEvidence(), found.logEvidenceError()));
    }
    return new EvidenceAtWidths(nngp, known);
  }
}
