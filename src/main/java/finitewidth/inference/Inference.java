package finitewidth.inference;

import finitewidth.inference.work.Runtime;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import java.util.List;
import java.util.Optional;

/** A way from a prior and data to p(f | data). One per package beside this one. */
public interface Inference {

  /** As configurations and models have it. */
  String name();

  /** Why not for this network, if so: what follows its name, as in "tanh has no such moments". */
  default Optional<String> refusal(Architecture network) {
    return Optional.empty();
  }

  /**
   * What conditioning and predicting cost. The probe of what is asked is not looked at.
   *
   * @param cores that work is spread over
   */
  Cost cost(ConditioningShape on, Ask ask, int cores);

  /**
   * What predicting by a saved posterior costs.
   *
   * @param state of that posterior, whose tensors are not looked at
   */
  Cost predicting(ConditioningShape on, State state, Ask ask, int cores);

  /** The engines that this one may come to use for a network: itself, or those it chooses from. */
  default List<Inference> alternatives(Architecture network) {
    return List.of(this);
  }

  /** Whether it contracts with A⁻¹, which is not made for those that do not. */
  default boolean contracts() {
    return true;
  }

  /** How many rows to look at it makes use of; 0 where it looks at none. */
  default long mostProbeRows(ContractionProblem on) {
    return 0;
  }

  /** Conditions. */
  default Conditioned condition(Conditioning on, Ask ask, Runtime runtime) {
    return conditionWithin(Double.POSITIVE_INFINITY, on, ask, runtime).orElseThrow();
  }

  /**
   * Conditions, unless that turns out to cost more on the way.
   *
   * @param seconds of one core of a typical machine; finite where another engine would cost that
   */
  Optional<Conditioned> conditionWithin(double seconds, Conditioning on, Ask ask, Runtime runtime);

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
