package finitewidth.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every setting: a job's key with its default, what it accepts and what it means, and the Param
 * that spark.ml has for it. All that is in one table, {@code settings.txt}, of which the
 * configuration, {@code --help}, docs/configuration.md and the Params are made.
 */
public enum Key {
  DATA_TRAIN,
  DATA_TEST,
  DATA_TEST_FRACTION,
  DATA_SEED,
  DATA_TRAIN_ROWS,
  DATA_TEST_ROWS,
  DATA_TARGET,
  DATA_LABEL,
  DATA_FEATURES,
  DATA_FEATURES_ALL_BUT,
  DATA_ID,
  DATA_NULL_VALUES,
  DATA_HANDLE_INVALID,
  DATA_CONSTANT_COLUMNS,
  DATA_FORMAT,
  DATA_ENCODING,
  DATA_SEPARATOR,
  DATA_DECIMAL,
  DATA_QUOTE,
  DATA_ESCAPE,
  DATA_HEADER,
  DATA_MULTI_LINE,
  DATA_OPTIONS,
  FEATURE_SCALING,
  TARGET_SCALING,
  ACTIVATION,
  NEGATIVE_SLOPE,
  HIDDEN_WIDTHS,
  BIAS_VARIANCE,
  WEIGHT_VARIANCE,
  NOISE_VARIANCE,
  HYPERPARAMETERS,
  EVIDENCE_NOISE_FLOOR,
  EVIDENCE_DEPTHS,
  EVIDENCE_ACTIVATIONS,
  EVIDENCE_INPUT_SCALES,
  EVIDENCE_STARTS,
  EVIDENCE_SEED,
  EVIDENCE_ROWS,
  WIDTHS,
  METHOD,
  RENORMALISED_PASSES,
  RENORMALISED_GUARDS,
  NETWORKS_CHAINS,
  NETWORKS_SEED,
  NETWORKS_MAX_ITERATIONS,
  NETWORKS_SECONDS,
  NETWORKS_STATES,
  NETWORKS_MAX_ANNEALING,
  NETWORKS_EVIDENCE,
  NETWORKS_ROWS,
  NETWORKS_LEAPS,
  ENSEMBLE_DRAWS,
  ENGINE,
  TOLERANCE,
  CONTRACTION_SEED,
  MAX_DRAWS,
  QUANTITIES,
  CONTRACTION_TEST_ROWS,
  INDUCING_POINTS,
  INDUCING_METHOD,
  INDUCING_SAMPLE_ROWS,
  INDUCING_SEED,
  INDUCING_APPROXIMATION,
  CHECKPOINT_PATH,
  CHECKPOINT_INTERVAL,
  MODEL_PATH,
  PREDICT_ORDER,
  PREDICT_WIDTHS,
  PREDICT_HANDLE_INVALID,
  PREDICT_COLUMNS,
  PREDICT_QUANTILES,
  PREDICT_QUANTILES_OF,
  OUTPUT_PATH,
  OUTPUT_FORMAT,
  OUTPUT_OVERWRITE,
  OUTPUT_HIDDEN_KERNELS,
  STRICT,
  FLOW_TENSORS,
  FLOW_DENSITIES,
  FLOW_DENSITY_DRAWS,
  VALIDATE_TRAIN_ROWS,
  VALIDATE_TEST_ROWS,
  VALIDATE_WIDTHS,
  VALIDATE_METHOD,
  VALIDATE_METHODS,
  VALIDATE_DRAWS,
  VALIDATE_HIDDEN_KERNELS;

  private final String path;
  private final String standard;
  private final String accepted;
  private final String meaning;
  private final String param;
  private final String doc;

  Key() {
    List<String> row = Table.row(name());
    path = row.get(1);
    standard = row.get(2);
    accepted = row.get(3);
    meaning = row.get(4);
    param = row.size() > 5 ? row.get(5) : "";
    doc = row.size() > 6 ? row.get(6) : meaning + "; " + accepted;
  }

  /** What a job's configuration calls it. */
  public String path() {
    return path;
  }

  /** The default as text; empty where a value is required. */
  public String standard() {
    return standard;
  }

  /** Which values it takes, as a sentence ends. */
  public String accepted() {
    return accepted;
  }

  public String meaning() {
    return meaning;
  }

  /** What spark.ml calls it, if it has it. */
  public Optional<String> param() {
    return Optional.of(param).filter(name -> !name.isEmpty());
  }

  /** What {@code explainParams()} says of that. */
  public String doc() {
    return doc;
  }

  /** The setting of a path. */
  public static Optional<Key> of(String path) {
    return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
  }

  /** The setting of a code, which is the name of its constant. */
  static Optional<Key> ofCode(String code) {
    return Arrays.stream(values()).filter(key -> key.name().equals(code)).findFirst();
  }

  @Override
  public String toString() {
    return path;
  }

  /** The rows of the table by code. */
  private static final class Table {
    static final Map<String, List<String>> ROWS = read();

    private Table() {}

    static List<String> row(String code) {
      return Objects.requireNonNull(ROWS.get(code), () -> "settings.txt lacks " + code);
    }

    private static Map<String, List<String>> read() {
      try (InputStream table = Key.class.getResourceAsStream("settings.txt")) {
        byte[] bytes = Objects.requireNonNull(table, "settings.txt").readAllBytes();
        return new String(bytes, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
            .collect(Collectors.toMap(row -> row.get(0), row -> row));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
