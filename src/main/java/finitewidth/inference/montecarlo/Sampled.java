package finitewidth.inference.montecarlo;

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
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.Prediction;
import java.util.List;
import java.util.Optional;

/**
 * First order in 1/width by draws of the fields: unbiased, with standard errors, any activation,
 * O(P²) for a draw. Draws are made in rounds until the corrected means of the rows that are looked
 * at are known well enough.
 */
public final class Sampled implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "sampled";

  private final Sampling settings;
  private final long numbers;

  /** An engine with settings. */
  public Sampled(Sampling settings) {
    this(settings, SampledJob.NUMBERS);
  }

  /**
   * The same.
   *
   * @param numbers that prepared rows may take together
   */
  public Sampled(Sampling settings, long numbers) {
    this.settings = settings;
    this.numbers = numbers;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** {@inheritDoc} How many draws will do is known only when some are there. */
  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    return SampledCost.of(on, ask, settings.maxDraws(), numbers, cores);
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return SampledCost.predicting(on, DrawnPosterior.draws(state), ask, cores);
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    return SampledJob.together(on.size(), on.sources(), numbers);
  }

  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    try (DrawRounds fitting =
            new DrawRounds(runtime, on.nngp(), on.problem(), settings, ask.rows());
        SampledJob job =
            SampledJob.prepare(
                runtime,
                fitting.posterior(),
                ask.probe(),
                ask.shifts() && OutputShifts.onTheWay(on.problem().size()))) {
      if (!fitting.settle(job, seconds)) {
        return Optional.empty();
      }
      List<Prediction> atProbe = job.predictions();
      List<HiddenKernel> hidden =
          ask.hiddenKernels()
              ? DrawnHiddenKernels.of(runtime, fitting.settled().drawn())
              : List.of();
      return Optional.of(new Drawn(fitting.settled(), atProbe, hidden, job.shifts()));
    }
  }

  /** Draws are made anew: there are none. */
  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    DrawnPosterior.check(sizes);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return DrawnPosterior.restore(nngp, problem, evidence, state);
  }
}
