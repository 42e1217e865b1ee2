package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.data.DataConfig;
import finitewidth.data.InvalidRows;
import finitewidth.runtime.RowScorer;
import finitewidth.settings.Key;
import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * A {@code predict}, checked as far as that goes without the model.
 *
 * @param model directory of a saved model
 * @param data its training path is its test path: there are no training rows
 * @param hiddenWidths other than the model's; empty for the model's own
 * @param order whether to correct
 * @param invalid what becomes of rows that lack numbers
 * @param columns to carry along
 * @param strict whether leaving the width expansion's range ends the job
 */
public record PredictConfig(
    String model,
    DataConfig data,
    List<Long> hiddenWidths,
    RowScorer.Order order,
    InvalidRows invalid,
    List<String> columns,
    OutputConfig output,
    boolean strict) {
  public PredictConfig {
    hiddenWidths = List.copyOf(hiddenWidths);
    columns = List.copyOf(columns);
    Refusal.unless(NetworkConfig.areWidths(hiddenWidths), Key.PREDICT_WIDTHS);
  }

  /**
   * Reads and checks a configuration. Keys that only fits read may stand in the same file.
   *
   * @param overrides key=value, later ones win
   * @param activations names that network.activation may take
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  public static PredictConfig parse(File file, List<String> overrides, List<String> activations) {
    return Binder.read(ConfigValues.read(file, overrides), activations, PredictConfig::read);
  }

  private static PredictConfig read(Binder binder) {
    binder.with(binder.bind(DataKeys.class).predicting());
    binder.bind(Quantiles.class);
    binder.bind(OutputConfig.class);
    return binder.bind(PredictConfig.class);
  }

  @JsonCreator
  static PredictConfig of(
      @From(Key.MODEL_PATH) Optional<String> model,
      @JacksonInject DataConfig data,
      @From(Key.PREDICT_WIDTHS) Optional<List<Long>> hiddenWidths,
      @From(Key.PREDICT_ORDER) int order,
      @From(Key.PREDICT_HANDLE_INVALID) InvalidRows invalid,
      @From(Key.PREDICT_COLUMNS) @From.OneOrMore Optional<List<String>> columns,
      @JacksonInject OutputConfig output,
      @From(Key.STRICT) boolean strict) {
    Refusal.unless(order == 0 || order == 1, Key.PREDICT_ORDER);
    DataKeys.requireNames(Key.PREDICT_COLUMNS, columns);
    return new PredictConfig(
        model.orElseThrow(() -> new Refusal(Key.MODEL_PATH, "a saved model is needed")),
        data,
        hiddenWidths.orElse(List.of()),
        order == 0 ? RowScorer.Order.NNGP : RowScorer.Order.CORRECTED,
        invalid,
        columns.orElse(List.of()),
        output,
        strict);
  }
}
