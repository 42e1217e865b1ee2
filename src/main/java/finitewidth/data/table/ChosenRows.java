package finitewidth.data.table;

import finitewidth.data.Cells;
import finitewidth.data.Classes;
import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.ManyRows;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.linalg.Matrix;
import finitewidth.runtime.Parcels;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;

/**
 * Rows of a table that were chosen to learn from, still distributed.
 *
 * @param count how many they are
 */
public record ChosenRows(Table table, JavaRDD<DataRow> rows, long count) {
  /** With more classes a label is hardly one. */
  private static final int MOST_CLASSES = 10_000;

  /** All rows without their targets, on the driver. */
  public TrainingSet collectInputs() {
    List<DataRow> collected = sorted();
    if (collected.isEmpty()) {
      throw new DataException(table.name() + " has no rows");
    }
    return set(
        collected,
        stack(collected, DataRow::targets),
        TrainingSchema.regression(table.columns(), table.features(), table.targets()));
  }

  /** All rows, on the driver. */
  public TrainingSet collect() {
    refuseFew();
    List<DataRow> collected = sorted();
    if (!table.labelled()) {
      return set(
          collected,
          stack(collected, DataRow::targets),
          TrainingSchema.regression(table.columns(), table.features(), table.targets()));
    }
    Map<String, Long> counts = new HashMap<>();
    List<String> labels = collected.stream().map(DataRow::label).toList();
    labels.forEach(label -> counts.merge(label, 1L, Long::sum));
    TrainingSchema schema = classification(counts);
    return set(collected, schema.classes().orElseThrow().encode(labels), schema);
  }

  /** The rows where they are. */
  public ManyRows distributed() {
    refuseFew();
    return new ManyRows(
        rows,
        count,
        table.end(),
        table.labelled()
            ? classification(counts())
            : TrainingSchema.regression(table.columns(), table.features(), table.targets()));
  }

  /** What the user should know of them. */
  public List<String> warnings() {
    return table.warnings();
  }

  private Map<String, Long> counts() {
    Optional<Map<String, Long>> counts = LabelCounts.of(rows, MOST_CLASSES);
    return counts.orElseThrow(
        () ->
            new DataException(
                table.name()
                    + ": the training rows are of more than "
                    + MOST_CLASSES
                    + " classes; choose another data.label, or data.target for a regression"));
  }

  private TrainingSchema classification(Map<String, Long> counts) {
    Classes classes = Classes.of(counts.keySet());
    if (classes.count() < 2) {
      throw new DataException(
          table.name()
              + ": all "
              + count
              + " training rows are of the class "
              + Cells.shorten(classes.names().get(0))
              + "; at least 2 classes are needed");
    }
    return TrainingSchema.classification(
        table.columns(),
        table.features(),
        classes,
        classes.names().stream().map(counts::get).toList());
  }

  private void refuseFew() {
    if (count < 2) {
      throw new DataException(
          table.name()
              + (count == 0 ? " has no rows" : " has one row to train on; at least 2 are needed"));
    }
  }

  private List<DataRow> sorted() {
    List<DataRow> collected = Parcels.collect(rows);
    collected.sort(Comparator.comparingLong(DataRow::number));
    return collected;
  }

  private static TrainingSet set(List<DataRow> rows, Matrix targets, TrainingSchema schema) {
    return new TrainingSet(
        stack(rows, DataRow::features),
        targets,
        rows.stream().map(DataRow::number).toList(),
        rows.stream().map(DataRow::id).toList(),
        schema);
  }

  private static Matrix stack(List<DataRow> rows, Function<DataRow, double[]> part) {
    return Matrix.copyOf(rows.stream().map(part).toArray(double[][]::new));
  }
}
