package finitewidth.posterior;

import java.util.List;

/**
 * Predicts rows a block at a time on one thread. A row has the same bits in any block and anywhere
 * in it, so results do not depend on how rows are spread.
 */
public interface BlockPredictor {

  /** How many rows it likes to have at once; fewer cost as much, more would not pay. */
  int blockRows();

  /**
   * The predictive distributions at up to {@link #blockRows} rows, in their order.
   *
   * @param features preprocessed, one array for each row, as many numbers as training rows have
   */
  List<Prediction> predict(double[][] features);
}
