package finitewidth.inference;

import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.PredictionShape;
import java.io.Serializable;

/** A posterior as a fit leaves it, by whichever engine. */
public interface FittedPosterior extends Serializable {

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

  /** How many numbers its predictions have. */
  default PredictionShape predictionShape() {
    return new PredictionShape(problem().outputs(), problem().sources(), problem().variance());
  }
}
