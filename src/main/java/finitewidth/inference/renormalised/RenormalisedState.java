package finitewidth.inference.renormalised;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Inference;
import finitewidth.inference.State;
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
  private static final String EVIDENCE = "first-log-evidence";
  private static final String BASIS = "basis";
  private static final String COORDINATES = "coordinates";

  /** More nodes than any integral has. */
  private static final long MOST_NODES = 1 << 20;

  /** Of each network: ũ, w̃, ρ, log evidence of the scale, mean and deviation of its logarithm. */
  private static final int NUMBERS = 6;

  private RenormalisedState() {}

  static State of(RenormalisedPosterior posterior) {
    State first = posterior.first().state();
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    first.numbers().forEach((name, values) -> numbers.put(FIRST + name, values));
    first.tensors().forEach((name, tensor) -> tensors.put(FIRST + name, tensor));
    numbers.put(ENGINE, List.of((long) posterior.firstEngine()));
    numbers.put(
        NODES,
        posterior.networks().stream()
            .map(network -> (long) network.scale().scales().length)
            .toList());
    EvidenceByCoefficients evidence = posterior.first().logEvidence().byCoefficients();
    tensors.put(
        EVIDENCE, Matrix.copyOf(new double[][] {evidence.coefficients(), evidence.errors()}));
    Whitened at = posterior.at();
    tensors.put(BASIS, at.basis());
    tensors.put(COORDINATES, Matrix.copyOf(new double[][] {at.kappa(), at.y(), at.bias()}));
    for (int i = 0; i < posterior.networks().size(); i++) {
      AtNetwork network = posterior.networks().get(i);
      ScalePosterior scale = network.scale();
      tensors.put(numbers(i), Matrix.copyOf(new double[][] {numbers(network)}));
      tensors.put(psi(i), Matrix.copyOf(new double[][] {network.psi()}));
      tensors.put(scale(i), Matrix.copyOf(new double[][] {scale.scales(), scale.weights()}));
    }
    return new State(Renormalised.NAME, numbers, tensors);
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
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    state
        .tensors()
        .tailMap(FIRST)
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(FIRST)) {
                tensors.put(name.substring(FIRST.length()), tensor);
              }
            });
    return new State(engine.name(), firstNumbers(state.numbers()), tensors);
  }

  private static SortedMap<String, List<Long>> firstNumbers(SortedMap<String, List<Long>> numbers) {
    SortedMap<String, List<Long>> own = new TreeMap<>();
    numbers.forEach(
        (name, values) -> {
          if (name.startsWith(FIRST)) {
            own.put(name.substring(FIRST.length()), values);
          }
        });
    return own;
  }

  static void expect(List<Inference> engines, State.Sizes sizes, State.Expected to) {
    engine(engines, sizes.numbers())
        .expect(
            new State.Sizes(
                sizes.size(),
                sizes.inputs(),
                sizes.outputs(),
                sizes.sources(),
                sizes.variance(),
                firstNumbers(sizes.numbers())),
            (name, rows, columns) -> to.tensor(FIRST + name, rows, columns));
    List<Long> nodes = sizes.numbers().getOrDefault(NODES, List.of());
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(NODES + " is missing");
    }
    sizes.numbers(NODES, nodes.size(), 1, MOST_NODES);
    to.tensor(EVIDENCE, 2, sizes.sources());
    to.tensor(BASIS, sizes.size(), sizes.size());
    to.tensor(COORDINATES, 3, sizes.size());
    for (int i = 0; i < nodes.size(); i++) {
      to.tensor(numbers(i), 1, NUMBERS);
      to.tensor(psi(i), 1, sizes.size());
      to.tensor(scale(i), 2, nodes.get(i));
    }
  }

  static RenormalisedPosterior restore(
      List<Inference> engines,
      NngpPosterior nngp,
      ContractionProblem problem,
      LogEvidence evidence,
      State state) {
    Inference engine = engine(engines, state.numbers());
    Matrix own = state.tensor(EVIDENCE);
    FirstOrder first =
        (FirstOrder)
            engine.restore(
                nngp,
                problem,
                new EvidenceByCoefficients(nngp.logEvidence(), own.row(0), own.row(1)),
                first(engine, state));
    Architecture network = problem.flow().architecture();
    Matrix coordinates = state.tensor(COORDINATES);
    Whitened at =
        new Whitened(
            state.tensor(BASIS),
            coordinates.row(0),
            coordinates.row(1),
            coordinates.row(2),
            network.biasVariance(network.hiddenLayers()));
    EvidenceAtWidths known = (EvidenceAtWidths) evidence;
    List<AtNetwork> networks = new ArrayList<>();
    for (int i = 0; i < known.values().size(); i++) {
      networks.add(network(i, known.values().get(i), state));
    }
    return new RenormalisedPosterior(first, engines.indexOf(engine), at, networks, known);
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
