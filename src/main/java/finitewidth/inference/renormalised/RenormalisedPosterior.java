package finitewidth.inference.renormalised;

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

  private final Base base;
  private final int engine;
  private final List<AtNetwork> networks;

  /**
   * What the rest of each network is expanded about; empty where all are about the prior's scale.
   */
  private final List<Base> others;

  private final EvidenceAtWidths logEvidence;

  /** Made where rows are first predicted, once for all threads there. */
  private transient volatile @Nullable Ready ready;

  /**
   * What predictors share.
   *
   * @param directed first order along φ' of all networks; or, where their bases differ, along none,
   *     and then of each network along its own
   */
  private record Ready(List<FirstOrder.Directed> directed, RowScales scales) {}

  /**
   * @param engine number of the engine that has made the first order
   */
  RenormalisedPosterior(
      Base base,
      int engine,
      List<AtNetwork> networks,
      List<Base> others,
      EvidenceAtWidths logEvidence) {
    this.base = base;
    this.engine = engine;
    this.networks = new ArrayList<>(networks);
    this.others = new ArrayList<>(others);
    this.logEvidence = logEvidence;
  }

  /** Makes the base of a rest at some scale. */
  @FunctionalInterface
  interface Rebase {
    Base.Shifted at(double scale);
  }

  /**
   * Goes on from first order, all about the prior's own scale.
   *
   * @param shifts of the first order
   * @param guarding how far a direction of the targets may move
   */
  static RenormalisedPosterior of(
      FirstOrder first,
      FirstOrder.Shifts shifts,
      int engine,
      List<Widths> widths,
      Guarding guarding) {
    Base base = Base.of(first);
    Contractions contractions = contractions(base, shifts);
    Scales scales = new Scales(contractions, shifts.targets());
    double nngp = first.nngp().logEvidence();
    List<Spectrum> spectra = Spectrum.of(contractions, widths);
    List<AtNetwork> networks = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      Widths own = widths.get(i);
      networks.add(AtNetwork.of(nngp, scales.at(own), contractions, own, spectra.get(i), guarding));
    }
    return new RenormalisedPosterior(base, engine, networks, List.of(), evidence(nngp, networks));
  }

  /** The same, the rest of each network about the scale that its data ask for. */
  static RenormalisedPosterior of(
      FirstOrder first,
      FirstOrder.Shifts shifts,
      int engine,
      List<Widths> widths,
      Guarding guarding,
      Rebase rebase) {
    Base base = Base.of(first);
    Contractions contractions = contractions(base, shifts);
    Scales scales = new Scales(contractions, shifts.targets());
    double nngp = first.nngp().logEvidence();
    List<AtNetwork> networks = new ArrayList<>();
    List<Base> others = new ArrayList<>();
    for (Widths own : widths) {
      Base.Shifted shifted = rebase.at(scales.number(own).typical());
      Base other = shifted.base();
      Contractions about = contractions.about(other, shifted.shifts());
      Spectrum spectrum = Spectrum.of(about, List.of(own)).get(0);
      networks.add(AtNetwork.of(nngp, scales.at(own), about, own, spectrum, guarding));
      others.add(other);
    }
    return new RenormalisedPosterior(base, engine, networks, others, evidence(nngp, networks));
  }

  private static Contractions contractions(Base base, FirstOrder.Shifts shifts) {
    return Contractions.of(base.at(), shifts, base.first().logEvidence().byCoefficients());
  }

  private static EvidenceAtWidths evidence(double nngp, List<AtNetwork> networks) {
    return new EvidenceAtWidths(nngp, networks.stream().map(AtNetwork::evidence).toList());
  }

  Base base() {
    return base;
  }

  List<Base> others() {
    return others;
  }

  /** What the rest of network i is expanded about. */
  Base base(int i) {
    return others.isEmpty() ? base : others.get(i);
  }

  int firstEngine() {
    return engine;
  }

  List<AtNetwork> networks() {
    return networks;
  }

  @Override
  public NngpPosterior nngp() {
    return base.first().nngp();
  }

  @Override
  public LogEvidence logEvidence() {
    return logEvidence;
  }

  @Override
  public Optional<LogEvidence> firstOrderEvidence() {
    return Optional.of(base.first().logEvidence());
  }

  @Override
  public ContractionProblem problem() {
    return base.first().problem();
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
      case CORRECTED, CUMULANTS -> {
        Ready shared = ready();
        yield new RenormalisedPredictor(
            this,
            shared.directed().stream().map(FirstOrder.Directed::along).toList(),
            shared.scales());
      }
    };
  }

  private Ready ready() {
    Ready made = ready;
    return made == null ? prepare() : made;
  }

  private synchronized Ready prepare() {
    Ready made = ready;
    if (made == null) {
      List<FirstOrder.Directed> directed = new ArrayList<>();
      if (others.isEmpty()) {
        directed.add(base.first().directed(directions(base, networks)));
      } else {
        directed.add(base.first().directed(directions(base, List.of())));
        for (int i = 0; i < networks.size(); i++) {
          Base own = others.get(i);
          directed.add(own.first().directed(directions(own, networks.subList(i, i + 1))));
        }
      }
      made = new Ready(directed, RowScales.of(base.at(), networks));
      ready = made;
    }
    return made;
  }

  /** φ' = Wᵀψ of each network and output, P × networks·m. */
  private static Matrix directions(Base of, List<AtNetwork> networks) {
    int outputs = of.at().outputs();
    Matrix directions = Matrix.zeros(of.at().size(), networks.size() * outputs);
    for (int i = 0; i < directions.cols(); i++) {
      double[] phi = of.at().back(networks.get(i / outputs).psi()[i % outputs]);
      for (int a = 0; a < phi.length; a++) {
        directions.set(a, i, phi[a]);
      }
    }
    return directions;
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    Load once = base.first().load(order == Order.NNGP ? order : Order.CORRECTED, rows, cores);
    int passes = order == Order.NNGP ? 1 : 1 + others.size();
    return new Load(
        once.tasks(),
        once.perRow() * passes,
        once.unit(),
        once.rowsShare(),
        once.seconds() * passes,
        once.note());
  }

  @Override
  public State state() {
    return RenormalisedState.of(this);
  }
}
