package finitewidth.job.config;

import finitewidth.data.Columns;
import finitewidth.data.DataConfig;
import finitewidth.data.InvalidRows;
import finitewidth.data.scale.ConstantColumns;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.scale.TargetScaling;
import finitewidth.runtime.RowScorer;
import java.io.File;
import java.util.List;
import java.util.Optional;

/** Turns configuration values into a {@link JobConfig}, checking each and how they fit together. */
public final class JobConfigParser {
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
  public static JobConfig parse(
      Verb verb, File file, List<String> overrides, List<String> activations) {
    ConfigReader values = new ConfigReader(ConfigValues.read(file, overrides));
    return new JobConfigParser(values, activations).job(verb);
  }

  /**
   * Reads and checks the configuration of {@code predict}. Keys that only fits read may stand in
   * the same file.
   *
   * @throws ConfigException as above
   */
  public static PredictConfig parsePredict(
      File file, List<String> overrides, List<String> activations) {
    ConfigReader values = new ConfigReader(ConfigValues.read(file, overrides));
    return new JobConfigParser(values, activations).predict();
  }

  private PredictConfig predict() {
    String model =
        values
            .text(Key.MODEL_PATH, "accepted is a path")
            .filter(path -> !path.equals(Key.MODEL_PATH.standard()))
            .orElseThrow(() -> values.refuse(Key.MODEL_PATH, "a saved model is needed"));
    String order = "accepted is 1 (with the correction) or 0 (infinite width alone)";
    return new PredictConfig(
        model,
        new DataParser(values).parseForPredict(),
        values
            .wholes(
                Key.PREDICT_WIDTHS,
                1,
                NetworkParser.WIDEST,
                "accepted is a list of whole numbers from 1 to "
                    + NetworkParser.WIDEST
                    + ", one per layer")
            .orElse(List.of()),
        values.number(Key.PREDICT_ORDER, v -> v == 0 || v == 1, order) == 0
            ? RowScorer.Order.NNGP
            : RowScorer.Order.CORRECTED,
        values.choice(Key.PREDICT_HANDLE_INVALID, InvalidRows.values()),
        values
            .texts(Key.PREDICT_COLUMNS, "accepted is \"*\", a column name or a list of them")
            .filter(names -> !names.equals(List.of(Key.PREDICT_COLUMNS.standard())))
            .orElse(List.of()),
        output(),
        values.flag(Key.STRICT));
  }

  private JobConfig job(Verb verb) {
    DataConfig data = new DataParser(values).parse(verb);
    OutputConfig output = output();
    if (verb == Verb.FIT && output.format() == OutputConfig.Format.CSV) {
      refuseArraysInCsv(data.columns());
    }
    PreprocessConfig preprocess =
        new PreprocessConfig(
            values.choice(Key.PREPROCESS_FEATURES, FeatureScaling.values()),
            values.choice(Key.PREPROCESS_TARGET, TargetScaling.values()),
            values.choice(Key.DATA_CONSTANT_COLUMNS, ConstantColumns.values()));
    NetworkParser networks = new NetworkParser(values, activations);
    NetworkConfig network = networks.parse();
    EvidenceConfig evidence =
        new EvidenceParser(values, activations).parse(network, preprocess.features());
    boolean fitted =
        values.choice(Key.HYPERPARAMETERS, List.of("fixed", "evidence")).equals("evidence");
    ContractionParser contractions = new ContractionParser(values);
    ContractionConfig contraction = contractions.parse();
    FlowConfig flow = new FlowParser(values).parse(network);
    List<NetworkConfig> candidates = fitted ? evidence.candidates() : List.of(network);
    for (NetworkConfig candidate : candidates) {
      if (Networks.exact(candidate).isEmpty()) {
        contractions.refuseFourPoints(verb, candidate.activation(), contraction, flow);
      }
    }
    if (verb == Verb.FIT && !output.quantiles().isNone()) {
      contractions.requireVariance(Key.PREDICT_QUANTILES, contraction);
    }
    boolean autoWidth = networks.isAuto();
    if (autoWidth && verb == Verb.FLOW) {
      throw values.refuse(Key.HIDDEN_WIDTHS, "flow has no targets to choose widths by; set a list");
    }
    double noise =
        values.number(Key.NOISE_VARIANCE, v -> v >= 0, "accepted is a number not below 0");
    Optional<InducingConfig> inducing = new InducingParser(values).parse(noise);
    if (verb == Verb.FIT && inducing.isPresent() && output.hiddenKernels()) {
      throw values.refuse(
          Key.OUTPUT_HIDDEN_KERNELS,
          "with inducing-points there are no kernels of training rows; accepted is false");
    }
    return new JobConfig(
        data,
        preprocess,
        network,
        noise,
        fitted ? Optional.of(evidence) : Optional.empty(),
        autoWidth,
        networks.widths(fitted || autoWidth),
        contraction,
        inducing,
        output,
        flow,
        values.flag(Key.STRICT));
  }

  private OutputConfig output() {
    return new OutputConfig(
        values
            .text(Key.OUTPUT_PATH, "accepted is a path")
            .orElseThrow(() -> values.refuse(Key.OUTPUT_PATH, "a directory to write is needed")),
        values.choice(Key.OUTPUT_FORMAT, OutputConfig.Format.values()),
        values.flag(Key.OUTPUT_OVERWRITE),
        new CheckpointParser(values).parse(),
        values.flag(Key.OUTPUT_HIDDEN_KERNELS),
        new Quantiles(
            probabilities(), values.choice(Key.PREDICT_QUANTILES_OF, Quantiles.Of.values())));
  }

  private List<Double> probabilities() {
    String accepted = "accepted is a list of different numbers between 0 and 1, both excluded";
    List<Double> probabilities =
        values.numbers(Key.PREDICT_QUANTILES, p -> p > 0 && p < 1, accepted).orElse(List.of());
    if (probabilities.stream().distinct().count() < probabilities.size()) {
      throw values.refuse(Key.PREDICT_QUANTILES, accepted);
    }
    return probabilities;
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
}
