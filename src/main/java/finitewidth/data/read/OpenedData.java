package finitewidth.data.read;

import finitewidth.data.Cells;
import finitewidth.data.Classes;
import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.DataShape;
import finitewidth.data.ManyRows;
import finitewidth.data.TestSet;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.table.Table;
import finitewidth.linalg.Matrix;
import finitewidth.runtime.Parcels;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Training rows, and test rows if there are any, that have been checked and counted; nothing of
 * them is on the driver yet.
 */
public final class OpenedData {
  /** With more classes a label is hardly one. */
  private static final int MOST_CLASSES = 10_000;

  private final Table table;
  private final ManyRows training;
  private final Optional<TestSet> test;

  private OpenedData(Table table, ManyRows training, Optional<TestSet> test) {
    this.table = table;
    this.training = training;
    this.test = test;
  }

  /** Rows without targets. */
  static OpenedData inputs(Table table, JavaRDD<DataRow> rows, long count) {
    return new OpenedData(
        table, new ManyRows(rows, count, table.end(), regression(table)), Optional.empty());
  }

  /** Rows to learn from and rows to predict. */
  static OpenedData fit(Table table, JavaRDD<DataRow> rows, long count, TestSet test) {
    if (count < 2) {
      throw new DataException(table.name() + " has one row to train on; at least 2 are needed");
    }
    TrainingSchema schema = table.labelled() ? classes(table, rows, count) : regression(table);
    test.requireClasses(schema.classes());
    return new OpenedData(table, new ManyRows(rows, count, table.end(), schema), Optional.of(test));
  }

  private static TrainingSchema regression(Table table) {
    return TrainingSchema.regression(table.columns(), table.features(), table.targets());
  }

  private static TrainingSchema classes(Table table, JavaRDD<DataRow> rows, long count) {
    Map<String, Long> counts =
        Parcels.aggregate(
            rows,
            (Map<String, Long>) new HashMap<String, Long>(),
            (sum, row) -> counted(sum, row.label(), 1),
            (sum, other) -> {
              other.forEach((label, more) -> counted(sum, label, more));
              return sum;
            });
    if (counts.size() > MOST_CLASSES) {
      throw new DataException(
          ("%s: the training rows are of more than %s classes; choose another data.label, or"
                  + " data.target for a regression")
              .formatted(table.name(), MOST_CLASSES));
    }
    Classes classes = Classes.of(counts.keySet());
    if (classes.count() < 2) {
      throw new DataException(
          "%s: all %s training rows are of the class %s; at least 2 classes are needed"
              .formatted(table.name(), count, Cells.shorten(classes.names().get(0))));
    }
    List<Long> sizes = classes.names().stream().map(counts::get).toList();
    return TrainingSchema.classification(table.columns(), table.features(), classes, sizes);
  }

  /** Counts labels until there are too many. */
  private static Map<String, Long> counted(Map<String, Long> counts, String label, long rows) {
    if (counts.size() <= MOST_CLASSES) {
      counts.merge(label, rows, Long::sum);
    }
    return counts;
  }

  /** How much there is. */
  public DataShape shape() {
    return new DataShape(
        training.count(),
        test.map(TestSet::count).orElse(0L),
        training.schema().features(),
        training.schema().outputs());
  }

  /** What the user should know of the files. */
  public List<String> warnings() {
    return Stream.of(
            table.warnings().stream(),
            training.schema().classes().flatMap(Classes::alike).stream(),
            test.stream().flatMap(rows -> rows.warnings().stream()))
        .flatMap(Function.identity())
        .distinct()
        .toList();
  }

  /** The training rows where they are. */
  public ManyRows distributed() {
    return training;
  }

  /** The test rows where they are. */
  public TestSet test() {
    return test.orElseThrow();
  }

  /** The training rows on the driver, in their order. */
  public TrainingSet onDriver() {
    List<DataRow> rows = Parcels.collect(training.rows());
    rows.sort(Comparator.comparingLong(DataRow::number));
    Optional<Classes> classes = training.schema().classes();
    return new TrainingSet(
        stack(rows, DataRow::features),
        classes.isPresent()
            ? classes.get().encode(rows.stream().map(DataRow::label).toList())
            : stack(rows, DataRow::targets),
        rows.stream().map(DataRow::number).toList(),
        rows.stream().map(DataRow::id).toList(),
        training.schema());
  }

  private static Matrix stack(List<DataRow> rows, Function<DataRow, double[]> part) {
    return Matrix.copyOf(rows.stream().map(part).toArray(double[][]::new));
  }
}
