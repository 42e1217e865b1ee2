package finitewidth.posterior;

import finitewidth.contraction.ContractionProblem;
import java.io.Serializable;

/** A posterior as a fit leaves it, by whichever engine. */
public sealed interface FittedPosterior extends Serializable
    permits CorrectedPosterior, DrawnPosterior {

  /** The order-0 posterior. */
  NngpPosterior nngp();

  /** The log evidence of the training targets, order by order. */
  LogEvidence logEvidence();

  /** What was contracted. */
  ContractionProblem problem();

  /** A predictor of order 0 alone, for one thread. */
  default BlockPredictor nngpPredictor() {
    return new NngpPredictor(nngp(), problem().flow());
  }

  /** A predictor to first order with third and fourth cumulants, for one thread. */
  BlockPredictor cumulantPredictor();

  /** A predictor to first order, by the engine that fitted, for one thread. */
  BlockPredictor correctedPredictor();
}
