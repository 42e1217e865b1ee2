package finitewidth.inference.networks;

import finitewidth.inducing.TrainingPasses;
import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The exact posterior of finite networks where training rows stay where they are: with fewer
 * neurons than rows the likelihood needs of these only sums, and all chains move in lockstep by
 * passes over the rows. Trajectories alone, no sweeps; no log evidence.
 *
 * <p>What it is conditioned on are inducing points, which infinite width goes by, with {@link
 * Conditioning#rows}.
 */
public final class LockstepChains implements Inference {
  private static final String NO_EVIDENCE =
      "it is not computed where training rows stay distributed";

  private final Chains chains;
  private final int leaps;
  private final NetworkChains resident;

  /**
   * An engine that runs these chains.
   *
   * @param leaps of a trajectory at most, each two passes over the rows
   */
  public LockstepChains(Chains chains, int leaps) {
    this.chains = chains;
    this.leaps = leaps;
    resident = new NetworkChains(chains);
  }

  @Override
  public String name() {
    return NetworkChains.NAME;
  }

  @Override
  public boolean contracts() {
    return false;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    return resident.refusal(network);
  }

  /**
   * As if the points were all rows; {@link #cost(ConditioningShape, long, Ask, int)} knows better.
   */
  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    return cost(on, on.size(), ask, cores);
  }

  /**
   * What conditioning on many rows costs, and predicting.
   *
   * @param on inducing points
   * @param rows P
   */
  public Cost cost(ConditioningShape on, long rows, Ask ask, int cores) {
    return LockstepCost.conditioning(on, chains, LockstepPlan.of(chains, leaps, rows), rows, cores)
        .then(
            LockstepCost.predicting(
                on,
                chains.widths(),
                chains.widths().stream()
                    .map(
                        widths -> {
                          NetworkShape shape = new NetworkShape(on.features() + 1, widths.whole());
                          return (long) chains.chains()
                              * LockstepRun.statesEach(chains, shape, on.outputs());
                        })
                    .toList(),
                ask));
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return resident.predicting(on, state, ask, cores);
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    return resident.mostProbeRows(on);
  }

  /**
   * Why so many rows are too few, if they are: what would be accepted, with codes for settings.
   *
   * @param rows P
   */
  public Optional<String> refusal(long rows) {
    return chains.widths().stream()
        .filter(widths -> last(widths) + 1 >= rows)
        .findFirst()
        .map(
            widths ->
                "{NETWORKS_ROWS} = distributed with "
                    + rows
                    + " training rows and hidden widths "
                    + widths
                    + ": more rows are needed than the last hidden layer has neurons, by 2 at"
                    + " least; use {NETWORKS_ROWS} = resident");
  }

  private static long last(Widths widths) {
    int[] whole = widths.whole();
    return whole[whole.length - 1];
  }

  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    return Optional.of(run(on, ask, runtime));
  }

  private Conditioned run(Conditioning on, Ask ask, Runtime runtime) {
    TrainingPasses rows =
        on.rows().orElseThrow(() -> new IllegalArgumentException("there are no rows to pass over"));
    refusal(rows.rows())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    Architecture network = on.problem().flow().architecture();
    InputSums sums = LockstepProblem.sums(rows, network, on.problem().flow().inputs().cols());
    LockstepProblem problem =
        LockstepProblem.of(sums, network, on.noiseVariance(), chains.hyperparameters());
    int watched = (int) Math.min(ask.probe().size(), mostProbeRows(on.problem()));
    ProbeRows probe =
        watched == 0
            ? new ProbeRows(new double[0], 0)
            : new ProbeRows(
                problem.inputsOf(
                    Matrix.copyOf(ask.probe().subList(0, watched).toArray(double[][]::new))),
                watched);
    List<LockstepRun> runs =
        LockstepRounds.run(
            runtime,
            rows,
            problem,
            sums,
            probe,
            chains,
            LockstepPlan.of(chains, leaps, rows.rows()));
    LockstepLikelihood likelihood = new LockstepLikelihood(rows, problem);
    List<LockstepNetworks> networks = new ArrayList<>();
    List<EvidenceAtWidths.Known> unknown = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      LockstepRun run = runs.get(i);
      Widths widths = chains.widths().get(i);
      List<Position> kept = run.kept();
      networks.add(
          LockstepNetworks.of(
              KeptNetworks.of(
                  widths,
                  chains.chains(),
                  kept.stream().map(Position::u).toList(),
                  run.convergence().isConverged(),
                  run.space()),
              likelihood.last(kept, Thinning.NONE)));
      unknown.add(new EvidenceAtWidths.Known(widths, Double.NaN, Double.NaN));
    }
    return new Sampled(
        chains,
        new LockstepPosterior(
            on.nngp(),
            on.problem(),
            problem,
            rows.rows(),
            networks,
            new EvidenceAtWidths(on.nngp().logEvidence(), unknown)),
        runs,
        networks);
  }

  /** What is left of the chains. */
  private record Sampled(
      Chains chains, Posterior posterior, List<LockstepRun> runs, List<LockstepNetworks> networks)
      implements Conditioned {
    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      List<ChainReport> reports = reports();
      return new Account(
          NetworkChains.NAME,
          0,
          List.of(),
          reports.stream().mapToDouble(ChainReport::effectiveDraws).min(),
          reports.stream().mapToDouble(ChainReport::worstRhat).max(),
          OptionalDouble.of(Convergence.LARGEST_OF_ALL_RHATS),
          reports.stream().allMatch(ChainReport::isConverged),
          reports);
    }

    private List<ChainReport> reports() {
      List<ChainReport> reports = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        KeptNetworks kept = networks.get(i).kept();
        ChainDiagnostics found = runs.get(i).diagnostics();
        double[] draws = found.effectiveDraws().clone();
        Arrays.sort(draws);
        reports.add(
            new ChainReport(
                chains.widths().get(i),
                chains.chains(),
                runs.get(i).draws(),
                runs.get(i).end(),
                kept.states(),
                found.likelihoodRhat(),
                Arrays.stream(found.rhats()).max(),
                found.likelihoodDraws(),
                draws.length == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(draws[draws.length / 2]),
                Arrays.stream(draws).min(),
                found.acceptance(),
                runs.get(i).convergence().failures(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of(NO_EVIDENCE),
                Double.NaN,
                runs.get(i)
                    .space()
                    .map(space -> SampledValues.of(found.hyperparameters(), space, kept))
                    .orElse(List.of())));
      }
      return reports;
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      List<String> warnings = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        LockstepRun run = runs.get(i);
        if (!run.convergence().isConverged()) {
          warnings.add(
              chains.unconverged(
                  chains.widths().get(i), run.draws(), run.end(), run.convergence()));
        }
      }
      return warnings;
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    resident.expect(sizes, to);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return resident.restore(nngp, problem, evidence, state);
  }
}
