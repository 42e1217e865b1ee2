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
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deep kernel machines: every hidden layer learns its Gram matrix, with as many degrees of freedom
 * as it has neurons. They are the self-consistent kernels of Gaussian preactivations (Yang et al.
 * 2023, Seroussi et al. 2023). A search for each choice of widths.
 */
public final class DeepKernel implements Inference {
  /** As configurations and models have it. */
  public static final String NAME = "deep-kernel";

  private final List<Widths> widths;

  /**
   * @param widths of the networks that are wanted
   */
  public DeepKernel(List<Widths> widths) {
    this.widths = List.copyOf(widths);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refusal(Architecture network) {
    if (network.activation().name().equals("linear")) {
      return Optional.of(Adaptive.LINEAR);
    }
    return widths.stream().allMatch(each -> each.hiddenLayers() == network.hiddenLayers())
        ? Optional.empty()
        : Optional.of("has " + network.hiddenLayers() + " hidden layers, and other widths are set");
  }

  @Override
  public Cost cost(ConditioningShape on, Ask ask, int cores) {
    return own(on, widths.size(), ask).plusDriver(widths.size() * AdaptiveCost.deepSearch(on));
  }

  @Override
  public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
    return own(on, DeepKernelState.networks(state), ask);
  }

  private static Cost own(ConditioningShape on, int networks, Ask ask) {
    double bytes = AdaptiveCost.deepBytes(on, networks);
    double seconds =
        ask.order() == Order.NNGP ? 0 : AdaptiveCost.deepRows(on, networks, ask.rows());
    return Cost.known(Map.of(), seconds, new Cost.Heap(on.bytes() + bytes, bytes, 0, 0))
        .then(Cost.orderZero(on, ask.rows()));
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
      throw new IllegalArgumentException("engine " + NAME + " " + Adaptive.ROWS);
    }
    SampleFlow flow = on.problem().flow();
    Matrix inputs = flow.inputs();
    List<DeepNetwork> networks = new ArrayList<>();
    for (Widths each : widths) {
      networks.add(
          DeepNetwork.of(flow.architecture(), inputs, on.targets(), on.noiseVariance(), each));
    }
    return Optional.of(new Found(DeepKernelPosterior.of(on.nngp(), on.problem(), networks)));
  }

  /** Machines that have been found. */
  private record Found(DeepKernelPosterior machines) implements Conditioned {
    @Override
    public Posterior posterior() {
      return machines;
    }

    @Override
    public List<HiddenKernel> hiddenKernels() {
      return List.of();
    }

    @Override
    public Account account(Widths widths) {
      return Account.exact(NAME, 0)
          .learnt(machines.networks().stream().map(DeepNetwork::report).toList());
    }

    @Override
    public List<String> warnings(String rows, Widths widths) {
      return machines.networks().stream()
          .filter(network -> !network.settled())
          .map(network -> Adaptive.unsettled(network.widths()))
          .toList();
    }
  }

  @Override
  public void expect(State.Sizes sizes, State.Expected to) {
    DeepKernelState.expect(sizes, to);
  }

  @Override
  public Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return DeepKernelState.restore(nngp, problem, evidence, state);
  }
}
