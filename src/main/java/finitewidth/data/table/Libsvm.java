package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Cells;
import finitewidth.data.Columns;
import finitewidth.data.Encoding;
import finitewidth.data.NullValues;
import finitewidth.data.RowFault;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Lines {@code label index:value …} with ascending indices from 1; # starts a comment. Spark's own
 * reader of libsvm knows neither classes nor comments nor missing values, so lines come as one
 * cell.
 */
final class Libsvm {
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final String LABEL = "label";

  /** What a line is to the rest of the job. */
  static final StructType COLUMNS =
      new StructType().add(LABEL, DataTypes.StringType).add("features", SQLDataTypes.VectorType());

  /** What it is to Spark. */
  static final StructType LINE = new StructType().add("c0", DataTypes.StringType);

  private Libsvm() {}

  /** The target is the label, unless another is asked for. */
  static Columns columns(Columns given) {
    boolean target = given.label().isEmpty() && !given.targets().named();
    return target ? given.withTarget(LABEL) : given;
  }

  /**
   * Features and label of a line.
   *
   * @param features number of features; larger indices are refused
   * @throws BadRow saying what is wrong with it
   */
  static Row cells(Row row, int features, NullValues nulls) {
    String line = line(row);
    if (line.indexOf(Encoding.LOST) >= 0) {
      throw new BadRow(RowFault.Kind.TORN, "");
    }
    String[] cells = SPACE.split(line);
    double[] x = new double[features];
    int last = 0;
    for (String cell : List.of(cells).subList(1, cells.length)) {
      int index = index(cell);
      if (index <= last) {
        throw new BadRow("indices must ascend from 1, but " + index + " follows " + last);
      }
      if (index > features) {
        throw new BadRow(
            "feature " + index + " is beyond the " + features + " of the training data");
      }
      last = index;
      String value = cell.substring(cell.indexOf(':') + 1);
      x[index - 1] = Cells.number(nulls, Integer.toString(index), value);
    }
    return RowFactory.create(Vectors.dense(x), label(cells[0], nulls));
  }

  /** By the format a label is a number, so that +1 and 1 are one class; others are texts. */
  private static String label(String cell, NullValues nulls) {
    OptionalDouble number = Cells.parsed(cell);
    return number.isPresent() && Double.isFinite(number.getAsDouble())
        ? Cells.label(nulls, LABEL, Double.valueOf(number.getAsDouble()))
        : cell;
  }

  /** The largest feature index on a line; 0 where it has none or cannot be read. */
  static int largestIndex(Row row) {
    int largest = 0;
    String[] cells = SPACE.split(line(row));
    for (int i = 1; i < cells.length; i++) {
      try {
        largest = Math.max(largest, index(cells[i]));
      } catch (BadRow e) {
        return largest;
      }
    }
    return largest;
  }

  private static String line(Row row) {
    String line = row.isNullAt(0) ? "" : row.getString(0);
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  private static int index(String cell) {
    try {
      return Integer.parseInt(cell.substring(0, Math.max(cell.indexOf(':'), 0)));
    } catch (NumberFormatException e) {
      throw new BadRow("\"" + cell + "\" is not of the form index:value");
    }
  }
}
