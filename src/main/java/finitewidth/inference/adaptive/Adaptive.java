package finitewidth.inference.adaptive;

import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.work.Runtime;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kernel that adapts to the data: the first layer learns a metric on the inputs, every layer a
 * scale, of which the last is integrated. A search for each choice of widths; networks of one
 * hidden layer and one output have first order of the rest on top, a contraction for each.
 */
public final class Adaptive implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "adaptive";

  /** Why not with inducing points: what follows the engine's name. */
  public static final String ROWS =
      "needs the training rows themselves, as inducing points would move with the metric";

  /** Why not for linear networks: what follows the activation. */
  public static final String LINEAR =
      "has one and the same fluctuation in metric and scale, which would count twice; the method"
          + " linear has the exact posterior there";

  /** What a contraction may take before another one is preferred. */
  private static final double FEW_SECONDS = 2;

  private final List<Widths> widths;
  private final List<Inference> contractions;
  private final List<Inference> engines;

  /**
   * @param widths of the networks that are wanted
   * @param contractions engines to first order for what is left: the first that takes seconds, or
   *     the last
   * @param engines all that they may be, in the order in which saved models number them
   */
  public Adaptive(List<Widths> widths, List<Inference> contractions, List<Inference> engines) {
    this.widths = List.copyOf(widths);
    this.contractions = List.copyOf(contractions);
    this.engines = List.copyOf(engines);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    if (network.activation().name().equals("linear")) {
      return Optional.of(LINEAR);
    }
    if (!widths.stream().allMatch(each -> each.hiddenLayers() == network.hiddenLayers())) {
      return Optional.of(
          "has " + network.hiddenLayers() + " hidden layers, and other widths are set");
    }
    return network.hiddenLayers() == 1 && able(network).isEmpty()
        ? contractions.get(0).refusal(network)
        : Optional.empty();
  }

  private List<Inference> able(Architecture network) {
    return contractions.stream().filter(each -> each.refusal(network).isEmpty()).toList();
  }

  private Inference contraction(ConditioningShape on, Ask ask, int cores) {
    List<Inference> some = able(on.network());
    // Of several layers there is no rest, and any will do.
    List<Inference> able = some.isEmpty() ? contractions : some;
    return able.stream()
        .filter(each -> each.cost(on, plain(ask), cores).seconds() <= FEW_SECONDS)
        .findFirst()
        .orElseGet(() -> able.get(able.size() - 1));
  }

  private static boolean hasRest(ConditioningShape on) {
    return Adaptation.hasRest(on.layers(), on.outputs());
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    Cost cost =
        Cost.known(
                Map.of(),
                rows(on, widths.size(), ask),
                new Cost.Heap(
                    on.bytes() + AdaptiveCost.bytes(on, widths.size()),
                    AdaptiveCost.bytes(on, widths.size()),
                    0,
                    0))
            .plusDriver(widths.size() * AdaptiveCost.search(on))
            .then(Cost.orderZero(on, ask.rows()));
    for (int i = 0; hasRest(on) && i < widths.size(); i++) {
      cost = cost.then(contraction(on, ask, cores).cost(on, plain(ask), cores));
    }
    return cost;
  }

  private static double rows(ConditioningShape on, int networks, Ask ask) {
    return ask.order() == Order.NNGP ? 0 : AdaptiveCost.rows(on, networks, ask.rows());
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    int networks = AdaptiveState.networks(state);
    Cost cost =
        Cost.orderZero(on, ask.rows())
            .then(
                Cost.known(
                    Map.of(),
                    rows(on, networks, ask),
                    new Cost.Heap(
                        on.bytes() + AdaptiveCost.bytes(on, networks),
                        AdaptiveCost.bytes(on, networks),
                        0,
                        0)));
    for (int i = 0; ask.order() != Order.NNGP && i < networks; i++) {
      Optional<AdaptiveState.Part> part = AdaptiveState.part(engines, state, i);
      if (part.isPresent()) {
        AdaptiveState.Part first = part.get();
        cost = cost.then(first.engine().predicting(on, first.state(), plain(ask), cores));
      }
    }
    return cost;
  }

  private static Ask plain(Ask ask) {
    Order order = ask.order() == Order.CUMULANTS ? Order.CORRECTED : ask.order();
    return new Ask(ask.probe(), ask.rows(), order, false);
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    if (!hasRest(on.shape())) {
      return 0;
    }
    return able(on.flow().architecture()).stream()
        .mapToLong(each -> each.mostProbeRows(on))
        .max()
        .orElse(0);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if points stand for the training rows
   */
  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    if (on.induced()) {
      throw new IllegalArgumentException("engine " + NAME + " " + ROWS);
    }
    Adaptation adaptation =
        Adaptation.of(
            on,
            contraction(on.problem().shape(), ask, runtime.cores()),
            engines,
            plain(ask),
            runtime);
    List<AdaptedNetwork> networks = new ArrayList<>();
    for (Widths each : widths) {
      networks.add(adaptation.at(each));
    }
    return Optional.of(new Adapted(new AdaptivePosterior(on.nngp(), on.problem(), networks)));
  }

  /** What there is to say of a search that has not settled. */
  static String unsettled(Widths widths) {
    return "the search for the kernel of hidden widths "
        + widths
        + " has ended where the objective still rises; its predictions are not to be trusted";
  }

  /** Kernels that have adapted. */
  private record Adapted(AdaptivePosterior adaptive) implements Conditioned {
    @Override
    public Posterior posterior() {
      return adaptive;
    }

    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      return Account.exact(NAME, 0)
          .with(
              adaptive.networks().stream()
                  .map(AdaptedNetwork::scaleReport)
                  .flatMap(Optional::stream)
                  .toList())
          .learnt(adaptive.networks().stream().map(AdaptedNetwork::metricReport).toList());
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      List<String> warnings = new ArrayList<>();
      for (AdaptedNetwork network : adaptive.networks()) {
        if (!network.found().settled()) {
          warnings.add(unsettled(network.widths()));
        }
        if (network.widths().equals(widths)) {
          network
              .scaleReport()
              .flatMap(
                  report ->
                      report.warning("the adapted kernel of hidden widths", "the adapted kernel"))
              .ifPresent(warnings::add);
        }
      }
      return warnings;
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    AdaptiveState.expect(engines, sizes, to);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return AdaptiveState.restore(engines, nngp, problem, evidence, state);
  }
}
