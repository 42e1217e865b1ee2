package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.data.FeatureScaling;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.gaussian.activations.Activations;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How hyperparameters are fitted.
 *
 * @param candidates the network for every activation and depth to choose from, the configured
 *     variances being where the search starts; at least one
 * @param rows most training rows to fit to on the driver; a random subset where there are more;
 *     empty for all rows, through the inducing points where there are some
 */
public record EvidenceConfig(
    EvidenceSettings settings, List<NetworkConfig> candidates, OptionalInt rows) {
  /** Whether features get scales of their own. */
  public enum InputScales {
    NONE,
    PER_FEATURE
  }

  private static final int DEEPEST = 64;
  private static final int MOST_STARTS = 1000;
  private static final int FEWEST_ROWS = 2;

  public EvidenceConfig {
    candidates = List.copyOf(candidates);
    Refusal.unless(rows.orElse(FEWEST_ROWS) >= FEWEST_ROWS, Key.EVIDENCE_ROWS);
  }

  /** Checked even where hyperparameters are fixed. */
  @JsonCreator
  static EvidenceConfig of(
      @JacksonInject("activations") List<String> known,
      @JacksonInject NetworkConfig network,
      @JacksonInject PreprocessConfig preprocess,
      @From(Key.EVIDENCE_NOISE_FLOOR) double noiseFloor,
      @From(Key.EVIDENCE_INPUT_SCALES) InputScales inputScales,
      @From(Key.EVIDENCE_STARTS) int starts,
      @From(Key.EVIDENCE_SEED) long seed,
      @From(Key.EVIDENCE_DEPTHS) Optional<List<Integer>> depths,
      @From(Key.EVIDENCE_ACTIVATIONS) @From.OneOrMore Optional<List<String>> activations,
      @From(Key.EVIDENCE_ROWS) Rows rows) {
    Refusal.unless(noiseFloor > 0 && noiseFloor < 1, Key.EVIDENCE_NOISE_FLOOR);
    Refusal.unless(starts >= 1 && starts <= MOST_STARTS, Key.EVIDENCE_STARTS);
    boolean perFeature = inputScales == InputScales.PER_FEATURE;
    Refusal.where(
        perFeature && preprocess.features() == FeatureScaling.UNIT_SPHERE,
        Key.EVIDENCE_INPUT_SCALES,
        "features scaled one by one leave the sphere; use preprocess.features = standardize or"
            + " none");
    List<String> names = activations.orElse(List.of(network.activation()));
    Refusal.where(
        names.isEmpty()
            || !Refusal.differ(names)
            || !names.stream().allMatch(n -> known.contains(n) || n.equals(network.activation())),
        Key.EVIDENCE_ACTIVATIONS,
        "accepted is a list of different ones of "
            + String.join(", ", known)
            + ", and network.activation");
    List<NetworkConfig> candidates = new ArrayList<>();
    for (NetworkConfig deep : depths.map(d -> deep(network, d)).orElse(List.of(network))) {
      names.forEach(name -> candidates.add(activated(deep, name)));
    }
    return new EvidenceConfig(
        new EvidenceSettings(noiseFloor, perFeature, starts, seed), candidates, rows.most());
  }

  private static List<NetworkConfig> deep(NetworkConfig network, List<Integer> depths) {
    Refusal.unless(
        !depths.isEmpty()
            && Refusal.differ(depths)
            && depths.stream().allMatch(depth -> depth >= 1 && depth <= DEEPEST),
        Key.EVIDENCE_DEPTHS);
    refuseDifferent(Key.HIDDEN_WIDTHS, network.hiddenWidths(), "equal widths, or auto");
    refuseDifferent(Key.BIAS_VARIANCE, network.biasVariances(), "one number");
    refuseDifferent(Key.WEIGHT_VARIANCE, network.weightVariances(), "one number");
    return depths.stream().map(depth -> deep(network, depth)).toList();
  }

  private static void refuseDifferent(Key key, List<?> list, String accepted) {
    Refusal.where(
        list.stream().distinct().count() > 1,
        key,
        "evidence.depths needs " + accepted + " for all layers");
  }

  private static NetworkConfig deep(NetworkConfig network, int depth) {
    return new NetworkConfig(
        network.activation(),
        network.negativeSlope(),
        Collections.nCopies(depth, network.hiddenWidths().get(0)),
        Collections.nCopies(depth + 1, network.biasVariances().get(0)),
        Collections.nCopies(depth + 1, network.weightVariances().get(0)));
  }

  /** A leaky ReLU that is not the configured activation has the default slope. */
  private static NetworkConfig activated(NetworkConfig network, String name) {
    OptionalDouble slope =
        name.equals(network.activation())
            ? network.negativeSlope()
            : name.equals(Activations.LEAKY_RELU)
                ? OptionalDouble.of(Activations.DEFAULT_NEGATIVE_SLOPE)
                : OptionalDouble.empty();
    return new NetworkConfig(
        name, slope, network.hiddenWidths(), network.biasVariances(), network.weightVariances());
  }

  /**
   * Rows to fit to as they are given.
   *
   * @param most empty for all
   */
  record Rows(OptionalInt most) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Rows of(int most) {
      return new Rows(OptionalInt.of(most));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Rows of(String word) {
      Refusal.unless(word.equals("all"), Key.EVIDENCE_ROWS);
      return new Rows(OptionalInt.empty());
    }
  }
}
