package finitewidth.job.score;

import finitewidth.data.DataRow;
import finitewidth.posterior.Prediction;
import java.io.Serializable;

/**
 * A test row with its prediction, in preprocessed units; its features are no longer needed.
 *
 * @param targets in the target's units; empty if the row has none
 * @param label empty if the row has none
 * @param carried cells of further columns that were asked for
 */
public record PredictedRow(
    long number, Object id, double[] targets, String label, Object[] carried, Prediction prediction)
    implements Serializable {

  public static PredictedRow of(DataRow row, Prediction prediction) {
    return new PredictedRow(
        row.number(), row.id(), row.targets(), row.label(), row.carried(), prediction);
  }
}
