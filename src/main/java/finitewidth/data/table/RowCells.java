package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Cells;
import finitewidth.data.Encoding;
import finitewidth.data.InvalidRows;
import finitewidth.data.MissingValue;
import finitewidth.data.NullValues;
import finitewidth.data.RowFault;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Reads the cells of a row whose columns stand as features, targets, label, id, carried ones.
 *
 * @param names of these columns
 * @param features number of feature columns: one if it is a vector
 * @param carried number of columns that are only carried along
 * @param texts whether cells are texts, whatever they mean
 * @param libsvm whether features and label are one line
 * @param width number of features
 */
record RowCells(
    List<String> names,
    int features,
    int targets,
    boolean hasLabel,
    boolean hasId,
    int carried,
    boolean texts,
    boolean vector,
    boolean libsvm,
    int width)
    implements Serializable {

  /**
   * Checks the types of the columns of a file.
   *
   * @param file for messages
   * @param used features, targets, label, id and carried columns, in this order
   * @param star whether features are all columns that mean nothing else
   * @param texts whether cells are texts, whatever they mean
   * @throws DataException naming a column whose type does not do for what it is to be
   */
  static RowCells of(
      String file,
      List<StructField> used,
      Layout layout,
      List<String> carried,
      boolean star,
      boolean texts) {
    int features = layout.features().length;
    int targets = layout.targets().length;
    int rest = used.size() - carried.size();
    boolean vector = features == 1 && CellTypes.isVector(used.get(0).dataType());
    if (!texts) {
      for (StructField field : used.subList(vector ? 1 : 0, features)) {
        CellTypes.requireFeature(file, field, star);
      }
      int others = features + targets;
      used.subList(features, others).forEach(field -> CellTypes.requireTarget(file, field));
      used.subList(others, rest).forEach(field -> CellTypes.requireText(file, field));
    }
    return new RowCells(
        layout.names(carried),
        features,
        targets,
        layout.label() >= 0,
        layout.id() >= 0,
        carried.size(),
        texts,
        vector,
        vector && texts,
        features);
  }

  RowCells withWidth(int vectorSize) {
    return new RowCells(
        names, features, targets, hasLabel, hasId, carried, texts, vector, libsvm, vectorSize);
  }

  /** Where the label stands. */
  int labelAt() {
    return features + targets;
  }

  /** Where the id stands. */
  int idAt() {
    return labelAt() + (hasLabel ? 1 : 0);
  }

  /**
   * The row, without its number; incomplete where numbers are missing and may be.
   *
   * @throws BadRow saying what is wrong with it
   */
  ParsedRow parse(Row row, RowRules rules) {
    if (texts && !libsvm) {
      refuseTorn(row);
    }
    boolean noId = hasId && isMissing(row.get(idAt()), rules.nulls());
    if (noId && rules.invalid() == InvalidRows.KEEP) {
      // Nobody would know it again.
      throw new BadRow(noId());
    }
    Object id = hasId && !noId ? CellTypes.id(names.get(idAt()), row.get(idAt())) : "";
    Object[] others = new Object[carried];
    for (int k = 0; k < carried; k++) {
      Object cell = row.get(names.size() - carried + k);
      others[k] = isMissing(cell, rules.nulls()) ? null : cell;
    }
    try {
      if (noId) {
        throw new MissingValue(noId());
      }
      Row cells = libsvm ? Libsvm.cells(row, width, rules.nulls()) : row;
      return numbers(cells, id, others, rules);
    } catch (MissingValue e) {
      if (rules.lenient()) {
        return ParsedRow.incomplete(id, others);
      }
      throw e;
    }
  }

  private String noId() {
    return "column \"" + names.get(idAt()) + "\" is empty; an id is needed";
  }

  /** Bytes that are no text do not matter where nobody looks. */
  private void refuseTorn(Row row) {
    for (int k = 0; k < names.size(); k++) {
      if (!row.isNullAt(k) && row.getString(k).indexOf(Encoding.LOST) >= 0) {
        throw new BadRow(RowFault.Kind.TORN, names.get(k));
      }
    }
  }

  private static boolean isMissing(Object cell, NullValues nulls) {
    return cell == null || (cell instanceof String text && nulls.has(text));
  }

  private ParsedRow numbers(Row row, Object id, Object[] others, RowRules rules) {
    double[] x = vector ? vector(row) : numbers(row, 0, features, rules);
    if (x.length != width) {
      throw new BadRow(
          "column \"" + names.get(0) + "\" has " + x.length + " components, not " + width);
    }
    double[] y = numbers(row, features, targets, rules);
    return new ParsedRow(id, x, y, hasLabel ? label(row, rules.nulls()) : "", others);
  }

  private String label(Row row, NullValues nulls) {
    String name = names.get(labelAt());
    Object value = row.get(labelAt());
    return value instanceof Number number
        ? Cells.label(nulls, name, number)
        : Cells.label(nulls, name, CellTypes.label(name, value));
  }

  private double[] numbers(Row row, int from, int count, RowRules rules) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      Object cell = row.get(from + i);
      String name = names.get(from + i);
      numbers[i] =
          cell instanceof String text
              ? Cells.number(rules.nulls(), rules.reading().options().decimal(), name, text)
              : Cells.finite(rules.nulls(), name, number(name, cell));
    }
    return numbers;
  }

  int vectorSize(Row row) {
    return vector(row).length;
  }

  private double[] vector(Row row) {
    String name = names.get(0);
    if (row.isNullAt(0)) {
      throw new MissingValue("column \"" + name + "\" is empty; a vector is needed");
    }
    if (row.get(0) instanceof Vector v) {
      double[] values = v.toArray();
      for (double value : values) {
        Cells.finite(name, value);
      }
      return values;
    }
    List<Object> elements = new ArrayList<>(row.getList(0));
    return elements.stream().mapToDouble(element -> number(name, element)).toArray();
  }

  private static double number(String name, Object cell) {
    if (cell instanceof Number number) {
      return Cells.finite(name, number.doubleValue());
    }
    throw new MissingValue("column \"" + name + "\" is empty; a number is needed");
  }
}
