package finitewidth.job.config;

import java.util.Arrays;
import java.util.Optional;

/** Every configuration key, with its default and meaning as {@code --help} prints them. */
public enum Key {
  DATA_TRAIN(
      "data.train", "", "path, glob, or a list of them; or table:NAME, a table of Spark's catalog"),
  DATA_TEST("data.test", "none", "the same for test rows"),
  DATA_TEST_FRACTION(
      "data.test-fraction", "0.2", "part of the training file held out if data.test is absent"),
  DATA_SEED("data.seed", "7", "of the held-out part and of row subsets"),
  DATA_TRAIN_ROWS("data.train-rows", "all", "use a random subset of that many training rows"),
  DATA_TEST_ROWS("data.test-rows", "all", "use a random subset of that many test rows"),
  DATA_TARGET("data.target", "target", "column, or list of columns, for regression"),
  DATA_LABEL("data.label", "none", "class column; makes the job a classification"),
  DATA_FEATURES(
      "data.features", "*", "all but id, target and label; a list of columns; or a vector column"),
  DATA_FEATURES_ALL_BUT(
      "data.features.all-but", "none", "instead: all but id, target, label and these columns"),
  DATA_ID("data.id", "row number", "column carried to the predictions"),
  DATA_NULL_VALUES(
      "data.null-values",
      "NA, N/A, ?, null, None, NaN, \\N and the like",
      "texts that stand for a missing value, beside none at all"),
  DATA_HANDLE_INVALID(
      "data.handle-invalid",
      "error",
      "fit, flow, validate: rows that lack a value: error, or skip (a warning counts them)"),
  DATA_CONSTANT_COLUMNS(
      "data.constant-columns",
      "drop",
      "features that are constant over training rows: drop, refuse"),
  DATA_FORMAT(
      "data.format",
      "by ending",
      "csv, tsv, json, orc, parquet, libsvm, avro, or another that this Spark has, such as delta"),
  DATA_ENCODING("data.options.encoding", "UTF-8", "of files of text"),
  DATA_SEPARATOR("data.options.separator", "a comma; tsv: a tab", "between cells of csv"),
  DATA_DECIMAL("data.options.decimal", ".", "decimal mark of numbers in text: . or ,"),
  DATA_QUOTE("data.options.quote", "\"", "around cells of csv; \"\" for none"),
  DATA_ESCAPE("data.options.escape", "the quote", "what stands before a quote in quotes"),
  DATA_HEADER(
      "data.options.header", "true", "false: csv has no line of names; columns are f0, f1, ..."),
  DATA_MULTI_LINE(
      "data.options.multi-line",
      "false",
      "true: cells in quotes may hold line breaks, json records lines; a file is one task then"),
  DATA_OPTIONS("data.options.*", "none", "further options of Spark's reader, by Spark's names"),
  PREPROCESS_FEATURES("preprocess.features", "standardize", "none, standardize or unit-sphere"),
  PREPROCESS_TARGET("preprocess.target", "standardize", "none or standardize"),
  ACTIVATION(
      "network.activation",
      "relu",
      "of every hidden layer: a name, or the full name of your own class"),
  NEGATIVE_SLOPE(
      "network.negative-slope", "0.01", "from -1 to 1: leaky-relu is slope times z where z < 0"),
  HIDDEN_WIDTHS(
      "network.hidden-widths", "[128,128]", "one width per hidden layer; or auto, by evidence"),
  BIAS_VARIANCE("network.bias-variance", "0.1", "number, or one per layer"),
  WEIGHT_VARIANCE("network.weight-variance", "2.0", "number, or one per layer"),
  NOISE_VARIANCE("noise-variance", "0.01", "in units of the preprocessed target, squared"),
  HYPERPARAMETERS(
      "hyperparameters",
      "fixed",
      "fixed, or evidence: variances and noise fitted to the training rows"),
  EVIDENCE_NOISE_FLOOR(
      "evidence.noise-floor", "1e-4", "least noise variance over the kernel's mean diagonal"),
  EVIDENCE_DEPTHS(
      "evidence.depths", "network's", "list of numbers of hidden layers to choose from"),
  EVIDENCE_ACTIVATIONS("evidence.activations", "network's", "list of activations to choose from"),
  EVIDENCE_INPUT_SCALES(
      "evidence.input-scales", "none", "none, or per-feature: a scale for every feature"),
  EVIDENCE_STARTS("evidence.starts", "3", "how many points the search starts from"),
  EVIDENCE_SEED("evidence.seed", "7", "of the starts and of the subset of rows"),
  EVIDENCE_ROWS(
      "evidence.rows",
      "2000",
      "fit to a random subset of that many training rows, or to all; with inducing points through"
          + " these"),
  WIDTHS("widths", "[]", "uniform hidden widths to report, and for auto to choose from"),
  ENGINE("contraction.engine", "auto", "exact, sampled or auto (the cheaper by its estimate)"),
  TOLERANCE(
      "contraction.tolerance",
      "0.05; exact: 1e-9",
      "sampled: standard error of the mean over NNGP deviation; exact: quadrature error"),
  CONTRACTION_SEED("contraction.seed", "7", "of sampled contractions"),
  MAX_DRAWS("contraction.max-draws", "1000000", "of each hidden layer, sampled contractions"),
  QUANTITIES("contraction.quantities", "all", "mean or all"),
  CONTRACTION_TEST_ROWS(
      "contraction.test-rows",
      "all",
      "correct a random subset of that many test rows; order 0 for the others"),
  INDUCING_POINTS(
      "inducing-points",
      "none",
      "none, or how many points stand for training rows that stay distributed"),
  INDUCING_METHOD("inducing.method", "k-means", "how they are chosen: k-means or greedy"),
  INDUCING_SAMPLE_ROWS(
      "inducing.sample-rows", "10000", "choose from a random subset of that many training rows"),
  INDUCING_SEED("inducing.seed", "7", "of that subset and of k-means"),
  INDUCING_APPROXIMATION(
      "inducing.approximation", "dtc", "dtc, or fitc: with each row's own conditional variance"),
  CHECKPOINT_PATH(
      "checkpoint.path", "none", "directory where finished work survives until the job is done"),
  CHECKPOINT_INTERVAL("checkpoint.interval", "5", "seconds between two writes there, at least"),
  MODEL_PATH("model.path", "none", "predict: a directory that fit or spark.ml has written"),
  PREDICT_ORDER(
      "predict.order", "1", "1: with the correction; 0: infinite width alone, much cheaper"),
  PREDICT_WIDTHS(
      "predict.hidden-widths", "the model's", "other widths for the model's layers, at no cost"),
  PREDICT_HANDLE_INVALID(
      "predict.handle-invalid",
      "error",
      "rows that lack a number: error, skip, or keep (predictions are null)"),
  PREDICT_COLUMNS(
      "predict.columns", "none", "columns of data.test to carry along: a list, or * for all"),
  PREDICT_QUANTILES(
      "predict.quantiles",
      "[]",
      "fit, predict: probabilities whose quantiles to write, with third and fourth cumulant"),
  PREDICT_QUANTILES_OF(
      "predict.quantiles-of", "latent", "latent: of the function itself; target: with the noise"),
  OUTPUT_PATH("output.path", "", "directory to write"),
  OUTPUT_FORMAT("output.format", "parquet", "parquet, csv or json (JSON lines)"),
  OUTPUT_OVERWRITE(
      "output.overwrite", "false", "replace the result of an earlier job at output.path when done"),
  OUTPUT_HIDDEN_KERNELS(
      "output.hidden-kernels",
      "false",
      "fit: write hidden_kernels/, what training rows make of hidden layers"),
  STRICT("strict", "false", "exit 4 where the width expansion does not hold"),
  FLOW_TENSORS("flow.tensors", "false", "write flow/tensors.json"),
  FLOW_DENSITIES(
      "flow.densities", "0", "write density/: one output's prior density at so many first inputs"),
  FLOW_DENSITY_DRAWS("flow.density-draws", "100000", "networks to draw for each of them"),
  VALIDATE_TRAIN_ROWS(
      "validate.train-rows", "20", "validate: a random subset of that many training rows"),
  VALIDATE_TEST_ROWS(
      "validate.test-rows", "20", "validate: a random subset of that many test rows"),
  VALIDATE_WIDTHS(
      "validate.widths",
      "widths, or [32,64,128,256,512]",
      "validate: widths of all hidden layers of the networks to draw"),
  VALIDATE_DRAWS("validate.draws", "100000", "validate: networks to draw of each width"),
  VALIDATE_HIDDEN_KERNELS(
      "validate.hidden-kernels",
      "false",
      "validate: compare the kernels of hidden layers given the data too; exact engine");

  private final String path;
  private final String standard;
  private final String meaning;

  Key(String path, String standard, String meaning) {
    this.path = path;
    this.standard = standard;
    this.meaning = meaning;
  }

  public String path() {
    return path;
  }

  /** The default as text; empty where a value is required. */
  public String standard() {
    return standard;
  }

  public String meaning() {
    return meaning;
  }

  /**
   * Whether a value on the command line is plain text, so that globs and URLs need no quotes there.
   */
  boolean isText() {
    return switch (this) {
      case DATA_TRAIN,
          DATA_TEST,
          DATA_TARGET,
          DATA_LABEL,
          DATA_FEATURES,
          DATA_FEATURES_ALL_BUT,
          DATA_FORMAT,
          DATA_ENCODING,
          DATA_SEPARATOR,
          DATA_DECIMAL,
          DATA_QUOTE,
          DATA_ESCAPE,
          DATA_ID,
          CHECKPOINT_PATH,
          MODEL_PATH,
          PREDICT_COLUMNS,
          OUTPUT_PATH ->
          true;
      default -> false;
    };
  }

  /** Whether it names columns, of which pandas and R write one without a name. */
  boolean takesNoName() {
    return this == DATA_FEATURES || this == DATA_FEATURES_ALL_BUT || this == DATA_ID;
  }

  static Optional<Key> of(String path) {
    return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
  }

  @Override
  public String toString() {
    return path;
  }
}
