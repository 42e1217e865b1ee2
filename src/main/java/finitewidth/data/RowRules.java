package finitewidth.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done with rows while they are read.
 *
 * @param refuseZero whether a row of zeros cannot be used
 * @param carried names of columns to carry along; one that is {@code *} stands for all that mean
 *     nothing else but features
 */
public record RowRules(boolean refuseZero, InvalidRows invalid, List<String> carried)
    implements Serializable {
  public RowRules {
    carried = List.copyOf(carried);
  }

  /** Every row must be whole; nothing is carried along. */
  static RowRules strict(boolean refuseZero) {
    return new RowRules(refuseZero, InvalidRows.ERROR, List.of());
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
    all.removeAll(layout.targetNames());
    for (int other : new int[] {layout.label(), layout.id()}) {
      if (other >= 0) {
        all.remove(layout.header().get(other));
      }
    }
    return all;
  }
}
