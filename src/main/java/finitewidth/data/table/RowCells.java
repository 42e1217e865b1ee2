package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.Cells;
import finitewidth.data.InvalidRows;
import finitewidth.data.MissingValue;
import finitewidth.data.table.Layout.Role;
import finitewidth.data.table.Layout.Use;
import finitewidth.data.table.RowChunk.Parsed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Reads the cells of a row whose columns stand as features, targets, label, id, carried ones.
 *
 * @param names of these columns
 * @param features number of feature columns: one if it is a vector
 * @param carried number of columns that are only carried along
 * @param texts whether cells are texts, whatever they mean
 * @param width number of features, if that is known
 * @param rules what becomes of rows that lack something
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
    int width,
    RowRules rules)
    implements Serializable {
  /** Where features are as many as the longest line has. */
  static final int UNKNOWN = Integer.MAX_VALUE;

  /**
   * Of columns in these roles.
   *
   * @param vector whether the first of them is a vector
   */
  static RowCells of(Layout layout, boolean texts, boolean vector, RowRules rules) {
    int features = layout.count(Role.FEATURE);
    return new RowCells(
        layout.uses().stream().map(Use::name).toList(),
        features,
        layout.count(Role.TARGET),
        layout.count(Role.LABEL) > 0,
        layout.count(Role.ID) > 0,
        layout.count(Role.CARRIED),
        texts,
        vector && features == 1,
        features,
        rules);
  }

  RowCells withWidth(int vectorSize) {
    return new RowCells(
        names, features, targets, hasLabel, hasId, carried, texts, vector, vectorSize, rules);
  }

  /** Whether features and label are one line. */
  boolean libsvm() {
    return vector && texts;
  }

  /** Whether rows are more than numbers. */
  boolean hasOthers() {
    return hasId || hasLabel || carried > 0;
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
  Parsed parse(ReadRow read) {
    if (read.fault() != null) {
      throw read.fault();
    }
    Row row = Objects.requireNonNull(read.cells());
    boolean noId = hasId && isMissing(row.get(idAt()));
    if (noId && rules.invalid() == InvalidRows.KEEP) {
      // Nobody would know it again.
      throw new BadRow(noId());
    }
    Object[] others = new Object[RowChunk.CARRIED + carried];
    others[0] = hasId && !noId ? CellTypes.id(names.get(idAt()), row.get(idAt())) : "";
    others[1] = "";
    for (int k = 0; k < carried; k++) {
      Object cell = row.get(names.size() - carried + k);
      others[RowChunk.CARRIED + k] = isMissing(cell) ? null : cell;
    }
    try {
      if (noId) {
        throw new MissingValue(noId());
      }
      Row cells = libsvm() ? Libsvm.cells(row.getString(0), width, rules.nulls()) : row;
      return numbers(cells, others);
    } catch (MissingValue e) {
      if (rules.lenient()) {
        return new Parsed(null, new double[0], others);
      }
      throw e;
    }
  }

  private String noId() {
    return "column \"" + names.get(idAt()) + "\" is empty; an id is needed";
  }

  private boolean isMissing(Object cell) {
    return cell == null || (cell instanceof String text && rules.nulls().has(text));
  }

  private Parsed numbers(Row row, Object[] others) {
    double[] x = vector ? vector(row) : numbers(row, 0, features);
    if (x.length != width && !libsvm()) {
      throw new BadRow(
          "column \"%s\" has %s components, not %s".formatted(names.get(0), x.length, width));
    }
    double[] y = numbers(row, features, targets);
    others[1] = hasLabel ? label(row) : "";
    if (rules.refuseZero() && Arrays.stream(x).allMatch(value -> value == 0)) {
      if (rules.lenient()) {
        others[1] = "";
        return new Parsed(null, new double[0], others);
      }
      throw new BadRow(
          "all features are zero, which cannot be scaled onto a sphere; remove the row or choose"
              + " preprocess.features=standardize or none");
    }
    return new Parsed(x, y, others);
  }

  private String label(Row row) {
    String name = names.get(labelAt());
    Object value = row.get(labelAt());
    return value instanceof Number number
        ? Cells.label(rules.nulls(), name, number)
        : Cells.label(rules.nulls(), name, CellTypes.label(name, value));
  }

  private double[] numbers(Row row, int from, int count) {
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
