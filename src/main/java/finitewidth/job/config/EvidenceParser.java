package finitewidth.job.config;

import finitewidth.data.scale.FeatureScaling;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.gaussian.activations.Activations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The evidence block of a configuration; checked even where hyperparameters are fixed. */
final class EvidenceParser {
  private static final long DEEPEST = 64;
  private static final long MOST_STARTS = 1000;
  private static final int FEWEST_ROWS = 2;

  private static final String ALL = "all";

  private final ConfigReader values;
  private final List<String> activations;

  EvidenceParser(ConfigReader values, List<String> activations) {
    this.values = values;
    this.activations = activations;
  }

  /**
   * @param network as configured
   */
  EvidenceConfig parse(NetworkConfig network, FeatureScaling features) {
    String scales = values.choice(Key.EVIDENCE_INPUT_SCALES, List.of("none", "per-feature"));
    boolean perFeature = scales.equals("per-feature");
    if (perFeature && features == FeatureScaling.UNIT_SPHERE) {
      throw values.refuse(
          Key.EVIDENCE_INPUT_SCALES,
          "features scaled one by one leave the sphere; use preprocess.features = standardize or"
              + " none");
    }
    EvidenceSettings settings =
        new EvidenceSettings(
            values.number(
                Key.EVIDENCE_NOISE_FLOOR,
                v -> v > 0 && v < 1,
                "accepted is a number between 0 and 1, both excluded"),
            perFeature,
            (int) values.wholeOrStandard(Key.EVIDENCE_STARTS, 1, MOST_STARTS),
            values.wholeOrStandard(Key.EVIDENCE_SEED, Long.MIN_VALUE, Long.MAX_VALUE));
    List<NetworkConfig> candidates = new ArrayList<>();
    for (NetworkConfig deep : depths(network)) {
      candidates.addAll(activations(deep));
    }
    return new EvidenceConfig(settings, candidates, rows());
  }

  private OptionalInt rows() {
    if (values.isWord(Key.EVIDENCE_ROWS, ALL)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        values
            .whole(Key.EVIDENCE_ROWS, FEWEST_ROWS, Integer.MAX_VALUE, ALL + ", or ")
            .orElseGet(() -> Long.valueOf(Key.EVIDENCE_ROWS.standard()))
            .intValue());
  }

  private List<NetworkConfig> depths(NetworkConfig network) {
    String accepted = "accepted is a list of different whole numbers from 1 to " + DEEPEST;
    if (!values.has(Key.EVIDENCE_DEPTHS)) {
      return List.of(network);
    }
    List<Long> depths = values.wholes(Key.EVIDENCE_DEPTHS, 1, DEEPEST, accepted).orElse(List.of());
    if (depths.isEmpty() || depths.stream().distinct().count() < depths.size()) {
      throw values.refuse(Key.EVIDENCE_DEPTHS, accepted);
    }
    refuseLists(network);
    return depths.stream().map(depth -> deep(network, depth.intValue())).toList();
  }

  private void refuseLists(NetworkConfig network) {
    refuseDifferent(Key.HIDDEN_WIDTHS, network.hiddenWidths(), "equal widths, or auto");
    refuseDifferent(Key.BIAS_VARIANCE, network.biasVariances(), "one number");
    refuseDifferent(Key.WEIGHT_VARIANCE, network.weightVariances(), "one number");
  }

  private void refuseDifferent(Key key, List<?> list, String accepted) {
    if (list.stream().distinct().count() > 1) {
      throw values.refuse(key, "evidence.depths needs " + accepted + " for all layers");
    }
  }

  private static NetworkConfig deep(NetworkConfig network, int depth) {
    return new NetworkConfig(
        network.activation(),
        network.negativeSlope(),
        Collections.nCopies(depth, network.hiddenWidths().get(0)),
        Collections.nCopies(depth + 1, network.biasVariances().get(0)),
        Collections.nCopies(depth + 1, network.weightVariances().get(0)));
  }

  private List<NetworkConfig> activations(NetworkConfig network) {
    String accepted =
        "accepted is a list of different ones of "
            + String.join(", ", activations)
            + ", and network.activation";
    List<String> names =
        values.texts(Key.EVIDENCE_ACTIVATIONS, accepted).orElse(List.of(network.activation()));
    if (!names.stream()
        .allMatch(name -> activations.contains(name) || name.equals(network.activation()))) {
      throw values.refuse(Key.EVIDENCE_ACTIVATIONS, accepted);
    }
    return names.stream().map(name -> activated(network, name)).toList();
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
}
