package finitewidth.data;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Turns the text of a cell into a value, or says what is wrong with it. */
public final class Cells {
  private static final double EXACT_WHOLE = 1L << 53;
  private static final Pattern COMMAS = Pattern.compile("[-+]?[0-9]+([.,'][0-9]+)*,[0-9]+");
  private static final int LONGEST_SHOWN = 40;

  private Cells() {}

  /**
   * A finite number.
   *
   * @throws BadRow naming the column and the text
   */
  public static double number(String column, String text) {
    return number(NullValues.standard(), column, text);
  }

  /** The same where other texts stand for a missing number. */
  public static double number(NullValues nulls, String column, String text) {
    return number(nulls, '.', column, text);
  }

  /**
   * A finite number.
   *
   * @param nulls texts that stand for a missing one
   * @param decimal its decimal mark
   * @throws BadRow naming the column and the text
   */
  public static double number(NullValues nulls, char decimal, String column, String text) {
    String cell = text.strip();
    OptionalDouble parsed = parsed(decimal, cell);
    if (parsed.isPresent() && Double.isFinite(parsed.getAsDouble())) {
      double value = parsed.getAsDouble();
      // By value, and by its letters where those are others than in data.null-values.
      if (nulls.has(value) || (decimal != '.' && nulls.has(cell))) {
        throw missing(column, cell, "a number is needed");
      }
      return value;
    }
    // As a number NA has no meaning of its own, whatever it means as a class.
    if (nulls.has(cell) || NullValues.standard().has(cell)) {
      throw missing(column, cell, "a number is needed");
    }
    if (parsed.isEmpty()) {
      throw new BadRow(
          "column \"%s\" holds \"%s\"; %s".formatted(column, shorten(cell), needed(decimal, cell)));
    }
    if (!Character.isDigit(cell.charAt(cell.length() - 1))) {
      return finite(column, parsed.getAsDouble());
    }
    throw new MissingValue(
        "column \"%s\" holds \"%s\", which is beyond the range of numbers; a finite number is needed"
            .formatted(column, shorten(cell)));
  }

  private static String needed(char decimal, String cell) {
    if (decimal != '.') {
      return "a number is needed, with the decimal mark " + decimal + " and no other";
    }
    return COMMAS.matcher(cell).matches()
        ? "a number is needed, with a point and without commas (data.options.decimal is another"
            + " mark)"
        : "a number is needed (data.features.all-but leaves a column out, data.null-values names"
            + " texts that stand for a missing value)";
  }

  private static MissingValue missing(String column, String cell, String needed) {
    String what = cell.isEmpty() ? "empty" : "\"" + shorten(cell) + "\", a missing value";
    return new MissingValue("column \"%s\" is %s; %s".formatted(column, what, needed));
  }

  /**
   * The value itself, if it is finite.
   *
   * @throws BadRow naming the column
   */
  public static double finite(String column, double value) {
    if (!Double.isFinite(value)) {
      throw new MissingValue(
          "column \"" + column + "\" is " + value + "; a finite number is needed");
    }
    return value;
  }

  /**
   * The value itself, if it is finite and does not stand for a missing one.
   *
   * @throws BadRow naming the column
   */
  public static double finite(NullValues nulls, String column, double value) {
    if (nulls.has(value)) {
      throw missing(column, Double.toString(value), "a number is needed");
    }
    return finite(column, value);
  }

  /**
   * The name of a class, to the letter: different texts are different classes.
   *
   * @throws BadRow if the cell stands for a missing one
   */
  public static String label(NullValues nulls, String column, String text) {
    if (nulls.has(text)) {
      throw missing(column, text.strip(), "a class is needed");
    }
    return text;
  }

  /**
   * The name of a class that is a number, not a text: the same for 3 and 3.0.
   *
   * @throws BadRow if there is none
   */
  public static String label(NullValues nulls, String column, Number number) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || nulls.has(value)) {
      throw missing(column, number.toString(), "a class is needed");
    }
    if (number instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE;
    return whole && (number instanceof Double || number instanceof Float)
        ? Long.toString((long) value)
        : number.toString();
  }

  private static OptionalDouble parsed(char decimal, String cell) {
    if (decimal == '.') {
      return parsed(cell);
    }
    return cell.indexOf('.') >= 0 ? OptionalDouble.empty() : parsed(cell.replace(decimal, '.'));
  }

  /** Decimal numbers only: Java's own type suffixes and hexadecimal floats are text. */
  public static OptionalDouble parsed(String cell) {
    if (cell.isEmpty()) {
      return OptionalDouble.empty();
    }
    char last = cell.charAt(cell.length() - 1);
    boolean word = cell.length() >= 3 && (last == 'N' || last == 'y');
    if (!word && !Character.isDigit(last) && last != '.') {
      return special(cell);
    }
    if (cell.indexOf('x') >= 0 || cell.indexOf('X') >= 0) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The spellings of NaN and infinity that other tools write. */
  private static OptionalDouble special(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan" -> OptionalDouble.of(Double.NaN);
      case "inf", "+inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default -> OptionalDouble.empty();
    };
  }

  public static String shorten(String cell) {
    return cell.length() <= LONGEST_SHOWN ? cell : cell.substring(0, LONGEST_SHOWN) + "…";
  }
}
