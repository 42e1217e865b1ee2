package finitewidth.inference;

import finitewidth.inference.work.Runtime;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import java.util.Optional;
import java.util.OptionalDouble;

/** A way from a prior and data to p(f | data). One per package beside this one. */
public interface Inference {

  /** As configurations and models have it. */
  String name();

  /** Why not for this network, if so: what follows its name, as in "tanh has no such moments". */
  Optional<String> refusal(Architecture network);

  /**
   * What conditioning and predicting cost, in seconds of one core of a typical machine.
   *
   * @param cores that rows are spread over
   * @return empty where only trying tells
   */
  OptionalDouble seconds(ContractionProblem on, Ask ask, int cores);

  /** How many rows to look at it makes use of; 0 where it looks at none. */
  default long mostProbeRows(ContractionProblem on) {
    return 0;
  }

  /** Conditions. */
  default Fitted condition(Conditioning on, Ask ask, Runtime runtime) {
    return conditionWithin(Double.POSITIVE_INFINITY, on, ask, runtime).orElseThrow();
  }

  /**
   * Conditions, unless that turns out to cost more on the way.
   *
   * @param seconds of one core of a typical machine; finite where another engine would cost that
   */
  Optional<Fitted> conditionWithin(double seconds, Conditioning on, Ask ask, Runtime runtime);

  /**
   * Says which tensors a state has, and of which shapes.
   *
   * @throws IllegalArgumentException if numbers of the state are not there, or cannot be
   */
  void expect(State.Sizes sizes, State.Expected to);

  /** A posterior that was saved. */
  Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state);
}
