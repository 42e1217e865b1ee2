package finitewidth.inference.networks;

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
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The exact posterior of finite networks by Markov chains over their hidden weights: no expansion,
 * any activation with a derivative, at the widths that have chains only.
 *
 * <p>Chains are judged before anything is claimed, and what they fail in is told. The account's
 * effective draws are those of the log likelihood, at the widths that have fewest.
 */
public final class NetworkChains implements Inference {
  /** As configurations have it. */
  public static final String NAME = "networks";

  /** Numbers that are watched at most, outputs times rows. */
  private static final int WATCHED = 256;

  private static final int MOST_ROWS = 96;

  private final Chains chains;

  /** An engine that runs these chains. */
  public NetworkChains(Chains chains) {
    this.chains = chains;
  }

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
    if (network.activation().derivative().isEmpty()) {
      return Optional.of(NetworkProblem.NO_DERIVATIVE);
    }
    return chains.widths().stream()
            .allMatch(widths -> widths.hiddenLayers() == network.hiddenLayers())
        ? Optional.empty()
        : Optional.of(
            "has " + network.hiddenLayers() + " hidden layers, and chains are of other networks");
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    return ChainCost.conditioning(on, chains, cores)
        .then(
            ChainCost.predicting(
                on,
                chains.widths(),
                chains.widths().stream().map(widths -> chains.states(on, widths)).toList(),
                ask));
  }

  /** Why there are no such networks on these rows, whatever memory there is. */
  public Optional<String> beyond(ConditioningShape on) {
    for (Widths widths : chains.widths()) {
      double weights = 0;
      double fanIn = on.features() + 1.0;
      double largest = 0;
      for (int width : widths.whole()) {
        weights += width * fanIn;
        fanIn = width + 1.0;
        largest = Math.max(largest, fanIn * on.size());
      }
      if (Math.max(weights, largest) > Integer.MAX_VALUE) {
        return Optional.of(
            "networks of widths %s have more weights or fields than a Java array holds; narrower ones are needed"
                .formatted(widths));
      }
    }
    return Optional.empty();
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return LockstepPosterior.has(state.numbers())
        ? LockstepPosterior.predicting(on, state, ask)
        : NetworkPosterior.predicting(on, state, ask);
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    return watched(on);
  }

  private static long watched(ContractionProblem on) {
    return Math.max(1, Math.min(MOST_ROWS, WATCHED / on.outputs()));
  }

  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    return Optional.of(run(List.of(new Candidate(on, chains)), ask, runtime).get(0));
  }

  /**
   * A network that may come to be used.
   *
   * @param on the rows and the network's prior
   * @param chains of its widths; but for these the same of all candidates
   */
  public record Candidate(Conditioning on, Chains chains) {}

  /**
   * Conditions several networks on the same rows, all of their chains side by side. None has other
   * bits than by itself.
   *
   * @param candidates one or more
   * @return what each has come to, in their order
   */
  public static List<Conditioned> run(List<Candidate> candidates, Ask ask, Runtime runtime) {
    List<WatchedNetwork> networks = new ArrayList<>();
    for (int k = 0; k < candidates.size(); k++) {
      WatchedRows rows = watched(candidates.get(k), ask);
      for (Widths widths : candidates.get(k).chains().widths()) {
        networks.add(new WatchedNetwork(k, rows, rows.problem().shape(widths.whole())));
      }
    }
    List<NetworkRun> runs = ChainRounds.run(runtime, networks, candidates.get(0).chains());
    List<Conditioned> fits = new ArrayList<>();
    int from = 0;
    for (Candidate candidate : candidates) {
      int to = from + candidate.chains().widths().size();
      fits.add(fit(candidate, runs.subList(from, to)));
      from = to;
    }
    return fits;
  }

  private static WatchedRows watched(Candidate candidate, Ask ask) {
    Conditioning on = candidate.on();
    if (on.induced()) {
      throw new IllegalArgumentException(
          "networks have no chains on inducing points, whose noise is a matrix");
    }
    Matrix inputs = on.problem().flow().inputs();
    Architecture network = on.problem().flow().architecture();
    NetworkProblem problem =
        candidate
            .chains()
            .hyperparameters()
            .map(
                prior ->
                    NetworkProblem.of(network, inputs, on.targets(), on.noiseVariance(), prior))
            .orElseGet(() -> NetworkProblem.of(network, inputs, on.targets(), on.noiseVariance()));
    List<double[]> watched =
        ask.probe().subList(0, (int) Math.min(ask.probe().size(), watched(on.problem())));
    return new WatchedRows(
        problem, ProbeRows.of(problem, Matrix.copyOf(watched.toArray(double[][]::new))));
  }

  private static Conditioned fit(Candidate candidate, List<NetworkRun> runs) {
    Chains chains = candidate.chains();
    Conditioning on = candidate.on();
    List<KeptNetworks> kept = new ArrayList<>();
    List<LogEvidence> evidences = new ArrayList<>();
    List<EvidenceAtWidths.Known> known = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      NetworkRun run = runs.get(i);
      Widths widths = chains.widths().get(i);
      kept.add(
          KeptNetworks.of(
              widths,
              run.states(),
              run.convergence().isConverged(),
              chains.statesEach(run.shape()),
              run.space()));
      LogEvidence evidence = run.evidence();
      evidences.add(evidence);
      known.add(new EvidenceAtWidths.Known(widths, evidence.value(), believable(evidence)));
    }
    Posterior posterior =
        new NetworkPosterior(
            on.nngp(),
            on.problem(),
            on.targets(),
            on.noiseVariance(),
            kept,
            new EvidenceAtWidths(on.nngp().logEvidence(), known));
    return new Sampled(chains, posterior, runs, kept, evidences);
  }

  /**
   * A bootstrap sees too little where both ways are far apart: half of the gap is then the least.
   */
  private static double believable(LogEvidence evidence) {
    return evidence.isConverged()
        ? evidence.error()
        : Math.max(2 * evidence.error(), 0.5 * evidence.gap());
  }

  /** What is left of the chains. */
  private record Sampled(
      Chains chains,
      Posterior posterior,
      List<NetworkRun> runs,
      List<KeptNetworks> kept,
      List<LogEvidence> evidences)
      implements Conditioned {
    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      double fewest =
          runs.stream().mapToDouble(run -> run.diagnostics().likelihoodDraws()).min().orElse(0);
      double worst =
          runs.stream()
              .flatMapToDouble(run -> run.diagnostics().allRhats())
              .max()
              .orElse(Double.NaN);
      return new Account(
          NAME,
          0,
          List.of(),
          OptionalDouble.of(fewest),
          OptionalDouble.of(worst),
          OptionalDouble.of(Convergence.LARGEST_OF_ALL_RHATS),
          runs.stream().allMatch(run -> run.convergence().isConverged()),
          IntStream.range(0, runs.size()).mapToObj(this::report).toList());
    }

    private ChainReport report(int i) {
      NetworkRun run = runs.get(i);
      ChainDiagnostics found = run.diagnostics();
      LogEvidence evidence = evidences.get(i);
      double[] draws = found.effectiveDraws().clone();
      Arrays.sort(draws);
      double likelihood =
          Arrays.stream(run.likelihoods()).flatMapToDouble(Arrays::stream).average().orElseThrow();
      return new ChainReport(
          chains.widths().get(i),
          run.states().size(),
          run.draws(),
          run.end(),
          run.states().size() * chains.statesEach(run.shape()),
          found.likelihoodRhat(),
          Arrays.stream(found.rhats()).max(),
          found.likelihoodDraws(),
          draws.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(draws[draws.length / 2]),
          Arrays.stream(draws).min(),
          found.acceptance(),
          run.convergence().failures(),
          evidence.value(),
          believable(evidence),
          evidence.lower(),
          evidence.upper(),
          evidence.failures(),
          likelihood - evidence.value(),
          run.space()
              .map(space -> SampledValues.of(found.hyperparameters(), space, kept.get(i)))
              .orElse(List.of()));
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      List<String> warnings = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        NetworkRun run = runs.get(i);
        Widths at = chains.widths().get(i);
        if (!run.convergence().isConverged()) {
          warnings.add(chains.unconverged(at, run.draws(), run.end(), run.convergence()));
        }
        LogEvidence evidence = evidences.get(i);
        if (evidence.isKnown() && !evidence.isConverged()) {
          warnings.add(
              String.format(
                  Locale.ROOT,
                  "networks of widths %s: the log evidence is known to lie about between %.2f and"
                      + " %.2f only, as %s; that took %d steps each way, and %s allows no more",
                  at,
                  evidence.lower(),
                  evidence.upper(),
                  String.join("; ", evidence.failures()),
                  run.schedule().steps(),
                  run.isHurried()
                      ? chains.budget()
                      : "{NETWORKS_MAX_ANNEALING} = " + chains.annealing()));
        }
      }
      return warnings;
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    if (LockstepPosterior.has(sizes.numbers())) {
      LockstepPosterior.expect(sizes, to);
      return;
    }
    NetworkPosterior.expect(sizes, to);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp,
      ContractionProblem problem,
      finitewidth.posterior.LogEvidence evidence,
      State state) {
    return LockstepPosterior.has(state.numbers())
        ? LockstepPosterior.restore(nngp, problem, evidence, state)
        : NetworkPosterior.restore(nngp, problem, evidence, state);
  }
}
