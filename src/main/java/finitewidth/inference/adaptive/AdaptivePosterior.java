package finitewidth.inference.adaptive;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The posterior of kernels that have adapted to the data, at the widths that were asked for
 * (docs/theory.md#adaptive-kernels).
 */
final class AdaptivePosterior implements Posterior {
  private static final long serialVersionUID = 1L;

  private final NngpPosterior nngp;
  private final ContractionProblem problem;
  private final List<AdaptedNetwork> networks;
  private final EvidenceAtWidths logEvidence;

  /** Made where rows are first predicted, once for all threads there. */
  private transient volatile @Nullable List<FirstOrder.Directed> directed;

  AdaptivePosterior(NngpPosterior nngp, ContractionProblem problem, List<AdaptedNetwork> networks) {
    this.nngp = nngp;
    this.problem = problem;
    this.networks = new ArrayList<>(networks);
    logEvidence =
        new EvidenceAtWidths(
            nngp.logEvidence(),
            new ArrayList<>(networks.stream().map(AdaptedNetwork::evidence).toList()));
  }

  List<AdaptedNetwork> networks() {
    return networks;
  }

  @Override
  public NngpPosterior nngp() {
    return nngp;
  }

  @Override
  public LogEvidence logEvidence() {
    return logEvidence;
  }

  @Override
  public ContractionProblem problem() {
    return problem;
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
    return switch (order) {
      case NNGP -> new NngpPredictor(nngp, problem.flow());
      case CORRECTED, CUMULANTS ->
          new AdaptivePredictor(this, directed().stream().map(FirstOrder.Directed::along).toList());
    };
  }

  private List<FirstOrder.Directed> directed() {
    List<FirstOrder.Directed> ready = directed;
    return ready == null ? prepare() : ready;
  }

  /** First order along φ' of each network that has a rest, in their order. */
  private synchronized List<FirstOrder.Directed> prepare() {
    List<FirstOrder.Directed> ready = directed;
    if (ready == null) {
      ready = new ArrayList<>();
      for (AdaptedNetwork network : networks) {
        Rest rest = network.rest();
        if (rest != null) {
          double[] phi = network.at().back(rest.psi());
          ready.add(rest.first().directed(Matrix.wrap(phi.length, 1, phi)));
        }
      }
      directed = ready;
    }
    return ready;
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    Load load = Load.nngp(rows, problem.shape());
    if (order == Order.NNGP) {
      return load;
    }
    Rest rest = networks.isEmpty() ? null : networks.get(0).rest();
    double seconds = AdaptiveCost.rows(problem.shape(), networks.size(), rows);
    if (rest == null) {
      return new Load(
          load.tasks(), load.perRow(), load.unit(), false, load.seconds() + seconds, load.note());
    }
    Load once = rest.first().load(Order.CORRECTED, rows, cores);
    int times = networks.size();
    return new Load(
        once.tasks(),
        once.perRow() * times,
        once.unit(),
        once.rowsShare(),
        once.seconds() * times + seconds,
        once.note());
  }

  @Override
  public State state() {
    return AdaptiveState.of(this);
  }
}
