package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.networks.HyperparameterPrior;
import finitewidth.settings.Key;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How hyperparameters are fitted, or what is thought of them before they are sampled.
 *
 * @param known names of activations
 * @param network as configured
 * @param preprocess how features are scaled before
 * @param activations to choose from; the network's if empty
 * @param depths to choose from; the network's if empty
 * @param most rows to fit to
 */
public record EvidenceConfig(
    @JacksonInject("activations") List<String> known,
    @JacksonInject NetworkConfig network,
    @JacksonInject PreprocessConfig preprocess,
    @From(Key.EVIDENCE_NOISE_FLOOR) double noiseFloor,
    @From(Key.EVIDENCE_INPUT_SCALES) InputScales inputScales,
    @From(Key.EVIDENCE_STARTS) int starts,
    @From(Key.EVIDENCE_SEED) long seed,
    @From(Key.EVIDENCE_DEPTHS) Optional<List<Integer>> depths,
    @From(value = Key.EVIDENCE_ACTIVATIONS, orOne = true) Optional<List<String>> activations,
    @From(value = Key.EVIDENCE_ROWS, orStandard = true) Optional<Integer> most) {
  private static final int DEEPEST = 64;
  private static final int MOST_STARTS = 1000;

  /** Whether features get scales of their own. */
  public enum InputScales {
    NONE,
    PER_FEATURE
  }

  public EvidenceConfig {
    Refusal.unless(noiseFloor > 0 && noiseFloor < 1, Key.EVIDENCE_NOISE_FLOOR);
    Refusal.unless(starts >= 1 && starts <= MOST_STARTS, Key.EVIDENCE_STARTS);
    Refusal.when(
        inputScales == InputScales.PER_FEATURE
            && preprocess.features() == FeatureScaling.UNIT_SPHERE,
        Key.EVIDENCE_INPUT_SCALES,
        "features scaled one by one leave the sphere; use preprocess.features = standardize or"
            + " none");
    Refusal.unless(most.filter(rows -> rows < 2).isEmpty(), Key.EVIDENCE_ROWS);
    List<String> names = activations.orElse(List.of(network.activation()));
    Refusal.when(
        names.isEmpty()
            || !Refusal.differ(names)
            || !names.stream().allMatch(n -> known.contains(n) || n.equals(network.activation())),
        Key.EVIDENCE_ACTIVATIONS,
        "accepted is a list of different ones of %s, and network.activation",
        String.join(", ", known));
    List<Integer> layers = depths.orElse(List.of(1));
    Refusal.unless(
        !layers.isEmpty()
            && Refusal.differ(layers)
            && layers.stream().allMatch(depth -> depth >= 1 && depth <= DEEPEST),
        Key.EVIDENCE_DEPTHS);
    if (depths.isPresent()) {
      refuseDifferent(Key.HIDDEN_WIDTHS, network.hiddenWidths(), "equal widths, or auto");
      refuseDifferent(Key.BIAS_VARIANCE, network.biasVariances(), "one number");
      refuseDifferent(Key.WEIGHT_VARIANCE, network.weightVariances(), "one number");
    }
  }

  private static void refuseDifferent(Key key, List<?> list, String accepted) {
    Refusal.when(
        list.stream().distinct().count() > 1,
        key,
        "evidence.depths needs %s for all layers",
        accepted);
  }

  /** Whether there are networks to choose from. */
  boolean isChoice() {
    return activations.isPresent() || depths.isPresent();
  }

  public EvidenceSettings settings() {
    return new EvidenceSettings(noiseFloor, inputScales == InputScales.PER_FEATURE, starts, seed);
  }

  /** The prior of hyperparameters that chains sample. */
  HyperparameterPrior prior() {
    return HyperparameterPrior.weak(inputScales == InputScales.PER_FEATURE).floor(noiseFloor);
  }

  /**
   * Most training rows to fit to on the driver; a random subset where there are more; empty for all
   * rows, through the inducing points where there are some.
   */
  public OptionalInt rows() {
    return DataKeys.rows(most);
  }

  /**
   * The network for every activation and depth to choose from, the configured variances being where
   * the search starts; at least one.
   */
  public List<NetworkConfig> candidates() {
    List<String> names = activations.orElse(List.of(network.activation()));
    return depths
        .map(layers -> layers.stream().map(this::deep).toList())
        .orElse(List.of(network))
        .stream()
        .flatMap(deep -> names.stream().map(name -> activated(deep, name)))
        .toList();
  }

  private NetworkConfig deep(int depth) {
    return new NetworkConfig(
        network.activation(),
        network.negativeSlope(),
        Collections.nCopies(depth, network.hiddenWidths().get(0)),
        Collections.nCopies(depth + 1, network.biasVariances().get(0)),
        Collections.nCopies(depth + 1, network.weightVariances().get(0)));
  }

  /** A leaky ReLU that is not the configured activation has the default slope. */
  private static NetworkConfig activated(NetworkConfig network, String name) {
    if (name.equals(network.activation())) {
      return network;
    }
    return new NetworkConfig(
        name,
        name.equals(Activations.LEAKY_RELU)
            ? OptionalDouble.of(Activations.DEFAULT_NEGATIVE_SLOPE)
            : OptionalDouble.empty(),
        network.hiddenWidths(),
        network.biasVariances(),
        network.weightVariances());
  }
}
