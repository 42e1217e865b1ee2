package finitewidth.data;

import java.util.Locale;

/** Turns the text of a cell into a value, or says what is wrong with it. */
final class Cells {
  private static final double EXACT_WHOLE = 1L << 53;

  private Cells() {}

  /**
   * A finite number.
   *
   * @throws BadRow naming the column and the text
   */
  static double number(String column, String text) {
    String cell = text.strip();
    if (cell.isEmpty()) {
      throw new MissingValue("column \"" + column + "\" is empty; a number is needed");
    }
    double value;
    try {
      value = parse(cell);
    } catch (NumberFormatException e) {
      throw new BadRow(
          "column \"" + column + "\" holds \"" + shorten(cell) + "\"; a number is needed");
    }
    return finite(column, value);
  }

  /**
   * The value itself, if it is finite.
   *
   * @throws BadRow naming the column
   */
  static double finite(String column, double value) {
    if (!Double.isFinite(value)) {
      throw new MissingValue(
          "column \"" + column + "\" is " + value + "; a finite number is needed");
    }
    return value;
  }

  /**
   * The canonical name of a class, so that 3, 3.0 and "3" are one class whatever file they are in.
   *
   * @throws BadRow if the cell is empty or not a number by its own account
   */
  static String label(String column, String text) {
    String cell = text.strip();
    if (cell.isEmpty() || cell.equalsIgnoreCase("nan")) {
      throw new MissingValue(
          "column \"" + column + "\" is " + (cell.isEmpty() ? "empty" : cell) + "; a class needed");
    }
    try {
      double value = parse(cell);
      if (Double.isFinite(value)) {
        return value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE
            ? Long.toString((long) value)
            : Double.toString(value);
      }
      return cell;
    } catch (NumberFormatException e) {
      return cell;
    }
  }

  /** Decimal numbers only: Java's own type suffixes and hexadecimal floats are text. */
  private static double parse(String cell) {
    char last = cell.charAt(cell.length() - 1);
    boolean word = cell.length() >= 3 && (last == 'N' || last == 'y');
    if (!word && !Character.isDigit(last) && last != '.') {
      return special(cell);
    }
    if (cell.indexOf('x') >= 0 || cell.indexOf('X') >= 0) {
      throw new NumberFormatException(cell);
    }
    return Double.parseDouble(cell);
  }

  /** The spellings of NaN and infinity that other tools write. */
  private static double special(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan" -> Double.NaN;
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException(cell);
    };
  }

  private static String shorten(String cell) {
    return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
  }
}
