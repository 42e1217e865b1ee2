package finitewidth.ml;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes the page of a model: what the Param {@code table = report} gives. Pages are made above this
 * room, and found by {@link java.util.ServiceLoader}.
 */
public interface ModelPage {

  /**
   * HTML that asks nothing of the network.
   *
   * @param rows to predict, and to score where they have the model's label column
   */
  String html(FiniteWidthPredictionModel<?> model, Dataset<Row> rows);
}
