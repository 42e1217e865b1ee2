package finitewidth.inference;

import finitewidth.inference.work.Fingerprint;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.PredictionShape;
import java.io.Serializable;
import java.util.Optional;

/**
 * p(f | data) by some engine: a process that can be asked at any rows. Immutable; what is sent to
 * wherever rows are.
 */
public interface Posterior extends Serializable {

  /** The order-0 posterior. */
  NngpPosterior nngp();

  /** The log evidence of the training targets, order by order. */
  LogEvidence logEvidence();

  /** That to first order, where it was a step on the way and {@link #logEvidence} is another. */
  default Optional<LogEvidence> firstOrderEvidence() {
    return Optional.empty();
  }

  /** What it is conditioned on. */
  ContractionProblem problem();

  /** A predictor to some order, for one thread. */
  BlockPredictor predictor(Order order);

  /**
   * What predicting rows amounts to.
   *
   * @param cores that rows are spread over
   */
  Load load(Order order, long rows, int cores);

  /** What makes this posterior of the problem and the log evidence. */
  State state();

  /** The engine that made it, by name. */
  default String engine() {
    return state().engine();
  }

  /** What it means that its predictions are to be trusted. */
  default Validity validity() {
    return Validity.EXPANSION;
  }

  /** To which order rows are predicted so that quantiles are known; empty where none are. */
  default Optional<Order> quantiles() {
    return problem().variance() ? Optional.of(Order.CUMULANTS) : Optional.empty();
  }

  /** How many numbers its predictions have; empty where they are known at given widths only. */
  default Optional<PredictionShape> predictionShape() {
    return logEvidence() instanceof EvidenceAtWidths
        ? Optional.empty()
        : Optional.of(
            new PredictionShape(problem().outputs(), problem().sources(), problem().variance()));
  }

  /** All that decides the bits of its predictions. */
  default Fingerprint fingerprint() {
    Fingerprint.Builder all = Fingerprint.of("predictions");
    all.add(nngp().cholesky().factor()).add(ProblemFingerprint.of(problem()));
    state().addTo(all);
    return all.done();
  }
}
