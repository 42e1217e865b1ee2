package finitewidth.data.table;

import finitewidth.data.BadRow;
import java.io.Serializable;

/**
 * A row before it has a number: the id still as the file has it, "" where there is none, and so the
 * cells that are carried along. A row that lacks numbers has no features.
 */
record ParsedRow(Object id, double[] features, double[] targets, String label, Object[] carried)
    implements Serializable {

  /** A row that lacks numbers. */
  static ParsedRow incomplete(Object id, Object[] carried) {
    return new ParsedRow(id, new double[0], new double[0], "", carried);
  }

  boolean isIncomplete() {
    return features.length == 0;
  }

  /**
   * Refuses what no scaler can save, or makes it incomplete.
   *
   * @throws BadRow if all features are zero and may not be
   */
  ParsedRow checked(RowRules rules) {
    if (!rules.refuseZero() || isIncomplete()) {
      return this;
    }
    for (double x : features) {
      if (x != 0) {
        return this;
      }
    }
    if (rules.lenient()) {
      return incomplete(id, carried);
    }
    throw new BadRow(
        "all features are zero, which cannot be scaled onto a sphere; remove the row or choose"
            + " preprocess.features=standardize or none");
  }
}
