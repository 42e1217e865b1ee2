package finitewidth.data;

import java.io.Serializable;

/** A row before it has a number: the id still as the file has it, "" where there is none. */
record ParsedRow(Object id, double[] features, double[] targets, String label)
    implements Serializable {

  /**
   * Refuses what no scaler can save.
   *
   * @throws BadRow if {@code refuseZero} and all features are zero
   */
  ParsedRow checked(boolean refuseZero) {
    if (!refuseZero) {
      return this;
    }
    for (double x : features) {
      if (x != 0) {
        return this;
      }
    }
    throw new BadRow(
        "all features are zero, which cannot be scaled onto a sphere; remove the row or choose"
            + " preprocess.features=standardize or none");
  }
}
