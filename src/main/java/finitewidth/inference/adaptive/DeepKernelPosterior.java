package finitewidth.inference.adaptive;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deep kernel machines, at the widths that were asked for. */
record DeepKernelPosterior(
    NngpPosterior nngp,
    ContractionProblem problem,
    List<DeepNetwork> networks,
    LogEvidence logEvidence)
    implements Posterior {

  static DeepKernelPosterior of(
      NngpPosterior nngp, ContractionProblem problem, List<DeepNetwork> networks) {
    return new DeepKernelPosterior(
        nngp,
        problem,
        new ArrayList<>(networks),
        new EvidenceAtWidths(
            nngp.logEvidence(),
            new ArrayList<>(networks.stream().map(DeepNetwork::evidence).toList())));
  }

  @Override
  public Validity validity() {
    return Validity.ADAPTIVE;
  }

  @Override
  public Optional<Order> quantiles() {
    return Optional.of(Order.CORRECTED);
  }

  @Override
  public BlockPredictor predictor(Order order) {
    return order == Order.NNGP
        ? new NngpPredictor(nngp, problem.flow())
        : new DeepKernelPredictor(this);
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    Load load = Load.nngp(rows, problem.shape());
    return order == Order.NNGP
        ? load
        : new Load(
            load.tasks(),
            load.perRow(),
            load.unit(),
            false,
            load.seconds() + AdaptiveCost.deepRows(problem.shape(), networks.size(), rows),
            load.note());
  }

  @Override
  public State state() {
    return DeepKernelState.of(this);
  }
}
