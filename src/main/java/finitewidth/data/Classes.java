package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
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

  /** How many there are: the number of outputs. */
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
    return Matrix.copyOf(labels.stream().map(this::code).toArray(double[][]::new));
  }

  /** e_k − 1/C for a label; −1/C for one that no training row has. */
  public double[] code(String label) {
    double[] code = new double[count()];
    Arrays.fill(code, 0 - 1.0 / count());
    int k = names.indexOf(label);
    if (k >= 0) {
      code[k] = 1 - 1.0 / count();
    }
    return code;
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

  /** Whether {@link #value} takes a label. */
  boolean hasType(String label) {
    return IdType.of(label).or(type) == type;
  }
}
