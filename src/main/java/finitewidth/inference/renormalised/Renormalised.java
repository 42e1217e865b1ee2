package finitewidth.inference.renormalised;

import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.FirstOrder;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * First order in 1/width with the scale of the output kernel integrated exactly: near the exact
 * posterior at widths where first order has ended, for networks with up to ten outputs. It costs
 * what the first order costs that it stands on, and a few products of P × P matrices.
 */
public final class Renormalised implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "renormalised";

  /** More have not been held against exact posteriors. */
  public static final int MOST_OUTPUTS = 10;

  /** Why not for more outputs: what follows the engine's name. */
  public static final String FEW_OUTPUTS =
      "is for up to 10 outputs, as the matrix of scales that more would share has not been checked"
          + " against exact posteriors";

  /** In operations of a product, what an eigendecomposition takes of P³. */
  private static final double EIGEN = 25;

  /** The same of m³ for the states of a matrix of scales of one network. */
  private static final double MATRIX = 1e8;

  private final List<Widths> widths;
  private final int passes;
  private final Guarding guarding;
  private final Inference contraction;
  private final List<Inference> engines;

  /**
   * @param widths of the networks that are wanted
   * @param passes 1 for the rest about the prior's scale, 2 for that of each network about the
   *     scale that its data ask for
   * @param guarding how far a direction of the targets may move
   * @param contraction the engine to stand on
   * @param engines all that it may be, in the order in which saved models number them
   */
  public Renormalised(
      List<Widths> widths,
      int passes,
      Guarding guarding,
      Inference contraction,
      List<Inference> engines) {
    this.widths = List.copyOf(widths);
    this.passes = passes;
    this.guarding = guarding;
    this.contraction = contraction;
    this.engines = List.copyOf(engines);
  }

  /** With fixed guards. */
  public Renormalised(
      List<Widths> widths, int passes, Inference contraction, List<Inference> engines) {
    this(widths, passes, Guarding.FIXED, contraction, engines);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    return widths.stream().allMatch(each -> each.hiddenLayers() == network.hiddenLayers())
        ? contraction.refusal(network)
        : Optional.of("has " + network.hiddenLayers() + " hidden layers, and other widths are set");
  }

  /** Why there is no such posterior of so many outputs. */
  public Optional<String> beyond(int outputs) {
    if (outputs > MOST_OUTPUTS) {
      return Optional.of(NAME + " " + FEW_OUTPUTS);
    }
    return widths.stream()
        .filter(each -> outputs > 1 && Arrays.stream(each.toArray()).min().orElse(1) < outputs)
        .findFirst()
        .map(
            narrow ->
                String.format(
                    Locale.ROOT,
                    "%s needs hidden layers that are at least as wide as there are outputs, %d, and"
                        + " not %s",
                    NAME,
                    outputs,
                    narrow));
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    Cost cost = contraction.cost(on, plain(ask), cores).then(own(on, widths.size(), ask));
    if (on.outputs() > 1 && on.layers() > 1) {
      // What the vertex says of all outputs' data together is contracted once more.
      cost = cost.then(contraction.cost(on, plain(ask), cores));
    }
    for (int i = 0; passes > 1 && i < widths.size(); i++) {
      cost = cost.then(contraction.cost(on, plain(ask), cores)).then(own(on, 1, ask));
    }
    return cost;
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    Inference engine = RenormalisedState.engine(engines, state.numbers());
    State first = RenormalisedState.first(engine, state);
    Cost once = engine.predicting(on, first, plain(ask), cores).then(own(on, 0, ask));
    Cost cost = once;
    for (int i = 0; i < RenormalisedState.others(state); i++) {
      cost = cost.then(once);
    }
    return cost;
  }

  /** Eigendecompositions, two at least, and products with a row. */
  private static Cost own(ConditioningShape on, int networks, Ask ask) {
    double p = on.size();
    double decompositions = networks == 0 ? 0 : 2;
    double operations =
        decompositions * (EIGEN + 4 + 2 * on.layers()) * p * p * p
            + (ask.order() == Order.NNGP ? 0 : 4 * p * p * ask.rows());
    if (on.outputs() > 1) {
      operations += networks * MATRIX * Math.pow(on.outputs(), 3);
    }
    double matrices = (networks == 0 ? 1 : 4 + on.layers()) * on.matrix();
    return Cost.known(
        Map.of(), Cost.products(operations), new Cost.Heap(on.bytes() + matrices, matrices, 0, 0));
  }

  private static Ask plain(Ask ask) {
    Order order = ask.order() == Order.CUMULANTS ? Order.CORRECTED : ask.order();
    return new Ask(ask.probe(), ask.rows(), order, ask.hiddenKernels()).withShifts();
  }

  @Override
  public long mostProbeRows(ContractionProblem on) {
    return contraction.mostProbeRows(on);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there are more outputs than it takes, or than a layer has
   *     neurons, or variances are not wanted
   */
  @Override
  public Optional<Conditioned> conditionWithin(
      double seconds, Conditioning on, Ask ask, Runtime runtime) {
    beyond(on.problem().outputs())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    if (!on.problem().variance()) {
      throw new IllegalArgumentException("engine " + NAME + " needs corrections of variances");
    }
    return contraction
        .conditionWithin(seconds, on, plain(ask), runtime)
        .map(first -> goOn(first, on, plain(ask), runtime));
  }

  private Conditioned goOn(Conditioned first, Conditioning on, Ask ask, Runtime runtime) {
    FirstOrder posterior = (FirstOrder) first.posterior();
    int number = 0;
    while (!engines.get(number).name().equals(posterior.engine())) {
      number++;
    }
    Inference again = engines.get(number);
    FirstOrder.Shifts shifts = first.shifts().orElseGet(() -> posterior.shifts(runtime));
    return new Resummed(
        first,
        passes == 1
            ? RenormalisedPosterior.of(posterior, shifts, number, widths, guarding)
            : RenormalisedPosterior.of(
                posterior,
                shifts,
                number,
                widths,
                guarding,
                scale -> Base.at(scale, on, again, ask, runtime)));
  }

  /** What is left of first order, and what stands on it. */
  private record Resummed(Conditioned first, RenormalisedPosterior renormalised)
      implements Conditioned {
    @Override
    public Posterior posterior() {
      return renormalised;
    }

    @Override
    public List<HiddenKernel> hiddenKernels() {
      return first.hiddenKernels();
    }

    @Override
    public Account account(Widths widths) {
      return first
          .account(widths)
          .with(renormalised.networks().stream().map(AtNetwork::report).toList());
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      List<String> warnings = new ArrayList<>(first.warnings(rows, widths));
      renormalised.networks().stream()
          .filter(network -> network.widths().equals(widths))
          .findFirst()
          .map(AtNetwork::report)
          .flatMap(
              report -> report.warning("renormalised first order at hidden widths", "the scale"))
          .ifPresent(warnings::add);
      return warnings;
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    RenormalisedState.expect(engines, sizes, to);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return RenormalisedState.restore(engines, nngp, problem, evidence, state);
  }
}
