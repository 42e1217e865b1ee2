package finitewidth.job.config;

import finitewidth.data.DataConfig;
import finitewidth.data.InvalidRows;
import finitewidth.inference.Order;
import java.util.List;

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
    Order order,
    InvalidRows invalid,
    List<String> columns,
    OutputConfig output,
    boolean strict) {
  public PredictConfig {
    hiddenWidths = List.copyOf(hiddenWidths);
    columns = List.copyOf(columns);
  }
}
