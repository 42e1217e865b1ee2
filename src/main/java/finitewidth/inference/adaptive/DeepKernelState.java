package finitewidth.inference.adaptive;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.State;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Deep kernel machines as named numbers and tensors. */
final class DeepKernelState {
  private static final String SETTLED = "settled";
  private static final String SPACE = "space";
  private static final String ROOT = "root-";
  private static final String FACTOR = "factor-";
  private static final String CHOLESKY = "cholesky";
  private static final String PHI = "phi";

  private DeepKernelState() {}

  private static String at(int network) {
    return "network-" + network + "/";
  }

  static State of(DeepKernelPosterior posterior) {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    List<DeepNetwork> networks = posterior.networks();
    numbers.put(SETTLED, networks.stream().map(each -> each.settled() ? 1L : 0).toList());
    Matrix space = networks.get(0).metric().features().basis();
    if (space != null) {
      tensors.put(SPACE, space);
    }
    for (int i = 0; i < networks.size(); i++) {
      DeepNetwork network = networks.get(i);
      tensors.put(at(i) + ROOT + 0, network.metric().root());
      for (int l = 1; l < network.layers().size(); l++) {
        DeepNetwork.Layer layer = network.layers().get(l);
        Matrix root = layer.root();
        Cholesky factor = layer.factor();
        if (root != null && factor != null) {
          tensors.put(at(i) + ROOT + l, root);
          tensors.put(at(i) + FACTOR + l, factor.factor());
        }
      }
      tensors.put(at(i) + CHOLESKY, network.output().cholesky().factor());
      tensors.put(at(i) + PHI, network.output().phi());
    }
    return new State(DeepKernel.NAME, numbers, tensors);
  }

  /** How many networks there are. */
  static int networks(State state) {
    return state.number(SETTLED).size();
  }

  static void expect(State.Sizes sizes, State.Expected to) {
    List<Long> settled = sizes.numbers().getOrDefault(SETTLED, List.of());
    sizes.numbers(SETTLED, Math.max(1, settled.size()), 0, 1);
    long size = sizes.size();
    long all = sizes.inputs() + 1L;
    long r = Math.min(all, size);
    if (all > size) {
      to.tensor(SPACE, size, all);
    }
    for (int i = 0; i < settled.size(); i++) {
      to.tensor(at(i) + ROOT + 0, r, r);
      for (int l = 1; l < sizes.sources(); l++) {
        to.tensor(at(i) + ROOT + l, size, size);
        to.tensor(at(i) + FACTOR + l, size, size);
      }
      to.tensor(at(i) + CHOLESKY, size, size);
      to.tensor(at(i) + PHI, size, sizes.outputs());
    }
  }

  static DeepKernelPosterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    EvidenceAtWidths known = (EvidenceAtWidths) evidence;
    Features features = Features.of(problem.flow().architecture(), problem.flow().inputs());
    if (features.basis() != null) {
      features = features.along(state.tensor(SPACE));
    }
    List<DeepNetwork> networks = new ArrayList<>();
    for (int i = 0; i < known.values().size(); i++) {
      EvidenceAtWidths.Known one = known.values().get(i);
      Metric metric = new Metric(features, state.tensor(at(i) + ROOT + 0));
      List<DeepNetwork.Layer> layers = new ArrayList<>();
      layers.add(new DeepNetwork.Layer(metric.inputs(problem.flow().inputs()), null, null));
      for (int l = 1; l < problem.sources(); l++) {
        layers.add(
            DeepNetwork.Layer.of(
                Cholesky.restore(state.tensor(at(i) + FACTOR + l)),
                state.tensor(at(i) + ROOT + l)));
      }
      networks.add(
          new DeepNetwork(
              one.widths(),
              state.number(SETTLED).get(i) == 1,
              metric,
              layers,
              // Its own evidence at infinite width and data fit are nowhere asked for.
              NngpPosterior.of(
                  Cholesky.restore(state.tensor(at(i) + CHOLESKY)),
                  state.tensor(at(i) + PHI),
                  0,
                  0),
              one.logEvidence()));
    }
    return DeepKernelPosterior.of(nngp, problem, networks);
  }
}
