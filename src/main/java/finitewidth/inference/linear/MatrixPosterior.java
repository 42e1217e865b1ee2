package finitewidth.inference.linear;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.prior.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The exact posterior of deep linear networks with several outputs, at the widths that were asked
 * for.
 *
 * @param at the basis of the kernel, with the targets of all outputs
 * @param networks of these widths
 */
record MatrixPosterior(
    NngpPosterior nngp, ContractionProblem problem, Whitened at, List<MatrixNodes> networks)
    implements Posterior {
  private static final String NODES = "nodes";
  private static final String GROUPS = "groups";
  private static final String BASIS = "basis";
  private static final String COORDINATES = "coordinates";
  private static final String TARGETS = "targets";

  /** More than any network has. */
  private static final long MOST_NODES = 1 << 24;

  @Override
  public EvidenceAtWidths logEvidence() {
    return new EvidenceAtWidths(
        nngp.logEvidence(),
        networks.stream()
            .map(one -> new EvidenceAtWidths.Known(one.widths(), one.logEvidence(), one.error()))
            .toList());
  }

  @Override
  public BlockPredictor predictor(Order order) {
    return order == Order.NNGP
        ? new NngpPredictor(nngp, problem.flow())
        : new MatrixPredictor(this);
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    Load plain = Load.nngp(rows, problem.shape());
    if (order == Order.NNGP) {
      return plain;
    }
    long nodes = networks.stream().mapToLong(MatrixNodes::size).sum();
    double seconds = seconds(problem, nodes, rows);
    return new Load(
        plain.tasks(), plain.perRow(), plain.unit(), plain.rowsShare(), seconds, plain.note());
  }

  private static double seconds(ContractionProblem problem, long nodes, long rows) {
    return seconds(problem.size(), problem.flow().inputs().cols(), problem.outputs(), nodes, rows);
  }

  private static double seconds(long size, int features, int outputs, long nodes, long rows) {
    double p = size;
    double coordinates = Math.min(p, features + 1.0);
    return Cost.products(rows * (4 * p * p + 20.0 * nodes * coordinates * outputs));
  }

  /** What predicting by a saved posterior takes of a core, in seconds. */
  static double seconds(State state, long size, int features, int outputs, long rows) {
    long nodes = state.number(NODES).stream().mapToLong(Long::longValue).sum();
    return seconds(size, features, outputs, nodes, rows);
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
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    numbers.put(NODES, networks.stream().map(one -> (long) one.size()).toList());
    numbers.put(GROUPS, networks.stream().map(one -> (long) one.groups()).toList());
    tensors.put(BASIS, at.basis());
    tensors.put(COORDINATES, Matrix.copyOf(new double[][] {at.kappa(), at.bias()}));
    tensors.put(TARGETS, Matrix.copyOf(at.y()));
    for (int i = 0; i < networks.size(); i++) {
      MatrixNodes nodes = networks.get(i);
      double[][] rows = new double[nodes.size()][];
      for (int k = 0; k < rows.length; k++) {
        rows[k] = joined(nodes.weights()[k], nodes.scales()[k], nodes.vectors()[k]);
      }
      tensors.put(nodes(i), Matrix.copyOf(rows));
      tensors.put(
          draws(i),
          Matrix.copyOf(new double[][] {{nodes.groups() == 1 ? 0 : nodes.effectiveDraws()}}));
    }
    return new State(Linear.NAME, numbers, tensors);
  }

  private static double[] joined(double weight, double[] scales, double[] vectors) {
    double[] all = new double[1 + scales.length + vectors.length];
    all[0] = weight;
    System.arraycopy(scales, 0, all, 1, scales.length);
    System.arraycopy(vectors, 0, all, 1 + scales.length, vectors.length);
    return all;
  }

  private static String nodes(int i) {
    return "network-" + i + "/nodes";
  }

  private static String draws(int i) {
    return "network-" + i + "/effective-draws";
  }

  /**
   * Says which tensors the state of such a posterior has.
   *
   * @throws IllegalArgumentException if its numbers are not there, or cannot be
   */
  static void expect(State.Sizes sizes, State.Expected to) {
    int networks = sizes.numbers().getOrDefault(NODES, List.of()).size();
    List<Long> nodes = sizes.numbers(NODES, Math.max(1, networks), 1, MOST_NODES);
    List<Long> groups = sizes.numbers(GROUPS, networks, 1, MatrixDraws.GROUPS);
    long outputs = sizes.outputs();
    to.tensor(BASIS, sizes.size(), sizes.size());
    to.tensor(COORDINATES, 2, sizes.size());
    to.tensor(TARGETS, outputs, sizes.size());
    for (int i = 0; i < networks; i++) {
      if (nodes.get(i) % groups.get(i) != 0) {
        throw new IllegalArgumentException(GROUPS + " is missing or wrong");
      }
      to.tensor(nodes(i), nodes.get(i), 1 + outputs + outputs * outputs);
      to.tensor(draws(i), 1, 1);
    }
  }

  /** A posterior that was saved. */
  static MatrixPosterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    Architecture network = problem.flow().architecture();
    int m = problem.outputs();
    Matrix coordinates = state.tensor(COORDINATES);
    Matrix targets = state.tensor(TARGETS);
    double[][] y = new double[m][];
    for (int p = 0; p < m; p++) {
      y[p] = targets.row(p);
    }
    Whitened at =
        new Whitened(
            state.tensor(BASIS),
            coordinates.row(0),
            y,
            coordinates.row(1),
            network.biasVariance(network.hiddenLayers()));
    List<MatrixNodes> networks = new ArrayList<>();
    List<EvidenceAtWidths.Known> known = ((EvidenceAtWidths) evidence).values();
    for (int i = 0; i < known.size(); i++) {
      Matrix rows = state.tensor(nodes(i));
      int groups = Math.toIntExact(state.number(GROUPS).get(i));
      double[] weights = new double[rows.rows()];
      double[][] scales = new double[rows.rows()][];
      double[][] vectors = new double[rows.rows()][];
      for (int k = 0; k < weights.length; k++) {
        double[] row = rows.row(k);
        weights[k] = row[0];
        scales[k] = Arrays.copyOfRange(row, 1, 1 + m);
        vectors[k] = Arrays.copyOfRange(row, 1 + m, row.length);
      }
      networks.add(
          new MatrixNodes(
              known.get(i).widths(),
              vectors,
              scales,
              weights,
              groups,
              groups == 1 ? Double.POSITIVE_INFINITY : state.tensor(draws(i)).get(0, 0),
              known.get(i).logEvidence(),
              known.get(i).error()));
    }
    return new MatrixPosterior(nngp, problem, at, networks);
  }
}
