package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Cells;
import finitewidth.data.Columns;
import finitewidth.data.NullValues;
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

  private Libsvm() {}

  /** The target is the label, unless another is asked for. */
  static Columns columns(Columns given) {
    boolean target = given.label().isEmpty() && !given.targets().named();
    return target ? given.withTarget(LABEL) : given;
  }

  /**
   * Features and label of a line.
   *
   * @param line without a comment
   * @param most number of features that there may be; larger indices are refused
   * @return as many features as the line has
   * @throws BadRow saying what is wrong with it
   */
  static Row cells(String line, int most, NullValues nulls) {
    String[] cells = SPACE.split(line);
    int[] at = new int[cells.length];
    double[] values = new double[cells.length];
    for (int k = 1; k < cells.length; k++) {
      at[k] = index(cells[k]);
      if (at[k] <= at[k - 1]) {
        throw new BadRow("indices must ascend from 1, but " + at[k] + " follows " + at[k - 1]);
      }
      if (at[k] > most) {
        throw new BadRow("feature " + at[k] + " is beyond the " + most + " of the training data");
      }
      String value = cells[k].substring(cells[k].indexOf(':') + 1);
      values[k] = Cells.number(nulls, Integer.toString(at[k]), value);
    }
    double[] x = new double[at[cells.length - 1]];
    for (int k = 1; k < cells.length; k++) {
      x[at[k] - 1] = values[k];
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

  static String withoutComment(String line) {
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
