package finitewidth.inference;

import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;

/** What conditioning leaves: the posterior, and what is known only then. */
public interface Conditioned {

  Posterior posterior();

  /**
   * Predictions to first order of the rows that were looked at, where the engine has made them on
   * its way; no other bits than the posterior would give.
   */
  default List<Prediction> atProbe() {
    return List.of();
  }

  /** Those of the posterior to first order, where the engine has summed them up on its way. */
  default Optional<FirstOrder.Shifts> shifts() {
    return Optional.empty();
  }

  /** Of every hidden layer, if they were asked for. */
  List<HiddenKernel> hiddenKernels();

  /**
   * What was done.
   *
   * @param widths that were decided on since, a multiple of those that were conditioned for
   */
  Account account(Widths widths);

  /**
   * What the user should know.
   *
   * @param rows those that were looked at, in words
   * @param widths that were decided on since
   */
  default List<String> warnings(String rows, Widths widths) {
    return List.of();
  }
}
