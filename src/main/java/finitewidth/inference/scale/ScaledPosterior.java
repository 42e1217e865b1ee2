package finitewidth.inference.scale;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;

/**
 * A mixture of Gaussian processes with one output whose kernels differ in their scale, at the
 * widths that were asked for.
 *
 * @param engine that made it, by name
 * @param bases kernels; the networks say which is whose
 */
public record ScaledPosterior(
    String engine,
    NngpPosterior nngp,
    ContractionProblem problem,
    List<ScaledBase> bases,
    List<ScaledNetwork> networks)
    implements Posterior {

  @Override
  public EvidenceAtWidths logEvidence() {
    return new EvidenceAtWidths(
        nngp.logEvidence(), networks.stream().map(ScaledNetwork::evidence).toList());
  }

  /** That of networks of some widths, where they were asked for. */
  public Optional<ScaledNetwork> at(Widths widths) {
    return networks.stream().filter(network -> network.widths().equals(widths)).findFirst();
  }

  @Override
  public BlockPredictor predictor(Order order) {
    return order == Order.NNGP
        ? new NngpPredictor(nngp, problem.flow())
        : new ScaledPredictor(this);
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    Load plain = Load.nngp(rows, problem.shape());
    return order == Order.NNGP
        ? plain
        : new Load(
            plain.tasks(),
            plain.perRow(),
            plain.unit(),
            plain.rowsShare(),
            seconds(problem.size(), problem.sources(), bases.size(), networks.size(), rows),
            plain.note());
  }

  /** Some hundred nodes of each network, and the basis of each kernel. */
  static double seconds(long size, int layers, int bases, int networks, long rows) {
    double p = size;
    return Cost.products(rows * p * (2 * p * bases + 2000.0 * networks))
        + Cost.pairs(rows * p * layers * bases);
  }

  @Override
  public Validity validity() {
    return Validity.CONVERGENCE;
  }

  /** {@inheritDoc} They are those of the mixture. */
  @Override
  public Optional<Order> quantiles() {
    return Optional.of(Order.CORRECTED);
  }

  @Override
  public State state() {
    return ScaledState.of(this);
  }
}
