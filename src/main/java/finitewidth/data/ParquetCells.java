package finitewidth.data;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * Reads the cells of a row whose columns stand as features, targets, label, id, carried ones.
 *
 * @param names of these columns
 * @param features number of feature columns: one if it is a vector
 * @param carried number of columns that are only carried along
 * @param width number of features
 */
record ParquetCells(
    List<String> names,
    int features,
    int targets,
    boolean hasLabel,
    boolean hasId,
    int carried,
    boolean vector,
    int width)
    implements Serializable {

  /**
   * Checks the types of the columns of a file.
   *
   * @param file for messages
   * @param used features, targets, label, id and carried columns, in this order
   * @param star whether features are all columns that mean nothing else
   * @throws DataException naming a column whose type does not do for what it is to be
   */
  static ParquetCells of(String file, List<StructField> used, Layout layout, boolean star) {
    int features = layout.features().length;
    int targets = layout.targets().length;
    boolean vector = features == 1 && isVector(used.get(0).dataType());
    if (!vector) {
      used.subList(0, features).forEach(field -> requireFeature(file, field, star));
    }
    used.subList(features, features + targets).forEach(field -> requireTarget(file, field));
    int others = (layout.label() >= 0 ? 1 : 0) + (layout.id() >= 0 ? 1 : 0);
    int from = features + targets;
    used.subList(from, from + others).forEach(field -> requireText(file, field));
    return new ParquetCells(
        used.stream().map(StructField::name).toList(),
        features,
        targets,
        layout.label() >= 0,
        layout.id() >= 0,
        used.size() - from - others,
        vector,
        features);
  }

  ParquetCells withWidth(int vectorSize) {
    return new ParquetCells(names, features, targets, hasLabel, hasId, carried, vector, vectorSize);
  }

  /** The row, without its number; incomplete where numbers are missing and may be. */
  ParsedRow parse(Row row, RowRules rules) {
    int from = features + targets + (hasLabel ? 1 : 0);
    boolean noId = hasId && isMissing(row.get(from), rules.nulls());
    if (noId && rules.invalid() == InvalidRows.KEEP) {
      throw new BadRow("column \"" + names.get(from) + "\" is empty; an id is needed");
    }
    Object id = hasId ? ParquetTexts.id(names.get(from), row.get(from)) : "";
    Object[] others = new Object[carried];
    for (int k = 0; k < carried; k++) {
      Object cell = row.get(from + (hasId ? 1 : 0) + k);
      others[k] = isMissing(cell, rules.nulls()) ? null : cell;
    }
    try {
      if (noId) {
        throw new MissingValue("column \"" + names.get(from) + "\" is empty; an id is needed");
      }
      return numbers(row, id, others, rules.nulls());
    } catch (MissingValue e) {
      if (rules.lenient()) {
        return ParsedRow.incomplete(id, others);
      }
      throw e;
    }
  }

  private static boolean isMissing(Object cell, NullValues nulls) {
    return cell == null || (cell instanceof String text && nulls.has(text));
  }

  private ParsedRow numbers(Row row, Object id, Object[] others, NullValues nulls) {
    double[] x = vector ? vector(row) : numbers(row, 0, features, nulls);
    if (x.length != width) {
      throw new BadRow(
          "column \"" + names.get(0) + "\" has " + x.length + " components, not " + width);
    }
    String label = hasLabel ? label(row, features + targets, nulls) : "";
    return new ParsedRow(id, x, numbers(row, features, targets, nulls), label, others);
  }

  int vectorSize(Row row) {
    return vector(row).length;
  }

  private String label(Row row, int column, NullValues nulls) {
    String name = names.get(column);
    Object value = row.get(column);
    return value instanceof Number number
        ? Cells.label(nulls, name, number)
        : Cells.label(nulls, name, ParquetTexts.label(name, value));
  }

  private double[] numbers(Row row, int from, int count, NullValues nulls) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          Cells.finite(nulls, names.get(from + i), number(names.get(from + i), row, from + i));
    }
    return numbers;
  }

  private static double number(String name, Row row, int column) {
    return number(name, row.get(column));
  }

  private double[] vector(Row row) {
    String name = names.get(0);
    if (row.isNullAt(0)) {
      throw new MissingValue("column \"" + name + "\" is empty; a vector is needed");
    }
    Object cell = row.get(0);
    double[] values =
        cell instanceof Vector v
            ? v.toArray()
            : row.getList(0).stream().mapToDouble(element -> number(name, element)).toArray();
    for (double value : values) {
      Cells.finite(name, value);
    }
    return values;
  }

  private static double number(String name, Object cell) {
    if (cell instanceof Number number) {
      return Cells.finite(name, number.doubleValue());
    }
    throw new MissingValue("column \"" + name + "\" is empty; a number is needed");
  }

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  private static void requireFeature(String file, StructField field, boolean star) {
    if (isNumber(field.dataType())) {
      return;
    }
    String name = field.name();
    throw refused(
        file,
        field,
        isVector(field.dataType())
            ? "a vector must be the only feature: data.features=" + name
            : "a number is needed, so leave it out of data.features"
                + (star ? ", which takes every column but id, target and label by default" : ""));
  }

  private static void requireTarget(String file, StructField field) {
    if (!isNumber(field.dataType())) {
      throw refused(
          file,
          field,
          "a number is needed"
              + (ParquetTexts.isText(field.dataType())
                  ? "; to predict classes, set data.label=" + field.name()
                  : ""));
    }
  }

  private static void requireText(String file, StructField field) {
    if (!ParquetTexts.isText(field.dataType())) {
      throw refused(file, field, ParquetTexts.ACCEPTED);
    }
  }

  /** A column of which every cell is missing has no type. */
  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof NullType;
  }

  private static DataException refused(String file, StructField field, String accepted) {
    return new DataException(
        file
            + ": column \""
            + field.name()
            + "\" is of type "
            + field.dataType().catalogString()
            + "; "
            + accepted);
  }
}
