package finitewidth.inference.nngp;

import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.work.Runtime;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;

/**
 * The posterior at infinite width, with no correction: any activation, rows or inducing points. It
 * costs nothing beyond the factor of the kernel, and O(P²) for each row.
 */
public final class Nngp implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "nngp";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean contracts() {
    return false;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    return Optional.empty();
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    return Cost.orderZero(on, ask.rows());
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return Cost.orderZero(on, ask.rows());
  }

  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    NngpPosterior nngp = on.nngp();
    return Optional.of(
        new Known(
            new OrderZero(
                nngp, on.problem(), new EvidenceAtWidths(nngp.logEvidence(), List.of()))));
  }

  /** What was conditioned on has it all. */
  private record Known(Posterior posterior) implements Conditioned {
    /** Targets change no kernel of a hidden layer at infinite width. */
    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      return Account.exact(NAME, 0);
    }
  }

  /** {@inheritDoc} There are none. */
  @Override
  public void expect(State.Sizes sizes, State.Expected to) {}

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return new OrderZero(nngp, problem, evidence);
  }
}
