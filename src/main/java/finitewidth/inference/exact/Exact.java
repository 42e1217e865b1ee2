package finitewidth.inference.exact;

import finitewidth.gaussian.FourPointActivation;
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
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;

/**
 * First order in 1/width by all four-point moments of the training rows: right to rounding, P⁴/24
 * moments for each hidden layer and P³/6 for each row.
 */
public final class Exact implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "exact";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    return network.activation() instanceof FourPointActivation
        ? Optional.empty()
        : Optional.of("has no four-point moments");
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    return ExactCost.of(on, ask, cores);
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return ExactCost.predicting(on, ask, cores);
  }

  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    ContractionProblem problem = on.problem();
    long moments = TrainingJob.moments(problem.size(), problem.sources());
    TrainingContraction contraction =
        TrainingJob.run(
            runtime,
            problem,
            new Progress(runtime.messages().progress(), "training rows", moments));
    return Optional.of(
        new Contracted(
            ExactPosterior.of(on.nngp(), problem, contraction),
            ask.hiddenKernels() ? ExactHiddenKernels.of(problem, contraction) : List.of(),
            moments));
  }

  /** What is left of the training contraction. */
  private record Contracted(Posterior posterior, List<HiddenKernel> hiddenKernels, long moments)
      implements Conditioned {
    @Override
    public Account account(Widths widths) {
      return Account.exact(NAME, moments);
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    ExactState.expect(sizes, to);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return new ExactPosterior(nngp, problem, ExactState.sources(problem, state), evidence);
  }
}
