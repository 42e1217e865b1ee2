package finitewidth.job;

import finitewidth.data.Columns;
import finitewidth.data.Columns.Targets;
import finitewidth.data.DataConfig;
import finitewidth.data.FeatureScaling;
import finitewidth.data.FileFormat;
import finitewidth.data.InvalidRows;
import finitewidth.data.TargetScaling;
import finitewidth.evidence.WidthChoice;
import finitewidth.gaussian.ActivationClassException;
import finitewidth.gaussian.Activations;
import finitewidth.spark.RowScorer;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Turns configuration values into a {@link JobConfig}, checking each and how they fit together. */
final class JobConfigParser {
  /** The word that has hidden widths chosen. */
  private static final String AUTO = "auto";

  private static final long WIDEST = 1L << 31;
  private static final long MOST_DRAWS = 1L << 40;
  private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

  private final ConfigReader values;
  private final List<String> activations;

  private JobConfigParser(ConfigReader values, List<String> activations) {
    this.values = values;
    this.activations = activations;
  }

  /**
   * Reads, checks and completes the configuration of a job.
   *
   * @param overrides key=value, later ones win
   * @param activations names that network.activation may take
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  static JobConfig parse(Verb verb, File file, List<String> overrides, List<String> activations) {
    ConfigReader values = new ConfigReader(ConfigValues.read(file, overrides));
    Unavailable.refuse(values);
    return new JobConfigParser(values, activations).job(verb);
  }

  /**
   * Reads and checks the configuration of {@code predict}. Keys that only fits read may stand in
   * the same file.
   *
   * @throws ConfigException as above
   */
  static PredictConfig parsePredict(File file, List<String> overrides, List<String> activations) {
    ConfigReader values = new ConfigReader(ConfigValues.read(file, overrides));
    return new JobConfigParser(values, activations).predict();
  }

  private PredictConfig predict() {
    String model =
        values
            .text(Key.MODEL_PATH, "accepted is a path")
            .filter(path -> !path.equals(Key.MODEL_PATH.standard()))
            .orElseThrow(() -> values.refuse(Key.MODEL_PATH, "a saved model is needed"));
    String test =
        path(Key.DATA_TEST)
            .orElseThrow(() -> values.refuse(Key.DATA_TEST, "the rows to score are needed"));
    String order = "accepted is 1 (with the correction) or 0 (infinite width alone)";
    return new PredictConfig(
        model,
        new DataConfig(
            test,
            Optional.of(test),
            columns(),
            Double.parseDouble(Key.DATA_TEST_FRACTION.standard()),
            OptionalInt.empty(),
            rows(Key.DATA_TEST_ROWS, 1),
            values
                .whole(Key.DATA_SEED, Long.MIN_VALUE, Long.MAX_VALUE)
                .orElseGet(() -> Long.valueOf(Key.DATA_SEED.standard()))),
        values
            .wholes(
                Key.PREDICT_WIDTHS,
                1,
                WIDEST,
                "accepted is a list of whole numbers from 1 to " + WIDEST + ", one per layer")
            .orElse(List.of()),
        values.number(Key.PREDICT_ORDER, v -> v == 0 || v == 1, order) == 0
            ? RowScorer.Order.NNGP
            : RowScorer.Order.CORRECTED,
        choice(Key.PREDICT_HANDLE_INVALID, InvalidRows.values()),
        values
            .texts(Key.PREDICT_COLUMNS, "accepted is \"*\", a column name or a list of them")
            .filter(names -> !names.equals(List.of(Key.PREDICT_COLUMNS.standard())))
            .orElse(List.of()),
        output(),
        values.flag(Key.STRICT));
  }

  private JobConfig job(Verb verb) {
    DataConfig data = data(verb);
    OutputConfig output = output();
    if (verb == Verb.FIT && output.format() == OutputConfig.Format.CSV) {
      refuseArraysInCsv(data.columns());
    }
    PreprocessConfig preprocess =
        new PreprocessConfig(
            choice(Key.PREPROCESS_FEATURES, FeatureScaling.values()),
            choice(Key.PREPROCESS_TARGET, TargetScaling.values()));
    NetworkConfig network = network();
    EvidenceConfig evidence =
        new EvidenceParser(values, activations).parse(network, preprocess.features());
    boolean fitted =
        values.choice(Key.HYPERPARAMETERS, List.of("fixed", "evidence")).equals("evidence");
    ContractionConfig contraction = contraction();
    FlowConfig flow = new FlowConfig(values.flag(Key.FLOW_TENSORS));
    for (NetworkConfig candidate : fitted ? evidence.candidates() : List.of(network)) {
      if (Networks.exact(candidate).isEmpty()) {
        refuseFourPoints(verb, candidate.activation(), contraction, flow);
      }
    }
    boolean autoWidth = values.isWord(Key.HIDDEN_WIDTHS, AUTO);
    if (autoWidth && verb == Verb.FLOW) {
      throw values.refuse(Key.HIDDEN_WIDTHS, "flow has no targets to choose widths by; set a list");
    }
    return new JobConfig(
        data,
        preprocess,
        network,
        values.number(Key.NOISE_VARIANCE, v -> v >= 0, "accepted is a number not below 0"),
        fitted ? Optional.of(evidence) : Optional.empty(),
        autoWidth,
        widths(fitted || autoWidth),
        contraction,
        output,
        flow,
        values.flag(Key.STRICT));
  }

  private DataConfig data(Verb verb) {
    int fewest = verb == Verb.FLOW ? 1 : 2;
    return new DataConfig(
        path(Key.DATA_TRAIN).orElseThrow(() -> values.refuse(Key.DATA_TRAIN, "a path is needed")),
        path(Key.DATA_TEST),
        columns(),
        values.number(
            Key.DATA_TEST_FRACTION,
            v -> v > 0 && v < 1,
            "accepted is a number between 0 and 1, both excluded"),
        rows(Key.DATA_TRAIN_ROWS, fewest),
        rows(Key.DATA_TEST_ROWS, 1),
        values
            .whole(Key.DATA_SEED, Long.MIN_VALUE, Long.MAX_VALUE)
            .orElseGet(() -> Long.valueOf(Key.DATA_SEED.standard())));
  }

  private Optional<String> path(Key key) {
    Optional<String> path = values.text(key, "accepted is a path or glob");
    if (path.isPresent() && FileFormat.ofPath(path.get()).isEmpty()) {
      throw values.refuse(key, "the ending must be .csv, .csv.gz, .parquet or .libsvm");
    }
    return path;
  }

  private OptionalInt rows(Key key, int fewest) {
    return values
        .whole(key, fewest, MOST_ROWS)
        .map(rows -> OptionalInt.of(rows.intValue()))
        .orElse(OptionalInt.empty());
  }

  private Columns columns() {
    String name = "accepted is a column name";
    String names = "accepted is a column name or a list of different ones";
    if (values.has(Key.DATA_LABEL) && values.has(Key.DATA_TARGET)) {
      throw values.refuse(
          Key.DATA_TARGET, "data.label makes the job a classification; set one of the two");
    }
    Optional<List<String>> targets = values.texts(Key.DATA_TARGET, names);
    Optional<String> label = values.text(Key.DATA_LABEL, name);
    Optional<String> id = values.text(Key.DATA_ID, name);
    List<String> features =
        values
            .texts(Key.DATA_FEATURES, "accepted is \"*\", " + names.substring(12))
            .filter(list -> !list.equals(List.of("*")))
            .orElse(List.of());
    List<String> wanted =
        label.isPresent() ? List.of() : targets.orElse(List.of(Key.DATA_TARGET.standard()));
    Columns columns = new Columns(features, new Targets(wanted, targets.isPresent()), label, id);
    refuseDoubleUse(columns);
    return columns;
  }

  private void refuseDoubleUse(Columns columns) {
    List<String> others = new ArrayList<>(columns.targets().names());
    columns.label().ifPresent(others::add);
    for (String feature : columns.features()) {
      if (others.contains(feature)) {
        throw values.refuse(
            Key.DATA_FEATURES, "column " + feature + " is the target or label, so not a feature");
      }
    }
    if (columns.id().isPresent() && others.contains(columns.id().get())) {
      throw values.refuse(Key.DATA_ID, "the column is the target or label already");
    }
  }

  private NetworkConfig network() {
    String activation = activation();
    String accepted =
        "accepted is auto, or a list of whole numbers from 1 to " + WIDEST + ", one per layer";
    List<Long> standard = List.of(128L, 128L);
    List<Long> widths =
        values.isWord(Key.HIDDEN_WIDTHS, AUTO)
            ? standard
            : values.wholes(Key.HIDDEN_WIDTHS, 1, WIDEST, accepted).orElse(standard);
    if (widths.isEmpty()) {
      throw values.refuse(Key.HIDDEN_WIDTHS, accepted);
    }
    int layers = widths.size() + 1;
    return new NetworkConfig(
        activation,
        negativeSlope(activation),
        widths,
        perLayer(Key.BIAS_VARIANCE, layers, true),
        perLayer(Key.WEIGHT_VARIANCE, layers, false));
  }

  /** A name that is known, or that of a class that can be used. */
  private String activation() {
    String accepted =
        "accepted is " + String.join(", ", activations) + ", or the full name of a class";
    String name = values.text(Key.ACTIVATION, accepted).orElse(Key.ACTIVATION.standard());
    if (activations.contains(name)) {
      return name;
    }
    if (!Activations.isClassName(name)) {
      throw values.refuse(Key.ACTIVATION, accepted);
    }
    try {
      return Activations.byName(name).orElseThrow().name();
    } catch (ActivationClassException e) {
      throw values.refuse(Key.ACTIVATION, e.getMessage());
    }
  }

  /** What four-point moments are needed for, of an activation that has none. */
  private void refuseFourPoints(
      Verb verb, String activation, ContractionConfig contraction, FlowConfig flow) {
    String reason =
        "network.activation = "
            + activation
            + " has no four-point moments, only the values of the function; accepted is ";
    String others = ", or one of the activations " + String.join(", ", Activations.exactNames());
    if (verb != Verb.FLOW && contraction.engine() == ContractionConfig.Engine.EXACT) {
      throw values.refuse(Key.ENGINE, reason + "sampled or auto" + others);
    }
    if (verb == Verb.FLOW && flow.tensors()) {
      throw values.refuse(Key.FLOW_TENSORS, reason + "false" + others);
    }
  }

  private OptionalDouble negativeSlope(String activation) {
    if (activation.equals(Activations.LEAKY_RELU)) {
      return OptionalDouble.of(
          values.number(
              Key.NEGATIVE_SLOPE, v -> v >= -1 && v <= 1, "accepted is a number from -1 to 1"));
    }
    if (values.has(Key.NEGATIVE_SLOPE)) {
      throw values.refuse(
          Key.NEGATIVE_SLOPE,
          "network.activation is "
              + activation
              + ", and only "
              + Activations.LEAKY_RELU
              + " has a slope; leave the key out");
    }
    return OptionalDouble.empty();
  }

  private List<Double> perLayer(Key key, int layers, boolean zero) {
    String bound = zero ? "not below 0" : "above 0";
    String accepted =
        "accepted is a number "
            + bound
            + ", or a list of "
            + layers
            + " of them: one per hidden layer and one for the output layer";
    if (!values.isList(key)) {
      return Collections.nCopies(layers, values.number(key, v -> zero ? v >= 0 : v > 0, accepted));
    }
    List<Double> list = values.numbers(key, v -> zero ? v >= 0 : v > 0, accepted).orElse(List.of());
    if (list.size() != layers) {
      throw values.refuse(key, accepted);
    }
    return list;
  }

  /**
   * @param chosenFrom whether a width is to be chosen from them
   */
  private List<Double> widths(boolean chosenFrom) {
    String accepted = "accepted is a list of different numbers above 0";
    List<Double> widths = values.numbers(Key.WIDTHS, v -> v > 0, accepted).orElse(List.of());
    if (widths.stream().distinct().count() < widths.size()) {
      throw values.refuse(Key.WIDTHS, accepted);
    }
    if (values.isWord(Key.HIDDEN_WIDTHS, AUTO)
        && !widths.stream().allMatch(w -> w == Math.rint(w) && w <= WIDEST)) {
      throw values.refuse(
          Key.WIDTHS, "network.hidden-widths = auto chooses from them: whole numbers are needed");
    }
    return chosenFrom && widths.isEmpty() ? WidthChoice.grid() : widths;
  }

  private ContractionConfig contraction() {
    ContractionConfig.Engine engine = choice(Key.ENGINE, ContractionConfig.Engine.values());
    double quadrature = ContractionConfig.QUADRATURE;
    double standardError = ContractionConfig.STANDARD_ERROR;
    if (values.has(Key.TOLERANCE)) {
      double tolerance =
          values.number(
              Key.TOLERANCE,
              v -> v > 0 && v < 1,
              "accepted is a number between 0 and 1, both excluded");
      if (engine == ContractionConfig.Engine.EXACT) {
        quadrature = tolerance;
      } else {
        standardError = tolerance;
      }
    }
    return new ContractionConfig(
        engine,
        quadrature,
        standardError,
        values
            .whole(Key.CONTRACTION_SEED, Long.MIN_VALUE, Long.MAX_VALUE)
            .orElseGet(() -> Long.valueOf(Key.CONTRACTION_SEED.standard())),
        values
            .whole(Key.MAX_DRAWS, 1, MOST_DRAWS)
            .orElseGet(() -> Long.valueOf(Key.MAX_DRAWS.standard())),
        choice(Key.QUANTITIES, ContractionConfig.Quantities.values()));
  }

  private OutputConfig output() {
    return new OutputConfig(
        values
            .text(Key.OUTPUT_PATH, "accepted is a path")
            .orElseThrow(() -> values.refuse(Key.OUTPUT_PATH, "a directory to write is needed")),
        choice(Key.OUTPUT_FORMAT, OutputConfig.Format.values()),
        values.flag(Key.OUTPUT_OVERWRITE));
  }

  private void refuseArraysInCsv(Columns columns) {
    if (columns.label().isPresent() || columns.targets().names().size() > 1) {
      throw values.refuse(
          Key.OUTPUT_FORMAT,
          "csv has no arrays, which several outputs ("
              + columns.label().map(name -> "the classes of " + name).orElse("data.target")
              + ") need; use parquet or json");
    }
  }

  /** One of the constants, by its name in lower case with hyphens. */
  private <E extends Enum<E>> E choice(Key key, E[] constants) {
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      names.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return constants[names.indexOf(values.choice(key, names))];
  }
}
