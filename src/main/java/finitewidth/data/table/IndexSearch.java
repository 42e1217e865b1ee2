package finitewidth.data.table;

import finitewidth.data.DataRow;
import finitewidth.runtime.Parcels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds features that number the rows: by their names they may, and in every row their value is the
 * row's number, from 0 or from 1.
 */
public final class IndexSearch {
  /** So many rows show of most columns that they do not. */
  private static final int FEW = 8;

  private IndexSearch() {}

  /** Their positions among the features; never all of them. */
  public static Set<Integer> of(Table table) {
    List<String> names = table.features();
    int[] likely =
        IntStream.range(0, names.size()).filter(j -> RowIndices.isLikely(names.get(j))).toArray();
    if (!table.columns().equals(names) || likely.length == 0 || likely.length == names.size()) {
      return Set.of();
    }
    boolean[][] missed = new boolean[names.size()][2];
    Parcels.take(table.rows(), FEW).forEach(row -> look(missed, row, likely));
    if (found(missed, likely).isEmpty()) {
      return Set.of();
    }
    return found(
        Parcels.aggregate(
            table.rows(),
            missed,
            (sum, row) -> look(sum, row, likely),
            (sum, other) -> {
              for (int j : likely) {
                sum[j][0] |= other[j][0];
                sum[j][1] |= other[j][1];
              }
              return sum;
            }),
        likely);
  }

  /** Whether some value of a column is not the number counted from 0, or from 1. */
  private static boolean[][] look(boolean[][] missed, DataRow row, int[] likely) {
    for (int j : row.isComplete() ? likely : new int[0]) {
      double from = row.features()[j] - row.number();
      missed[j][0] |= from != 0;
      missed[j][1] |= from != 1;
    }
    return missed;
  }

  private static Set<Integer> found(boolean[][] missed, int[] likely) {
    Set<Integer> found = new HashSet<>();
    for (int j : likely) {
      if (!missed[j][0] || !missed[j][1]) {
        found.add(j);
      }
    }
    return found;
  }
}
