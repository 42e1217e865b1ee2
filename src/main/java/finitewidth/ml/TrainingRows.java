package finitewidth.ml;

import finitewidth.data.Classes;
import finitewidth.data.DataException;
import finitewidth.data.TrainingSet;
import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Brings the training rows of a DataFrame to the driver, in an order of their own: by features,
 * then labels. How rows were spread, and in which order they came, then does not change a bit.
 */
final class TrainingRows {
  private static final int MOST_CLASSES = 10_000;

  private final SharedParams stage;
  private final boolean classifies;

  /** A row as it came. */
  private record Numbered(long number, double[] features, double[] label) {}

  TrainingRows(SharedParams stage, boolean classifies) {
    this.stage = stage;
    this.classifies = classifies;
  }

  /** The type of the label column, which must be numeric or a vector. */
  static DataType label(SharedParams stage, StructType schema) {
    DataType type = VectorColumns.type(schema, stage.getLabelCol());
    if (!VectorColumns.isVector(type) && !(type instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column "
              + stage.getLabelCol()
              + " is of type "
              + type.catalogString()
              + "; a number is needed, as StringIndexer makes it of classes");
    }
    return type;
  }

  /**
   * All rows to train on.
   *
   * @throws DataException naming a row that cannot be trained on; rows count from 0 as they come
   */
  TrainingSet collect(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    refuseTooMany(dataset.count());
    List<Row> rows =
        dataset
            .select(
                functions.col("`" + stage.getFeaturesCol().replace("`", "``") + "`"),
                functions.col("`" + stage.getLabelCol().replace("`", "``") + "`"))
            .collectAsList();
    List<Numbered> whole = whole(rows);
    if (whole.size() < 2) {
      throw new DataException(
          "there "
              + (whole.size() == 1 ? "is one row" : "are no rows")
              + " to train on; at least 2 are needed");
    }
    whole.sort(
        Comparator.comparing(Numbered::features, Arrays::compare)
            .thenComparing(Numbered::label, Arrays::compare)
            .thenComparing(Numbered::number));
    Matrix features = stack(whole, Numbered::features, stage.getFeaturesCol());
    Matrix labels = stack(whole, Numbered::label, stage.getLabelCol());
    List<Long> numbers = whole.stream().map(Numbered::number).toList();
    List<String> names = VectorColumns.names(schema, stage.getFeaturesCol(), features.cols());
    Optional<Classes> classes =
        classifies ? Optional.of(classes(schema, labels, numbers)) : Optional.empty();
    return new TrainingSet(
        features,
        classes.map(c -> c.encode(texts(labels))).orElse(labels),
        numbers,
        List.copyOf(numbers),
        VectorColumns.sources(stage.getFeaturesCol(), names),
        names,
        classes
            .map(Classes::names)
            .orElseGet(
                () ->
                    labels.cols() == 1
                        ? List.of(stage.getLabelCol())
                        : VectorColumns.names(schema, stage.getLabelCol(), labels.cols())),
        classes);
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
              "%d rows to train on need about %.1f GiB and the driver has %.1f; train on a sample of"
                  + " them, or give the driver more memory",
              rows,
              bytes / (1L << 30),
              memory / (1L << 30)));
    }
  }

  private List<Numbered> whole(List<Row> rows) {
    boolean skip = stage.getHandleInvalid().equals(ParamSet.SKIP);
    List<Numbered> whole = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String fault = fault(row);
      if (fault.isEmpty()) {
        whole.add(new Numbered(i, numbers(row, 0), numbers(row, 1)));
      } else if (!skip) {
        throw new DataException(
            "row " + i + " cannot be trained on: " + fault + "; handleInvalid=skip leaves it out");
      }
    }
    return whole;
  }

  private String fault(Row row) {
    for (int column = 0; column < 2; column++) {
      String name = column == 0 ? stage.getFeaturesCol() : stage.getLabelCol();
      if (row.isNullAt(column)) {
        return name + " is null";
      }
      for (double x : numbers(row, column)) {
        if (!Double.isFinite(x)) {
          return name + " has " + x;
        }
      }
    }
    return stage.getFeatureScaling().equals("unit-sphere")
            && Arrays.stream(numbers(row, 0)).allMatch(x -> x == 0)
        ? "all features are zero, which cannot be scaled onto a sphere"
        : "";
  }

  private static double[] numbers(Row row, int column) {
    return row.get(column) instanceof Vector vector
        ? vector.toArray()
        : new double[] {((Number) row.get(column)).doubleValue()};
  }

  private static Matrix stack(
      List<Numbered> rows, Function<Numbered, double[]> part, String column) {
    int size = part.apply(rows.get(0)).length;
    for (Numbered row : rows) {
      if (part.apply(row).length != size || size == 0) {
        throw new DataException(
            "column "
                + column
                + " has vectors of "
                + size
                + " and of "
                + part.apply(row).length
                + " components; all must have the same number, at least 1");
      }
    }
    return Matrix.copyOf(rows.stream().map(part).toArray(double[][]::new));
  }

  /**
   * Classes 0 … C − 1, where C comes from the column's metadata or is one more than the largest.
   */
  private Classes classes(StructType schema, Matrix labels, List<Long> numbers) {
    int known = known(schema);
    int count = known;
    for (int i = 0; i < labels.rows(); i++) {
      double label = labels.get(i, 0);
      boolean fits = label >= 0 && label == Math.rint(label) && label < MOST_CLASSES;
      if (!fits || (known > 0 && label >= known)) {
        throw new DataException(
            "row "
                + numbers.get(i)
                + " has the label "
                + label
                + " in column "
                + stage.getLabelCol()
                + "; classes are 0, 1, … "
                + (known > 0 ? known - 1 : "C - 1")
                + ", as StringIndexer makes them");
      }
      count = Math.max(count, (int) label + 1);
    }
    if (count < 2) {
      throw new DataException(
          "all rows are of class 0 in column "
              + stage.getLabelCol()
              + "; at least 2 classes are needed");
    }
    return Classes.restore(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  private int known(StructType schema) {
    Attribute attribute = Attribute.fromStructField(schema.apply(stage.getLabelCol()));
    if (attribute instanceof BinaryAttribute) {
      return 2;
    }
    if (attribute instanceof NominalAttribute nominal) {
      Option<Object> count = nominal.getNumValues();
      return count.isDefined() ? (Integer) count.get() : 0;
    }
    return 0;
  }

  private static List<String> texts(Matrix labels) {
    return Arrays.stream(labels.column(0)).mapToObj(x -> Integer.toString((int) x)).toList();
  }
}
