package finitewidth.ml.rows;

import finitewidth.data.Classes;
import finitewidth.data.DataException;
import finitewidth.data.TrainingSchema;
import finitewidth.data.TrainingSet;
import finitewidth.data.read.TrainingBlocks;
import finitewidth.linalg.Matrix;
import finitewidth.ml.param.SharedParams;
import finitewidth.runtime.NumberedRow;
import finitewidth.runtime.Parcels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Takes the training rows out of a DataFrame, in an order of their own: by features, then labels.
 * How rows were spread, and in which order they came, then does not change a bit.
 */
public final class TrainingRows {
  private final SharedParams stage;
  private final boolean classifies;
  private final LearntRow.Reader reader;

  public TrainingRows(SharedParams stage, boolean classifies) {
    this.stage = stage;
    this.classifies = classifies;
    reader = LearntRow.Reader.of(stage);
  }

  /** The type of the label column, which must be numeric or a vector. */
  public static DataType label(SharedParams stage, StructType schema) {
    DataType type = VectorColumns.type(schema, stage.getLabelCol());
    if (!VectorColumns.isVector(type) && !(type instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column %s is of type %s; a number is needed, as StringIndexer makes it of classes"
              .formatted(stage.getLabelCol(), type.catalogString()));
    }
    return type;
  }

  private Dataset<Row> columns(Dataset<?> dataset) {
    return dataset.select(
        functions.col("`" + stage.getFeaturesCol().replace("`", "``") + "`"),
        functions.col("`" + stage.getLabelCol().replace("`", "``") + "`"));
  }

  /**
   * All rows to train on, on the driver.
   *
   * @throws DataException naming a row that cannot be trained on; rows count from 0 as they come
   */
  public TrainingSet collect(Dataset<?> dataset) {
    refuseTooMany(dataset.count());
    List<Row> rows = columns(dataset).collectAsList();
    List<LearntRow> whole = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      reader.read(rows.get(i), i).ifPresent(whole::add);
    }
    refuseFew(whole.size());
    Collections.sort(whole);
    whole.forEach(row -> reader.like(whole.get(0), row));
    Matrix features = stack(whole, LearntRow::features);
    Matrix labels = stack(whole, LearntRow::label);
    List<Long> numbers = whole.stream().map(LearntRow::number).toList();
    if (!classifies) {
      TrainingSchema schema = regression(dataset.schema(), features.cols(), labels.cols());
      return new TrainingSet(features, labels, numbers, List.copyOf(numbers), schema);
    }
    LabelRules rules = LabelRules.of(dataset.schema(), stage.getLabelCol());
    List<Integer> found = whole.stream().map(rules::classOf).toList();
    Map<Integer, Long> counts =
        found.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    TrainingSchema schema = classification(dataset.schema(), features.cols(), rules, counts);
    Classes classes = schema.classes().orElseThrow();
    return new TrainingSet(
        features,
        classes.encode(found.stream().map(k -> Integer.toString(k)).toList()),
        numbers,
        List.copyOf(numbers),
        schema);
  }

  /**
   * All rows to train on, in blocks where they are; to be closed.
   *
   * @throws DataException as above
   */
  public TrainingBlocks distribute(Dataset<?> dataset) {
    LearntRow.Reader rows = reader;
    JavaRDD<LearntRow> found =
        columns(dataset)
            .toJavaRDD()
            .zipWithIndex()
            .flatMap(row -> rows.read(row._1(), row._2()).stream().iterator());
    try {
      return distribute(found, dataset.schema());
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw Faults.ofTask(e);
    }
  }

  private TrainingBlocks distribute(JavaRDD<LearntRow> found, StructType columns) {
    LearntRow.Reader rows = reader;
    int cores = found.context().defaultParallelism();
    Optional<LearntRow> some = Parcels.first(found);
    if (some.isEmpty()) {
      refuseFew(0);
    }
    LearntRow first = some.orElseThrow();
    JavaRDD<LearntRow> alike = found.map(row -> rows.like(first, row));
    // Sorted over all partitions: a row's place is its number.
    JavaRDD<LearntRow> sorted = Parcels.sorted(alike, Math.max(1, found.getNumPartitions()));
    long count = sorted.count();
    if (count < 2) {
      refuseFew((int) count);
    }
    int features = first.features().length;
    if (!classifies) {
      TrainingSchema schema = regression(columns, features, first.label().length);
      JavaRDD<NumberedRow> numbered =
          sorted
              .zipWithIndex()
              .map(row -> new NumberedRow(row._2(), row._1().features(), row._1().label()));
      return TrainingBlocks.of(numbered, count, count, cores, schema);
    }
    LabelRules rules = LabelRules.of(columns, stage.getLabelCol());
    TrainingSchema schema = classification(columns, features, rules, counts(sorted, rules));
    Classes classes = schema.classes().orElseThrow();
    JavaRDD<NumberedRow> numbered =
        sorted
            .zipWithIndex()
            .map(
                row ->
                    new NumberedRow(
                        row._2(),
                        row._1().features(),
                        classes.code(Integer.toString(rules.classOf(row._1())))));
    return TrainingBlocks.of(numbered, count, count, cores, schema);
  }

  private static Map<Integer, Long> counts(JavaRDD<LearntRow> rows, LabelRules rules) {
    return Parcels.reduceByKey(
        rows.mapToPair(row -> new Tuple2<>(rules.classOf(row), 1L)), Long::sum);
  }

  private TrainingSchema regression(StructType schema, int features, int outputs) {
    List<String> names = VectorColumns.names(schema, stage.getFeaturesCol(), features);
    return TrainingSchema.regression(
        VectorColumns.sources(stage.getFeaturesCol(), names),
        names,
        outputs == 1
            ? List.of(stage.getLabelCol())
            : VectorColumns.names(schema, stage.getLabelCol(), outputs));
  }

  private TrainingSchema classification(
      StructType schema, int features, LabelRules rules, Map<Integer, Long> counts) {
    List<String> names = VectorColumns.names(schema, stage.getFeaturesCol(), features);
    Classes classes = rules.upTo(Collections.max(counts.keySet()));
    return TrainingSchema.classification(
        VectorColumns.sources(stage.getFeaturesCol(), names),
        names,
        classes,
        classes.names().stream()
            .map(name -> counts.getOrDefault(Integer.valueOf(name), 0L))
            .toList());
  }

  private static void refuseFew(int rows) {
    if (rows < 2) {
      throw new DataException(
          "there %s to train on; at least 2 are needed"
              .formatted(rows == 1 ? "is one row" : "are no rows"));
    }
  }

  /** Some matrices of rows × rows for each layer, and some for all, must fit into the driver. */
  private void refuseTooMany(long rows) {
    int layers = stage.getHiddenWidths().length;
    double bytes = (double) Double.BYTES * rows * rows * (6 * layers + 8);
    double memory = Runtime.getRuntime().maxMemory();
    if (bytes > memory) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%d rows to train on need about %.1f GiB and the driver has %.1f; set inducingPoints,"
                  + " train on a sample of them, or give the driver more memory",
              rows,
              bytes / (1L << 30),
              memory / (1L << 30)));
    }
  }

  private static Matrix stack(List<LearntRow> rows, Function<LearntRow, double[]> part) {
    return Matrix.copyOf(rows.stream().map(part).toArray(double[][]::new));
  }
}
