package finitewidth.inference.ensemble;

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
import finitewidth.inference.comparison.Trust;
import finitewidth.inference.work.Progress;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The exact posterior of finite networks by weighted draws of the prior: no expansion, any
 * activation, at the widths that were drawn only.
 *
 * <p>Weights are uneven: it is for small data, where many draws carry weight. The account's draws
 * are the effective ones at the widths that have fewest.
 */
public final class Ensemble implements Inference {
  /** As configurations have it. */
  public static final String NAME = "ensemble";

  /** Rows that are drawn for together with the training rows. */
  private static final long TOGETHER = 1024;

  private final Drawing drawing;

  /** An engine that draws these networks. */
  public Ensemble(Drawing drawing) {
    this.drawing = drawing;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    return drawing.widths().stream()
            .allMatch(widths -> widths.hiddenLayers() == network.hiddenLayers())
        ? Optional.empty()
        : Optional.of(
            "has " + network.hiddenLayers() + " hidden layers, and other networks are drawn");
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    long probe = Math.min(ask.rows(), TOGETHER);
    return EnsembleCost.together(on, drawing, probe, false)
        .then(EnsembleCost.predicting(on, drawing, Ask.unseen(ask.rows() - probe, ask.order())));
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return EnsembleCost.predicting(on, EnsemblePosterior.drawing(state, on.layers()), ask);
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    return TOGETHER;
  }

  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    if (on.induced()) {
      throw new IllegalArgumentException(
          "networks cannot be drawn for inducing points, whose noise is a matrix");
    }
    // Without rows to look at the evidence alone is wanted, and any row will do.
    List<double[]> rows =
        ask.probe().isEmpty() ? List.of(on.problem().flow().inputs().row(0)) : ask.probe();
    EnsembleProblem problem =
        new EnsembleProblem(
            on.problem().flow().architecture(),
            on.problem().flow().inputs(),
            on.targets(),
            on.noiseVariance(),
            Matrix.copyOf(rows.toArray(double[][]::new)));
    long all = EnsembleJob.allDraws(drawing.draws()) * drawing.widths().size();
    List<EnsembleEstimate> estimates =
        EnsembleJob.run(
            runtime,
            problem,
            drawing.choices(),
            drawing.draws(),
            drawing.seed(),
            new Progress(runtime.messages().progress(), "finite networks", all, "networks"));
    EnsembleMoments moments = new EnsembleMoments(drawing.widths(), problem, estimates);
    requireErrors(estimates);
    List<Prediction> atProbe = new ArrayList<>();
    for (int x = 0; x < ask.probe().size(); x++) {
      atProbe.add(moments.prediction(x));
    }
    Posterior posterior =
        new EnsemblePosterior(
            on.nngp(),
            on.problem(),
            on.targets(),
            on.noiseVariance(),
            drawing,
            moments.logEvidence(on.nngp().logEvidence()));
    long effective =
        (long) estimates.stream().mapToDouble(EnsembleEstimate::effectiveDraws).min().orElse(0);
    return Optional.of(new Weighted(posterior, atProbe, effective));
  }

  /** Where a draw or two have all the weight not even an error is known, and no model is. */
  private void requireErrors(List<EnsembleEstimate> estimates) {
    for (int k = 0; k < estimates.size(); k++) {
      EnsembleEstimate estimate = estimates.get(k);
      if (!estimate.posterior().isFinite()) {
        throw new NumericsException(
            String.format(
                Locale.ROOT,
                "of %d networks of widths %s that were drawn only %.1f count, so that the error of"
                    + " the posterior is not known; raise {ENSEMBLE_DRAWS}, use fewer training"
                    + " rows, or {METHOD} = networks",
                estimate.draws(),
                drawing.widths().get(k),
                estimate.effectiveDraws()));
      }
    }
  }

  /** What is left of the draws. */
  private record Weighted(Posterior posterior, List<Prediction> atProbe, long effective)
      implements Conditioned {
    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      return Account.drawn(NAME, effective, effective >= Trust.FEWEST_DRAWS);
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      return effective >= Trust.FEWEST_DRAWS
          ? List.of()
          : List.of(
              "only "
                  + effective
                  + " effective draws of finite networks at the widths that have fewest; errors"
                  + " miss what no draw has met: use more draws, or fewer training rows");
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    EnsemblePosterior.check(sizes);
    to.tensor(EnsemblePosterior.TARGETS, sizes.size(), sizes.outputs());
    to.tensor(EnsemblePosterior.NOISE, 1, 1);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return EnsemblePosterior.restore(nngp, problem, evidence, state);
  }
}
