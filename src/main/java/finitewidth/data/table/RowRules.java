package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.InvalidRows;
import finitewidth.data.MissingValue;
import finitewidth.data.NullValues;
import finitewidth.data.Reading;
import java.io.Serializable;
import java.util.List;

/**
 * What is done with rows while they are read.
 *
 * @param refuseZero whether a row of zeros cannot be used
 * @param carried names of columns to carry along; one that is {@code *} stands for all that mean
 *     nothing else but features
 * @param reading how files and cells are read
 * @param cure what else could become of rows that lack something, as a sentence ends
 */
public record RowRules(
    boolean refuseZero, InvalidRows invalid, List<String> carried, Reading reading, String cure)
    implements Serializable {
  public RowRules {
    carried = List.copyOf(carried);
  }

  /** Nothing is carried along, and rows to learn from are whole or left out. */
  public static RowRules ofFit(boolean refuseZero, Reading reading) {
    return new RowRules(
        refuseZero,
        reading.invalid(),
        List.of(),
        reading,
        "data.handle-invalid = skip leaves such rows out");
  }

  /** Rules for rows to predict. */
  public static RowRules ofPredict(
      boolean refuseZero, InvalidRows invalid, List<String> carried, Reading reading) {
    return new RowRules(
        refuseZero,
        invalid,
        carried,
        reading,
        "predict.handle-invalid = skip or keep goes on without");
  }

  /** The same where nothing is carried along. */
  RowRules without() {
    return new RowRules(refuseZero, invalid, List.of(), reading, cure);
  }

  /** Texts that stand for a missing value. */
  NullValues nulls() {
    return reading.nulls();
  }

  /** What is wrong with a row, and what could be done. */
  String fault(BadRow bad) {
    boolean curable = bad instanceof MissingValue && !cure.isEmpty();
    return bad.getMessage() + (curable ? "; " + cure : "");
  }

  /** Whether rows may lack numbers. */
  boolean lenient() {
    return invalid != InvalidRows.ERROR;
  }
}
