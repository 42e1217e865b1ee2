package finitewidth.data;

import java.io.Serializable;

/**
 * One row of a table.
 *
 * @param number row number in file order, from 0, files in the order of their paths
 * @param id the value of {@code data.id} in its own type, or the row number
 * @param features one number per feature; none if the row lacks some
 * @param targets one number per target in the target's units; empty if the file has none
 * @param label the canonical class name; empty if there is none
 * @param carried cells of further columns that were asked for
 */
public record DataRow(
    long number, Object id, double[] features, double[] targets, String label, Object[] carried)
    implements Serializable {

  /** Whether the row has features. */
  public boolean isComplete() {
    return features.length > 0;
  }

  /** The same row with other features. */
  public DataRow withFeatures(double[] scaled) {
    return new DataRow(number, id, scaled, targets, label, carried);
  }
}
