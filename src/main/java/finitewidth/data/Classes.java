package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /** Larger whole numbers are not all doubles. */
  private static final double EXACT_WHOLE = 1L << 53;

  private final List<String> names;
  private final IdType type;

  private Classes(List<String> names, IdType type) {
    this.names = names;
    this.type = type;
  }

  private static IdType type(Collection<String> labels) {
    return labels.stream().map(IdType::of).reduce(IdType.NONE, IdType::or);
  }

  /** The different ones among class names. */
  public static Classes of(Collection<String> labels) {
    IdType type = type(labels);
    Comparator<String> order =
        switch (type) {
          case WHOLE -> Comparator.comparingLong(Long::parseLong);
          case NUMBER -> Comparator.comparingDouble(Double::parseDouble);
          case NONE, TEXT -> Comparator.naturalOrder();
        };
    TreeSet<String> sorted = new TreeSet<>(order);
    sorted.addAll(labels);
    return new Classes(List.copyOf(sorted), type);
  }

  /** Classes that were found before, in their order: what {@link #names()} gave. */
  public static Classes restore(List<String> names) {
    return new Classes(List.copyOf(names), type(names));
  }

  /** The same classes with values of a type that holds the labels of these rows too. */
  public Classes holding(TestSet rows) {
    return new Classes(names, type.or(rows.labelType()));
  }

  /**
   * Two classes that look alike, in a sentence; empty if there are none.
   *
   * <p>Different texts are different classes, and that may not be what the file means.
   */
  public Optional<String> alike() {
    Map<String, String> known = new HashMap<>();
    for (String name : names) {
      String other = known.putIfAbsent(plain(name), name);
      if (other != null) {
        return Optional.of(
            ("\"%s\" and \"%s\" are different texts and so different classes, though they look"
                    + " alike")
                .formatted(Cells.shorten(other), Cells.shorten(name)));
      }
    }
    return Optional.empty();
  }

  /** What is left of a text without case, space and the forms of a number. */
  private static String plain(String name) {
    String text = Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    double number = Cells.parsed(text).orElse(Double.NaN);
    return Math.abs(number) < EXACT_WHOLE ? Double.toString(number + 0.0) : text;
  }

  /** Names in order; an index into it is a class's column among the outputs. */
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
          "class \"%s\" is no %snumber, but the training classes are: %s"
              .formatted(Cells.shorten(label), type == IdType.WHOLE ? "whole " : "", names),
          e);
    }
  }

  /** Whether {@link #value} takes a label. */
  boolean hasType(String label) {
    return IdType.of(label).or(type) == type;
  }
}
