package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import finitewidth.data.DataConfig;
import finitewidth.data.InvalidRows;
import finitewidth.inference.Order;
import finitewidth.settings.Key;
import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * A {@code predict}, checked as far as that goes without the model.
 *
 * @param model directory of a saved model
 * @param data its training path is its test path: there are no training rows
 * @param widths other than the model's
 * @param corrections 1 where predictions are corrected, or 0
 * @param invalid what becomes of rows that lack numbers
 * @param carried columns to carry along
 * @param strict whether leaving the width expansion's range ends the job
 */
public record PredictConfig(
    @From(Key.MODEL_PATH) String model,
    @JacksonInject DataConfig data,
    @From(Key.PREDICT_WIDTHS) Optional<List<Long>> widths,
    @From(Key.PREDICT_ORDER) int corrections,
    @From(Key.PREDICT_HANDLE_INVALID) InvalidRows invalid,
    @From(value = Key.PREDICT_COLUMNS, orOne = true) Optional<List<String>> carried,
    @JacksonInject OutputConfig output,
    @From(Key.STRICT) boolean strict) {
  public PredictConfig {
    Refusal.unless(NetworkConfig.areWidths(widths.orElse(List.of())), Key.PREDICT_WIDTHS);
    Refusal.unless(corrections == 0 || corrections == 1, Key.PREDICT_ORDER);
    DataKeys.requireNames(Key.PREDICT_COLUMNS, carried);
  }

  /**
   * Reads and checks a configuration. Keys that only fits read may stand in the same file.
   *
   * @param overrides key=value, later ones win
   * @param activations names that network.activation may take
   * @throws ConfigException in one sentence: key, value, where, and what would be accepted
   */
  public static PredictConfig parse(File file, List<String> overrides, List<String> activations) {
    return Binder.read(
        ConfigValues.read(file, overrides),
        activations,
        binder -> {
          DataKeys.read(binder, Verb.PREDICT);
          binder.bind(Quantiles.class, OutputConfig.class);
          return binder.bind(PredictConfig.class);
        });
  }

  /** Widths of the hidden layers; empty for the model's own. */
  public List<Long> hiddenWidths() {
    return widths.orElse(List.of());
  }

  public Order order() {
    return corrections == 0 ? Order.NNGP : Order.CORRECTED;
  }

  public List<String> columns() {
    return carried.orElse(List.of());
  }
}
