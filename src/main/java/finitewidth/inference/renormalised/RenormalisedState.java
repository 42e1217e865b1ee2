package finitewidth.inference.renormalised;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Inference;
import finitewidth.inference.State;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.EvidenceByCoefficients;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The renormalised posterior as named numbers and tensors: those of the posterior to first order
 * under a prefix, the basis, and what each network adds.
 */
final class RenormalisedState {
  private static final String FIRST = "first/";
  private static final String ENGINE = "engine";
  private static final String NODES = "nodes";
  private static final String OTHERS = "others";
  private static final String EVIDENCE = "log-evidence";
  private static final String BASIS = "basis";
  private static final String COORDINATES = "coordinates";
  private static final String SCALE = "scale";
  private static final String CHOLESKY = "cholesky";
  private static final String INVERSE = "inverse";
  private static final String PHI = "phi";

  /** More nodes than any integral has. */
  private static final long MOST_NODES = 1 << 20;

  /** Of each network: ũ, w̃, ρ, log evidence of the scale, mean and deviation of its logarithm. */
  private static final int NUMBERS = 6;

  private RenormalisedState() {}

  static State of(RenormalisedPosterior posterior) {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    put(FIRST, posterior.base(), numbers, tensors);
    numbers.put(ENGINE, List.of((long) posterior.firstEngine()));
    numbers.put(OTHERS, List.of((long) posterior.others().size()));
    numbers.put(
        NODES,
        posterior.networks().stream()
            .map(network -> (long) network.scale().scales().length)
            .toList());
    for (int i = 0; i < posterior.networks().size(); i++) {
      AtNetwork network = posterior.networks().get(i);
      ScalePosterior scale = network.scale();
      tensors.put(numbers(i), Matrix.copyOf(new double[][] {numbers(network)}));
      tensors.put(psi(i), Matrix.copyOf(new double[][] {network.psi()}));
      tensors.put(scale(i), Matrix.copyOf(new double[][] {scale.scales(), scale.weights()}));
    }
    for (int i = 0; i < posterior.others().size(); i++) {
      Base other = posterior.others().get(i);
      put(other(i), other, numbers, tensors);
      ContractionProblem problem = other.first().problem();
      tensors.put(other(i) + SCALE, Matrix.copyOf(new double[][] {{other.scale()}}));
      tensors.put(other(i) + CHOLESKY, other.first().nngp().cholesky().factor());
      tensors.put(other(i) + INVERSE, problem.inverse());
      tensors.put(other(i) + PHI, problem.phi());
    }
    return new State(Renormalised.NAME, numbers, tensors);
  }

  private static void put(
      String at,
      Base base,
      SortedMap<String, List<Long>> numbers,
      SortedMap<String, Matrix> tensors) {
    State first = base.first().state();
    first.numbers().forEach((name, values) -> numbers.put(at + name, values));
    first.tensors().forEach((name, tensor) -> tensors.put(at + name, tensor));
    EvidenceByCoefficients evidence = base.first().logEvidence().byCoefficients();
    tensors.put(
        at + EVIDENCE, Matrix.copyOf(new double[][] {evidence.coefficients(), evidence.errors()}));
    Whitened basis = base.at();
    tensors.put(at + BASIS, basis.basis());
    tensors.put(
        at + COORDINATES, Matrix.copyOf(new double[][] {basis.kappa(), basis.y(), basis.bias()}));
  }

  private static double[] numbers(AtNetwork network) {
    ScalePosterior scale = network.scale();
    return new double[] {
      network.u(),
      network.w(),
      network.rho(),
      scale.logEvidence(),
      scale.meanLog(),
      scale.deviationLog()
    };
  }

  private static String numbers(int i) {
    return "network-" + i + "/numbers";
  }

  private static String psi(int i) {
    return "network-" + i + "/psi";
  }

  private static String scale(int i) {
    return "network-" + i + "/scale";
  }

  private static String other(int i) {
    return "about-" + i + "/";
  }

  /** How many further bases there are. */
  static int others(State state) {
    return Math.toIntExact(state.number(OTHERS).get(0));
  }

  /** The engine that a state stands on. */
  static Inference engine(List<Inference> engines, SortedMap<String, List<Long>> numbers) {
    List<Long> found = numbers.get(ENGINE);
    if (found == null || found.size() != 1 || found.get(0) < 0 || found.get(0) >= engines.size()) {
      throw new IllegalArgumentException(ENGINE + " is missing or wrong");
    }
    return engines.get(found.get(0).intValue());
  }

  /** The part of a state that is first order's. */
  static State first(Inference engine, State state) {
    return part(FIRST, engine, state);
  }

  private static State part(String at, Inference engine, State state) {
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    state
        .tensors()
        .tailMap(at)
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(at)) {
                tensors.put(name.substring(at.length()), tensor);
              }
            });
    return new State(engine.name(), numbers(at, state.numbers()), tensors);
  }

  private static SortedMap<String, List<Long>> numbers(
      String at, SortedMap<String, List<Long>> numbers) {
    SortedMap<String, List<Long>> own = new TreeMap<>();
    numbers.forEach(
        (name, values) -> {
          if (name.startsWith(at)) {
            own.put(name.substring(at.length()), values);
          }
        });
    return own;
  }

  static void expect(List<Inference> engines, State.Sizes sizes, State.Expected to) {
    Inference engine = engine(engines, sizes.numbers());
    List<Long> nodes = sizes.numbers().getOrDefault(NODES, List.of());
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(NODES + " is missing");
    }
    sizes.numbers(NODES, nodes.size(), 1, MOST_NODES);
    long others = sizes.numbers(OTHERS, 1, 0, nodes.size()).get(0);
    if (others != 0 && others != nodes.size()) {
      throw new IllegalArgumentException(OTHERS + " is missing or wrong");
    }
    expect(FIRST, engine, sizes, to);
    for (int i = 0; i < nodes.size(); i++) {
      to.tensor(numbers(i), 1, NUMBERS);
      to.tensor(psi(i), 1, sizes.size());
      to.tensor(scale(i), 2, nodes.get(i));
    }
    for (int i = 0; i < others; i++) {
      expect(other(i), engine, sizes, to);
      to.tensor(other(i) + SCALE, 1, 1);
      to.tensor(other(i) + CHOLESKY, sizes.size(), sizes.size());
      to.tensor(other(i) + INVERSE, sizes.size(), sizes.size());
      to.tensor(other(i) + PHI, sizes.size(), 1);
    }
  }

  private static void expect(String at, Inference engine, State.Sizes sizes, State.Expected to) {
    engine.expect(
        new State.Sizes(
            sizes.size(),
            sizes.inputs(),
            sizes.outputs(),
            sizes.sources(),
            sizes.variance(),
            numbers(at, sizes.numbers())),
        (name, rows, columns) -> to.tensor(at + name, rows, columns));
    to.tensor(at + EVIDENCE, 2, sizes.sources());
    to.tensor(at + BASIS, sizes.size(), sizes.size());
    to.tensor(at + COORDINATES, 3, sizes.size());
  }

  static RenormalisedPosterior restore(
      List<Inference> engines,
      NngpPosterior nngp,
      ContractionProblem problem,
      LogEvidence evidence,
      State state) {
    Inference engine = engine(engines, state.numbers());
    EvidenceAtWidths known = (EvidenceAtWidths) evidence;
    List<AtNetwork> networks = new ArrayList<>();
    for (int i = 0; i < known.values().size(); i++) {
      networks.add(network(i, known.values().get(i), state));
    }
    List<Base> others = new ArrayList<>();
    for (int i = 0; i < state.number(OTHERS).get(0); i++) {
      others.add(other(other(i), engine, problem, state));
    }
    return new RenormalisedPosterior(
        base(FIRST, engine, nngp, problem, 1, state),
        engines.indexOf(engine),
        networks,
        others,
        known);
  }

  private static Base other(String at, Inference engine, ContractionProblem problem, State state) {
    double scale = state.tensor(at + SCALE).get(0, 0);
    Matrix phi = state.tensor(at + PHI);
    // Its own evidence at infinite width and data fit are nowhere asked for.
    NngpPosterior nngp = NngpPosterior.of(Cholesky.restore(state.tensor(at + CHOLESKY)), phi, 0, 0);
    ContractionProblem own =
        new ContractionProblem(
            Base.flow(scale, problem),
            phi,
            state.tensor(at + INVERSE),
            problem.variance(),
            problem.tolerance());
    return base(at, engine, nngp, own, scale, state);
  }

  private static Base base(
      String at,
      Inference engine,
      NngpPosterior nngp,
      ContractionProblem problem,
      double scale,
      State state) {
    Matrix evidence = state.tensor(at + EVIDENCE);
    FirstOrder first =
        (FirstOrder)
            engine.restore(
                nngp,
                problem,
                new EvidenceByCoefficients(nngp.logEvidence(), evidence.row(0), evidence.row(1)),
                part(at, engine, state));
    Architecture network = problem.flow().architecture();
    Matrix coordinates = state.tensor(at + COORDINATES);
    return new Base(
        first,
        new Whitened(
            state.tensor(at + BASIS),
            coordinates.row(0),
            coordinates.row(1),
            coordinates.row(2),
            network.biasVariance(network.hiddenLayers())),
        scale);
  }

  private static AtNetwork network(int i, EvidenceAtWidths.Known known, State state) {
    double[] numbers = state.tensor(numbers(i)).row(0);
    Matrix scale = state.tensor(scale(i));
    return new AtNetwork(
        known.widths(),
        new ScalePosterior(scale.row(0), scale.row(1), numbers[3], numbers[4], numbers[5]),
        numbers[0],
        numbers[1],
        numbers[2],
        state.tensor(psi(i)).row(0),
        known.logEvidence(),
        known.error());
  }
}
