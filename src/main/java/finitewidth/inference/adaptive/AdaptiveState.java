package finitewidth.inference.adaptive;

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
import finitewidth.prior.SampleFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The adaptive posterior as named numbers and tensors: of each network its metric and scales, the
 * basis, the nodes of the scale, and first order of what is left under a prefix.
 */
final class AdaptiveState {
  private static final String DIRECTIONS = "directions";
  private static final String NODES = "nodes";
  private static final String SETTLED = "settled";
  private static final String ENGINES = "engines";
  private static final String SPACE = "space";
  private static final String ROOT = "root";
  private static final String SCALES = "scales";
  private static final String BASIS = "basis";
  private static final String COORDINATES = "coordinates";
  private static final String INTEGRAL = "integral";
  private static final String NUMBERS = "numbers";
  private static final String CHOLESKY = "cholesky";
  private static final String PHI = "phi";
  private static final String TILT = "tilt";
  private static final String SHIFT = "shift";
  private static final String PSI = "psi";
  private static final String REST = "rest";
  private static final String EVIDENCE = "log-evidence";
  private static final String FIRST = "first/";

  /** More nodes than any integral has. */
  private static final long MOST_NODES = 1 << 20;

  private AdaptiveState() {}

  private static String at(int network) {
    return "network-" + network + "/";
  }

  static State of(AdaptivePosterior posterior) {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    List<AdaptedNetwork> networks = posterior.networks();
    Features features = networks.get(0).found().metric().features();
    Matrix space = features.basis();
    if (space != null) {
      tensors.put(SPACE, space);
    }
    numbers.put(DIRECTIONS, List.of((long) features.directions()));
    numbers.put(NODES, networks.stream().map(each -> (long) each.scale().scales().length).toList());
    numbers.put(SETTLED, networks.stream().map(each -> each.found().settled() ? 1L : 0).toList());
    List<Long> engines = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      put(at(i), networks.get(i), tensors);
      Rest rest = networks.get(i).rest();
      if (rest != null) {
        engines.add((long) rest.engine());
        put(at(i), rest, numbers, tensors);
      }
    }
    numbers.put(ENGINES, engines);
    return new State(Adaptive.NAME, numbers, tensors);
  }

  private static void put(String at, AdaptedNetwork network, SortedMap<String, Matrix> tensors) {
    ScalePosterior scale = network.scale();
    tensors.put(at + ROOT, network.found().metric().root());
    tensors.put(at + SCALES, row(network.found().scales()));
    tensors.put(at + INTEGRAL, Matrix.copyOf(new double[][] {scale.scales(), scale.weights()}));
    tensors.put(at + NUMBERS, row(scale.logEvidence(), scale.meanLog(), scale.deviationLog()));
    Whitened basis = network.at();
    tensors.put(at + BASIS, basis.basis());
    double[][] coordinates = new double[2 + basis.outputs()][];
    coordinates[0] = basis.kappa();
    coordinates[1] = basis.bias();
    System.arraycopy(basis.y(), 0, coordinates, 2, basis.outputs());
    tensors.put(at + COORDINATES, Matrix.copyOf(coordinates));
  }

  private static void put(
      String at,
      Rest rest,
      SortedMap<String, List<Long>> numbers,
      SortedMap<String, Matrix> tensors) {
    FirstOrder first = rest.first();
    State state = first.state();
    state.numbers().forEach((name, values) -> numbers.put(at + FIRST + name, values));
    state.tensors().forEach((name, tensor) -> tensors.put(at + FIRST + name, tensor));
    EvidenceByCoefficients evidence = first.logEvidence().byCoefficients();
    tensors.put(
        at + EVIDENCE, Matrix.copyOf(new double[][] {evidence.coefficients(), evidence.errors()}));
    tensors.put(at + CHOLESKY, first.nngp().cholesky().factor());
    tensors.put(at + PHI, first.problem().phi());
    tensors.put(at + TILT, rest.tilt());
    tensors.put(at + SHIFT, rest.shift());
    tensors.put(at + PSI, row(rest.psi()));
    tensors.put(at + REST, row(rest.rho(), rest.logEvidence(), rest.logEvidenceError()));
  }

  private static Matrix row(double... values) {
    return Matrix.copyOf(new double[][] {values});
  }

  /** How many networks there are. */
  static int networks(State state) {
    return state.number(NODES).size();
  }

  /** The engine that a network's rest stands on. */
  private static Inference engine(
      List<Inference> engines, SortedMap<String, List<Long>> numbers, int network) {
    List<Long> all = numbers.getOrDefault(ENGINES, List.of());
    long number = network < all.size() ? all.get(network) : -1;
    if (number < 0 || number >= engines.size()) {
      throw new IllegalArgumentException(ENGINES + " is missing or wrong");
    }
    return engines.get((int) number);
  }

  /** First order of a network's rest, and the engine that it is of; empty where there is none. */
  static Optional<Part> part(List<Inference> engines, State state, int network) {
    if (state.number(ENGINES).isEmpty()) {
      return Optional.empty();
    }
    Inference engine = engine(engines, state.numbers(), network);
    String at = at(network) + FIRST;
    return Optional.of(
        new Part(
            engine,
            new State(engine.name(), part(at, state.numbers()), part(at, state.tensors()))));
  }

  /** What of a state is another engine's. */
  record Part(Inference engine, State state) {}

  private static <T> SortedMap<String, T> part(String at, SortedMap<String, T> all) {
    SortedMap<String, T> own = new TreeMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(at)) {
            own.put(name.substring(at.length()), value);
          }
        });
    return own;
  }

  static void expect(List<Inference> engines, State.Sizes sizes, State.Expected to) {
    long size = sizes.size();
    long all = sizes.inputs() + 1L;
    boolean whole = all <= size;
    long r = sizes.numbers(DIRECTIONS, 1, 1, Math.min(all, size)).get(0);
    if (r != Math.min(all, size)) {
      throw new IllegalArgumentException(DIRECTIONS + " is missing or wrong");
    }
    List<Long> nodes = sizes.numbers().getOrDefault(NODES, List.of());
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(NODES + " is missing");
    }
    sizes.numbers(NODES, nodes.size(), 1, MOST_NODES);
    sizes.numbers(SETTLED, nodes.size(), 0, 1);
    boolean rest = Adaptation.hasRest(sizes.sources(), sizes.outputs());
    sizes.numbers(ENGINES, rest ? nodes.size() : 0, 0, engines.size() - 1L);
    if (!whole) {
      to.tensor(SPACE, size, all);
    }
    for (int i = 0; i < nodes.size(); i++) {
      String at = at(i);
      to.tensor(at + ROOT, r, r);
      to.tensor(at + SCALES, 1, sizes.sources());
      to.tensor(at + INTEGRAL, 2, nodes.get(i));
      to.tensor(at + NUMBERS, 1, 3);
      to.tensor(at + BASIS, size, size);
      to.tensor(at + COORDINATES, 2L + sizes.outputs(), size);
      if (rest) {
        long elements = r + (whole ? 0 : 1);
        to.tensor(at + EVIDENCE, 2, 1);
        to.tensor(at + CHOLESKY, size, size);
        to.tensor(at + PHI, size, 1);
        to.tensor(at + TILT, elements, elements);
        to.tensor(at + SHIFT, size, size);
        to.tensor(at + PSI, 1, size);
        to.tensor(at + REST, 1, 3);
        engine(engines, sizes.numbers(), i)
            .expect(
                new State.Sizes(
                    size, (int) elements, 1, 1, true, part(at + FIRST, sizes.numbers())),
                (name, rows, columns) -> to.tensor(at + FIRST + name, rows, columns));
      }
    }
  }

  static AdaptivePosterior restore(
      List<Inference> engines,
      NngpPosterior nngp,
      ContractionProblem problem,
      LogEvidence evidence,
      State state) {
    EvidenceAtWidths known = (EvidenceAtWidths) evidence;
    Features features = Features.of(problem.flow().architecture(), problem.flow().inputs());
    if (features.basis() != null) {
      features = features.along(state.tensor(SPACE));
    }
    List<AdaptedNetwork> networks = new ArrayList<>();
    for (int i = 0; i < known.values().size(); i++) {
      networks.add(network(i, engines, known.values().get(i), features, problem, state));
    }
    return new AdaptivePosterior(nngp, problem, networks);
  }

  private static AdaptedNetwork network(
      int i,
      List<Inference> engines,
      EvidenceAtWidths.Known known,
      Features features,
      ContractionProblem problem,
      State state) {
    String at = at(i);
    Metric metric = new Metric(features, state.tensor(at + ROOT));
    Matrix inputs = metric.inputs(problem.flow().inputs());
    AdaptedNetwork.Found found =
        new AdaptedNetwork.Found(
            metric, state.tensor(at + SCALES).row(0), state.number(SETTLED).get(i) == 1);
    Architecture prior = problem.flow().architecture();
    Matrix coordinates = state.tensor(at + COORDINATES);
    double[][] y = new double[coordinates.rows() - 2][];
    for (int k = 0; k < y.length; k++) {
      y[k] = coordinates.row(2 + k);
    }
    Whitened basis =
        new Whitened(
            state.tensor(at + BASIS),
            coordinates.row(0),
            y,
            coordinates.row(1),
            prior.biasVariance(prior.hiddenLayers()));
    Matrix integral = state.tensor(at + INTEGRAL);
    double[] numbers = state.tensor(at + NUMBERS).row(0);
    return new AdaptedNetwork(
        known.widths(),
        found,
        basis,
        new ScalePosterior(integral.row(0), integral.row(1), numbers[0], numbers[1], numbers[2]),
        part(engines, state, i)
            .map(
                part ->
                    rest(
                        at,
                        part,
                        SampleFlow.of(
                            Objective.network(prior, inputs.cols(), found.scales()), inputs),
                        problem.tolerance(),
                        state))
            .orElse(null),
        inputs,
        known.logEvidence());
  }

  private static @Nullable Rest rest(
      String at, Part part, SampleFlow flow, double tolerance, State state) {
    // Its own evidence at infinite width and data fit are nowhere asked for.
    NngpPosterior nngp =
        NngpPosterior.of(
            Cholesky.restore(state.tensor(at + CHOLESKY)), state.tensor(at + PHI), 0, 0);
    Matrix evidence = state.tensor(at + EVIDENCE);
    FirstOrder first =
        (FirstOrder)
            part.engine()
                .restore(
                    nngp,
                    new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, tolerance),
                    new EvidenceByCoefficients(0, evidence.row(0), evidence.row(1)),
                    part.state());
    double[] numbers = state.tensor(at + REST).row(0);
    return new Rest(
        first,
        Math.toIntExact(state.number(ENGINES).get(index(at))),
        state.tensor(at + TILT),
        state.tensor(at + SHIFT),
        numbers[0],
        state.tensor(at + PSI).row(0),
        numbers[1],
        numbers[2]);
  }

  private static int index(String at) {
    return Integer.parseInt(at.substring("network-".length(), at.length() - 1));
  }
}
