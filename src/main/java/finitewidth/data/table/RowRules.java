package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.InvalidRows;
import finitewidth.data.MissingValue;
import finitewidth.data.NullValues;
import finitewidth.data.Reading;
import finitewidth.data.RowFault;
import java.io.Serializable;
import java.util.ArrayList;
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

  /** Rules for cells as they are read unless the configuration says otherwise. */
  public RowRules(boolean refuseZero, InvalidRows invalid, List<String> carried) {
    this(refuseZero, invalid, carried, Reading.standard(), "");
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
  RowFault fault(BadRow bad) {
    boolean curable = bad instanceof MissingValue && !cure.isEmpty();
    return new RowFault(bad.kind(), bad.getMessage() + (curable ? "; " + cure : ""));
  }

  /** Whether rows may lack numbers. */
  boolean lenient() {
    return invalid != InvalidRows.ERROR;
  }

  /** The names of the columns to carry along from a table with this layout. */
  List<String> carried(Layout layout) {
    if (!carried.equals(List.of("*"))) {
      return carried;
    }
    List<String> all = new ArrayList<>(layout.header());
    // A column without a name has none in the predictions either.
    all.removeIf(String::isEmpty);
    all.removeAll(layout.targetNames());
    for (int other : new int[] {layout.label(), layout.id()}) {
      if (other >= 0) {
        all.remove(layout.header().get(other));
      }
    }
    return all;
  }
}
