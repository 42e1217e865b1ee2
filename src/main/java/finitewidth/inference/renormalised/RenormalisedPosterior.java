package finitewidth.inference.renormalised;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.EvidenceByCoefficients;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * First order with the scale of the output kernel integrated, at the widths that were asked for
 * (docs/theory.md#renormalised-first-order). It predicts by the posterior to first order that it
 * stands on.
 */
final class RenormalisedPosterior implements Posterior {
  private static final long serialVersionUID = 1L;

  private final FirstOrder first;
  private final int engine;
  private final Whitened at;
  private final List<AtNetwork> networks;
  private final EvidenceAtWidths logEvidence;

  /** Made where rows are first predicted, once for all threads there. */
  private transient volatile FirstOrder.@Nullable Directed directed;

  /**
   * @param engine number of the engine that has made the first order
   */
  RenormalisedPosterior(
      FirstOrder first,
      int engine,
      Whitened at,
      List<AtNetwork> networks,
      EvidenceAtWidths logEvidence) {
    this.first = first;
    this.engine = engine;
    this.at = at;
    this.networks = new ArrayList<>(networks);
    this.logEvidence = logEvidence;
  }

  /**
   * Goes on from first order.
   *
   * @param runtime where that may have to contract once more
   */
  static RenormalisedPosterior of(
      FirstOrder first, int engine, List<Widths> widths, Runtime runtime) {
    EvidenceByCoefficients evidence = first.logEvidence().byCoefficients();
    Whitened at = whitened(first.nngp(), first.problem());
    Contractions contractions = Contractions.of(at, first.shifts(runtime), evidence);
    List<Spectrum> spectra = Spectrum.of(contractions, widths);
    List<AtNetwork> networks = new ArrayList<>();
    List<EvidenceAtWidths.Known> known = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      AtNetwork network = AtNetwork.of(contractions, widths.get(i), spectra.get(i));
      networks.add(network);
      known.add(network.evidence());
    }
    return new RenormalisedPosterior(
        first, engine, at, networks, new EvidenceAtWidths(evidence.nngp(), known));
  }

  private static Whitened whitened(NngpPosterior nngp, ContractionProblem problem) {
    Architecture network = problem.flow().architecture();
    int output = network.hiddenLayers();
    return Whitened.of(nngp, problem.flow().kernel(output), network.biasVariance(output));
  }

  FirstOrder first() {
    return first;
  }

  int firstEngine() {
    return engine;
  }

  Whitened at() {
    return at;
  }

  List<AtNetwork> networks() {
    return networks;
  }

  @Override
  public NngpPosterior nngp() {
    return first.nngp();
  }

  @Override
  public LogEvidence logEvidence() {
    return logEvidence;
  }

  @Override
  public Optional<LogEvidence> firstOrderEvidence() {
    return Optional.of(first.logEvidence());
  }

  @Override
  public ContractionProblem problem() {
    return first.problem();
  }

  @Override
  public Validity validity() {
    return Validity.RENORMALISED;
  }

  @Override
  public Optional<Order> quantiles() {
    return Optional.of(Order.CORRECTED);
  }

  @Override
  public BlockPredictor predictor(Order order) {
    return switch (order) {
      case NNGP -> new NngpPredictor(nngp(), problem().flow());
      case CORRECTED, CUMULANTS -> new RenormalisedPredictor(this, directed().along());
    };
  }

  private FirstOrder.Directed directed() {
    FirstOrder.Directed ready = directed;
    return ready == null ? prepare() : ready;
  }

  private synchronized FirstOrder.Directed prepare() {
    FirstOrder.Directed ready = directed;
    if (ready == null) {
      ready = first.directed(directions());
      directed = ready;
    }
    return ready;
  }

  /** φ' = Wᵀψ of each network, P × networks. */
  private Matrix directions() {
    Matrix directions = Matrix.zeros(at.size(), networks.size());
    for (int i = 0; i < networks.size(); i++) {
      double[] phi = at.back(networks.get(i).psi());
      for (int a = 0; a < phi.length; a++) {
        directions.set(a, i, phi[a]);
      }
    }
    return directions;
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    return first.load(order == Order.NNGP ? order : Order.CORRECTED, rows, cores);
  }

  @Override
  public State state() {
    return RenormalisedState.of(this);
  }
}
