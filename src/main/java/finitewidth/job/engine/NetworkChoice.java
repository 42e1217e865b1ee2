package finitewidth.job.engine;

import finitewidth.data.DataRow;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.networks.NetworkChains;
import finitewidth.inference.work.Counted;
import finitewidth.job.config.ConfigException;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.NetworkConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.console.Console;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.Trained;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import finitewidth.report.summary.FitSummary;
import finitewidth.runtime.SparkRuntime;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Activation and depth by the exact log evidence of finite networks: every candidate has its
 * chains, all of them side by side, and that of the highest log evidence is gone on with.
 *
 * @param trained with the network that was chosen
 * @param engine that conditions on it
 * @param done what that has come to, where something was to be chosen
 * @param candidates of all networks, in their order; none where nothing was to be chosen
 */
public record NetworkChoice(
    Trained trained,
    Inference engine,
    Optional<Conditioned> done,
    List<FitSummary.NetworkEvidence> candidates) {
  /** So few nats decide nothing. */
  private static final double LITTLE = 1;

  /**
   * Chooses, where the configuration names networks to choose from.
   *
   * @param test of which some are watched
   * @param order to which these are corrected
   */
  public static NetworkChoice of(
      SparkRuntime runtime, Trained trained, TestRows test, Order order, Console console) {
    JobConfig config = trained.config();
    if (config.isDistributed() && config.choosesNetworks()) {
      throw new ConfigException(
          """
          %s and %s: the exact log evidence chooses among networks where %s = resident; leave them \
          out, or use fewer rows\
          """
              .formatted(Key.EVIDENCE_DEPTHS, Key.EVIDENCE_ACTIVATIONS, Key.NETWORKS_ROWS));
    }
    List<NetworkConfig> networks = config.candidates();
    if (networks.isEmpty()) {
      return new NetworkChoice(trained, ConfiguredEngine.of(config), Optional.empty(), List.of());
    }
    List<Trained> all = networks.stream().map(trained::with).toList();
    List<NetworkChains.Candidate> candidates =
        all.stream()
            .map(
                one ->
                    new NetworkChains.Candidate(
                        one.conditioning(), ConfiguredEngine.chains(one.config())))
            .toList();
    NetworkChains first = new NetworkChains(candidates.get(0).chains());
    Probe probe =
        Probe.of(test, first.mostProbeRows(trained.conditioning().problem()), runtime.spark());
    List<double[]> features = probe.members().stream().map(DataRow::features).toList();
    console.say("evidence chooses among " + Counted.of(networks.size(), "network") + ", by chains");
    List<Conditioned> fits =
        NetworkChains.run(
            candidates, new Ask(features, test.correctedCount(), order, false), runtime);
    List<Known> known = new ArrayList<>();
    for (int k = 0; k < fits.size(); k++) {
      known.add(Known.of(all.get(k).config(), fits.get(k)));
    }
    int best = 0;
    for (int k = 1; k < known.size(); k++) {
      best = known.get(k).value() > known.get(best).value() ? k : best;
    }
    return new NetworkChoice(
        all.get(best),
        new NetworkChains(candidates.get(best).chains()),
        Optional.of(fits.get(best)),
        told(networks, known, best));
  }

  /** The log evidence of one candidate, at the widths that it is to be judged by. */
  private record Known(Widths widths, double value, double error, boolean converged) {

    /** At the configured widths, or at the best of those that are to be chosen from. */
    static Known of(JobConfig config, Conditioned fit) {
      LogEvidence evidence = fit.posterior().logEvidence();
      int layers = config.network().hiddenWidths().size();
      List<Widths> from =
          config.autoWidth()
              ? config.widths().stream().map(width -> Widths.uniform(layers, width)).toList()
              : List.of(Networks.widths(config.network()));
      Widths best = from.get(0);
      for (Widths widths : from) {
        best = evidence.at(widths) > evidence.at(best) ? widths : best;
      }
      Widths chosen = best;
      boolean converged =
          fit.account(best).chains().stream()
              .filter(chains -> chains.widths().equals(chosen))
              .allMatch(chains -> chains.isConverged() && chains.evidenceFailures().isEmpty());
      return new Known(best, evidence.at(best), evidence.error(best), converged);
    }

    /** Written so that what is not a number is told from nothing. */
    boolean isTold(Known other) {
      return Math.abs(value - other.value) > Math.max(LITTLE, 2 * Math.hypot(error, other.error));
    }
  }

  private static List<FitSummary.NetworkEvidence> told(
      List<NetworkConfig> networks, List<Known> known, int best) {
    List<FitSummary.NetworkEvidence> told = new ArrayList<>();
    for (int k = 0; k < known.size(); k++) {
      Known one = known.get(k);
      told.add(
          new FitSummary.NetworkEvidence(
              networks.get(k).activation(),
              networks.get(k).hiddenWidths().size(),
              (long) one.widths().width(0),
              one.value(),
              one.error(),
              one.converged(),
              k == best,
              k != best && one.isTold(known.get(best))));
    }
    return told;
  }

  /** What was chosen, in a line; none where nothing was. */
  public List<String> lines() {
    return candidates.stream()
        .filter(FitSummary.NetworkEvidence::chosen)
        .map(
            best ->
                String.format(
                    Locale.ROOT,
                    "network by evidence %s: log evidence %.5g ± %.2g%s",
                    named(best),
                    best.logEvidence(),
                    best.standardError(),
                    others()))
        .toList();
  }

  private String others() {
    List<String> near =
        candidates.stream()
            .filter(one -> !one.chosen() && !one.separated())
            .map(NetworkChoice::named)
            .toList();
    return near.isEmpty() ? "" : "; not separated from " + String.join(", ", near);
  }

  private static String named(FitSummary.NetworkEvidence one) {
    return one.activation() + " with " + Counted.of(one.hiddenLayers(), "hidden layer");
  }
}
