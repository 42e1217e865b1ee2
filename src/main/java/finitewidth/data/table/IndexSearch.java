package finitewidth.data.table;

import finitewidth.data.DataRow;
import finitewidth.runtime.Parcels;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds features that number the rows: by their names they may, and in every row their value is the
 * row's number, from 0 or from 1.
 */
public final class IndexSearch implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So many rows show of most columns that they do not. */
  private static final int FEW = 8;

  private final int[] columns;

  /** By column, whether some value is not the number counted from 0, or from 1. */
  private final boolean[][] missed;

  private IndexSearch(int[] columns) {
    this.columns = columns;
    missed = new boolean[columns.length][2];
  }

  /** Their positions among the features; never all of them. */
  public static Set<Integer> of(Table table) {
    if (!table.columns().equals(table.features())) {
      return Set.of();
    }
    int[] likely =
        IntStream.range(0, table.features().size())
            .filter(j -> RowIndices.isLikely(table.features().get(j)))
            .toArray();
    if (likely.length == 0 || likely.length == table.features().size()) {
      return Set.of();
    }
    IndexSearch search = new IndexSearch(likely);
    Parcels.take(table.rows(), FEW).forEach(search::add);
    return search.found().isEmpty()
        ? Set.of()
        : Parcels.aggregate(table.rows(), search, IndexSearch::add, IndexSearch::add).found();
  }

  private IndexSearch add(DataRow row) {
    for (int k = 0; k < columns.length && row.isComplete(); k++) {
      double from = row.features()[columns[k]] - row.number();
      missed[k][0] |= from != 0;
      missed[k][1] |= from != 1;
    }
    return this;
  }

  private IndexSearch add(IndexSearch other) {
    for (int k = 0; k < columns.length; k++) {
      missed[k][0] |= other.missed[k][0];
      missed[k][1] |= other.missed[k][1];
    }
    return this;
  }

  private Set<Integer> found() {
    Set<Integer> found = new HashSet<>();
    for (int k = 0; k < columns.length; k++) {
      if (!missed[k][0] || !missed[k][1]) {
        found.add(columns[k]);
      }
    }
    return found;
  }
}
