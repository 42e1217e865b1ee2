package finitewidth.data.table;

import finitewidth.data.DataRow;
import finitewidth.runtime.Parcels;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/** How many rows have each label, counted where they are; gives up where labels are too many. */
final class LabelCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final HashMap<String, Long> counts = new HashMap<>();

  private LabelCounts(int most) {
    this.most = most;
  }

  /** Rows of each label; empty if there are more than so many labels. */
  static Optional<Map<String, Long>> of(JavaRDD<DataRow> rows, int most) {
    LabelCounts all =
        Parcels.aggregate(rows, new LabelCounts(most), LabelCounts::add, LabelCounts::add);
    return all.counts.size() > most ? Optional.empty() : Optional.of(all.counts);
  }

  private LabelCounts add(DataRow row) {
    return add(row.label(), 1);
  }

  private LabelCounts add(LabelCounts other) {
    other.counts.forEach(this::add);
    return this;
  }

  private LabelCounts add(String label, long rows) {
    if (counts.size() <= most) {
      counts.merge(label, rows, Long::sum);
    }
    return this;
  }
}
