package finitewidth.inference.scale;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A {@link ScaledPosterior} as named numbers and tensors. */
public final class ScaledState {
  private static final String NODES = "nodes";
  private static final String BASES = "bases";
  private static final String BASE = "base";
  private static final String TRUSTED = "trusted";

  /** More nodes than any integral has. */
  private static final long MOST_NODES = 1 << 20;

  /** Of each network: log evidence of the scale, mean and deviation of its logarithm. */
  private static final int NUMBERS = 3;

  private ScaledState() {}

  static State of(ScaledPosterior posterior) {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    List<ScaledNetwork> networks = posterior.networks();
    numbers.put(NODES, networks.stream().map(one -> (long) one.scale().scales().length).toList());
    numbers.put(BASE, networks.stream().map(one -> (long) one.base()).toList());
    numbers.put(TRUSTED, networks.stream().map(one -> one.trusted() ? 1L : 0L).toList());
    numbers.put(BASES, posterior.bases().stream().map(one -> (long) one.inner().length).toList());
    for (int i = 0; i < networks.size(); i++) {
      ScalePosterior scale = networks.get(i).scale();
      tensors.put(scale(i), Matrix.copyOf(new double[][] {scale.scales(), scale.weights()}));
      tensors.put(
          numbers(i),
          Matrix.copyOf(
              new double[][] {{scale.logEvidence(), scale.meanLog(), scale.deviationLog()}}));
    }
    for (int b = 0; b < posterior.bases().size(); b++) {
      ScaledBase base = posterior.bases().get(b);
      tensors.put(basis(b), base.at().basis());
      tensors.put(
          coordinates(b),
          Matrix.copyOf(new double[][] {base.at().kappa(), base.at().y()[0], base.at().bias()}));
      if (base.inner().length > 0) {
        tensors.put(inner(b), Matrix.copyOf(new double[][] {base.inner()}));
      }
    }
    return new State(posterior.engine(), numbers, tensors);
  }

  private static String scale(int i) {
    return "network-" + i + "/scale";
  }

  private static String numbers(int i) {
    return "network-" + i + "/numbers";
  }

  private static String basis(int b) {
    return "kernel-" + b + "/basis";
  }

  private static String coordinates(int b) {
    return "kernel-" + b + "/coordinates";
  }

  private static String inner(int b) {
    return "kernel-" + b + "/inner";
  }

  /**
   * Says which tensors the state of such a posterior has.
   *
   * @throws IllegalArgumentException if its numbers are not there, or cannot be
   */
  public static void expect(State.Sizes sizes, State.Expected to) {
    int networks = count(sizes, NODES);
    int bases = count(sizes, BASES);
    List<Long> nodes = sizes.numbers(NODES, networks, 1, MOST_NODES);
    sizes.numbers(BASE, networks, 0, bases - 1);
    sizes.numbers(TRUSTED, networks, 0, 1);
    List<Long> inner = sizes.numbers(BASES, bases, 0, sizes.sources() - 1);
    for (int i = 0; i < networks; i++) {
      to.tensor(scale(i), 2, nodes.get(i));
      to.tensor(numbers(i), 1, NUMBERS);
    }
    for (int b = 0; b < bases; b++) {
      to.tensor(basis(b), sizes.size(), sizes.size());
      to.tensor(coordinates(b), 3, sizes.size());
      if (inner.get(b) > 0) {
        to.tensor(inner(b), 1, inner.get(b));
      }
    }
  }

  private static int count(State.Sizes sizes, String name) {
    int count = sizes.numbers().getOrDefault(name, List.of()).size();
    if (count == 0) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return count;
  }

  /** What predicting by a saved posterior takes of a core, in seconds. */
  public static double seconds(State state, long size, int layers, long rows) {
    return ScaledPosterior.seconds(
        size, layers, state.number(BASES).size(), state.number(NODES).size(), rows);
  }

  /** A posterior that was saved. */
  public static Posterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    Architecture prior = problem.flow().architecture();
    List<ScaledBase> bases = new ArrayList<>();
    for (int b = 0; b < state.number(BASES).size(); b++) {
      double[] inner =
          state.number(BASES).get(b) > 0 ? state.tensor(inner(b)).row(0) : new double[0];
      Matrix coordinates = state.tensor(coordinates(b));
      bases.add(
          new ScaledBase(
              inner,
              ScaledBase.scaled(prior, inner),
              new Whitened(
                  state.tensor(basis(b)),
                  coordinates.row(0),
                  new double[][] {coordinates.row(1)},
                  coordinates.row(2),
                  prior.biasVariance(prior.hiddenLayers()))));
    }
    List<ScaledNetwork> networks = new ArrayList<>();
    List<EvidenceAtWidths.Known> known = ((EvidenceAtWidths) evidence).values();
    for (int i = 0; i < known.size(); i++) {
      double[] numbers = state.tensor(numbers(i)).row(0);
      Matrix scale = state.tensor(scale(i));
      networks.add(
          new ScaledNetwork(
              known.get(i).widths(),
              Math.toIntExact(state.number(BASE).get(i)),
              new ScalePosterior(scale.row(0), scale.row(1), numbers[0], numbers[1], numbers[2]),
              known.get(i).logEvidence(),
              state.number(TRUSTED).get(i) == 1));
    }
    return new ScaledPosterior(state.engine(), nngp, problem, bases, networks);
  }
}
