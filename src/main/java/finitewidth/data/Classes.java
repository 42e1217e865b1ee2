package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;

/**
 * The classes of a label column, in order: numbers by value, others by name.
 *
 * <p>Class k of C is coded as the k-th unit vector minus its mean, e_k − 1/C, so that a prediction
 * of zero prefers no class. The type of the values is the narrowest that holds all classes.
 */
public final class Classes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> names;
  private final IdType type;

  private Classes(List<String> names, IdType type) {
    this.names = names;
    this.type = type;
  }

  /** The different ones among canonical class names. */
  static Classes of(Collection<String> labels) {
    IdType type = labels.stream().map(IdType::of).reduce(IdType.WHOLE, IdType::or);
    Comparator<String> order =
        type == IdType.TEXT
            ? Comparator.naturalOrder()
            : Comparator.comparingDouble(Double::parseDouble);
    TreeSet<String> sorted = new TreeSet<>(order);
    sorted.addAll(labels);
    return new Classes(List.copyOf(sorted), type);
  }

  /** Classes that were found before: what {@link #names()} gave. */
  public static Classes restore(List<String> names) {
    return of(names);
  }

  /** Canonical names in order; an index into it is a class's column among the outputs. */
  public List<String> names() {
    return names;
  }

  public int count() {
    return names.size();
  }

  /** The index of a {@link DataRow#label()}; empty for a class that no training row has. */
  public OptionalInt indexOf(String label) {
    int index = names.indexOf(label);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** rows × classes: e_k − 1/C for each label. */
  public Matrix encode(List<String> labels) {
    double mean = 1.0 / count();
    Matrix codes = Matrix.zeros(labels.size(), count());
    for (int i = 0; i < labels.size(); i++) {
      int k = names.indexOf(labels.get(i));
      for (int j = 0; j < count(); j++) {
        codes.set(i, j, (j == k ? 1 : 0) - mean);
      }
    }
    return codes;
  }

  /** The SQL type of {@link #value}. */
  public DataType type() {
    return type.sql();
  }

  /**
   * A class as written to the predictions: a whole number, a number or text.
   *
   * @throws DataException if a class unknown to the training rows is not of their type
   */
  public Object value(String label) {
    try {
      return type.value(label);
    } catch (NumberFormatException | BadRow e) {
      throw new DataException(
          "class \"" + label + "\" is not a number, but the training classes are: " + names, e);
    }
  }
}
