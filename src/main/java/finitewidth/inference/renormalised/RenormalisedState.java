package finitewidth.inference.renormalised;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.Inference;
import finitewidth.inference.State;
import finitewidth.inference.scale.Scale;
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
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

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

  /**
   * Of each network: ũ, w̃, ρ; log evidence of the scale, its standard error, mean and deviation of
   * the scale's logarithm.
   */
  private static final int NUMBERS = 7;

  /** Independent groups of the states of a matrix. */
  private static final String GROUPS = "groups";

  private RenormalisedState() {}

  static State of(RenormalisedPosterior posterior) {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    put(FIRST, posterior.base(), numbers, tensors);
    numbers.put(ENGINE, List.of((long) posterior.firstEngine()));
    numbers.put(OTHERS, List.of((long) posterior.others().size()));
    numbers.put(GROUPS, List.of((long) groups(posterior.networks())));
    numbers.put(
        NODES,
        posterior.networks().stream()
            .map(network -> (long) states(network.scale()).rows())
            .toList());
    for (int i = 0; i < posterior.networks().size(); i++) {
      AtNetwork network = posterior.networks().get(i);
      tensors.put(numbers(i), Matrix.copyOf(new double[][] {numbers(network)}));
      tensors.put(psi(i), Matrix.copyOf(network.psi()));
      tensors.put(scale(i), states(network.scale()));
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
    tensors.put(at + COORDINATES, coordinates(basis));
  }

  /** κ, the bias, and y of each output. */
  private static Matrix coordinates(Whitened basis) {
    double[][] rows = new double[2 + basis.outputs()][];
    rows[0] = basis.kappa();
    rows[1] = basis.bias();
    System.arraycopy(basis.y(), 0, rows, 2, basis.outputs());
    return Matrix.copyOf(rows);
  }

  private static double[] numbers(AtNetwork network) {
    Scale scale = network.scale();
    return new double[] {
      network.u(),
      network.w(),
      network.rho(),
      scale.logEvidence(),
      scale.logEvidenceError(),
      scale.meanLog(),
      scale.deviationLog()
    };
  }

  /** 1 where the scale is a number. */
  private static int groups(List<AtNetwork> networks) {
    return networks.stream()
        .mapToInt(network -> network.scale() instanceof MatrixScale matrix ? matrix.groups() : 1)
        .max()
        .orElse(1);
  }

  /** A row for each node, Q and its weight, or for each state of a matrix, log q and then O. */
  private static Matrix states(Scale scale) {
    if (scale instanceof ScalePosterior numbers) {
      return Matrix.copyOf(new double[][] {numbers.scales(), numbers.weights()}).transpose();
    }
    MatrixScale matrices = (MatrixScale) scale;
    double[][] rows = new double[matrices.states()][];
    for (int k = 0; k < rows.length; k++) {
      double[] logs = matrices.logs()[k];
      double[] axes = matrices.axes()[k];
      rows[k] = Arrays.copyOf(logs, logs.length + axes.length);
      System.arraycopy(axes, 0, rows[k], logs.length, axes.length);
    }
    return Matrix.copyOf(rows);
  }

  private static Scale scale(Matrix states, double[] numbers, int outputs, int groups) {
    if (outputs == 1) {
      return new ScalePosterior(
          states.column(0), states.column(1), numbers[3], numbers[5], numbers[6]);
    }
    double[][] logs = new double[states.rows()][];
    double[][] axes = new double[states.rows()][];
    for (int k = 0; k < logs.length; k++) {
      double[] row = states.row(k);
      logs[k] = Arrays.copyOf(row, outputs);
      axes[k] = Arrays.copyOfRange(row, outputs, row.length);
    }
    return new MatrixScale(groups, logs, axes, numbers[3], numbers[4], numbers[5], numbers[6]);
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
    long groups = sizes.numbers(GROUPS, 1, 1, MOST_NODES).get(0);
    if (nodes.stream().anyMatch(states -> states % groups != 0)) {
      throw new IllegalArgumentException(GROUPS + " is missing or wrong");
    }
    long others = sizes.numbers(OTHERS, 1, 0, nodes.size()).get(0);
    if (others != 0 && others != nodes.size()) {
      throw new IllegalArgumentException(OTHERS + " is missing or wrong");
    }
    expect(FIRST, engine, sizes, to);
    for (int i = 0; i < nodes.size(); i++) {
      to.tensor(numbers(i), 1, NUMBERS);
      to.tensor(psi(i), sizes.outputs(), sizes.size());
      long columns = sizes.outputs();
      to.tensor(scale(i), nodes.get(i), columns == 1 ? 2 : columns * (1 + columns));
    }
    for (int i = 0; i < others; i++) {
      expect(other(i), engine, sizes, to);
      to.tensor(other(i) + SCALE, 1, 1);
      to.tensor(other(i) + CHOLESKY, sizes.size(), sizes.size());
      to.tensor(other(i) + INVERSE, sizes.size(), sizes.size());
      to.tensor(other(i) + PHI, sizes.size(), sizes.outputs());
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
    to.tensor(at + COORDINATES, 2L + sizes.outputs(), sizes.size());
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
      networks.add(network(i, known.values().get(i), problem.outputs(), state));
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
            rows(coordinates, 2),
            coordinates.row(1),
            network.biasVariance(network.hiddenLayers())),
        scale);
  }

  private static double[][] rows(Matrix matrix, int from) {
    return IntStream.range(from, matrix.rows()).mapToObj(matrix::row).toArray(double[][]::new);
  }

  private static AtNetwork network(int i, EvidenceAtWidths.Known known, int outputs, State state) {
    double[] numbers = state.tensor(numbers(i)).row(0);
    int groups = Math.toIntExact(state.number(GROUPS).get(0));
    return new AtNetwork(
        known.widths(),
        scale(state.tensor(scale(i)), numbers, outputs, groups),
        numbers[0],
        numbers[1],
        numbers[2],
        rows(state.tensor(psi(i)), 0),
        known.logEvidence(),
        known.error());
  }
}
