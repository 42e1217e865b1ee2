package finitewidth.data;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Lines {@code label index:value …} with ascending indices from 1; # starts a comment.
 *
 * @param features number of features; larger indices are refused
 * @param classes whether the first cell is a class rather than a number
 */
record LibsvmParser(int features, boolean classes, RowRules rules) implements LineParser {
  private static final Object[] NONE = {};
  private static final Pattern SPACE = Pattern.compile("\\s+");

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public ParsedRow parse(String line) {
    if (Encoding.isTorn(uncommented(line))) {
      throw rules.encoding().refuse("the row", uncommented(line));
    }
    try {
      return numbers(line);
    } catch (MissingValue e) {
      if (rules.lenient()) {
        return ParsedRow.incomplete("", NONE);
      }
      throw e;
    }
  }

  private ParsedRow numbers(String line) {
    String[] cells = cells(line);
    double[] x = new double[features];
    int last = 0;
    for (int i = 1; i < cells.length; i++) {
      int index = index(cells[i]);
      if (index <= last) {
        throw new BadRow("indices must ascend from 1, but " + index + " follows " + last);
      }
      if (index > features) {
        throw new BadRow(
            "feature " + index + " is beyond the " + features + " of the training data");
      }
      last = index;
      x[index - 1] =
          Cells.number(
              rules.nulls(),
              Integer.toString(index),
              cells[i].substring(cells[i].indexOf(':') + 1));
    }
    return classes
        ? new ParsedRow("", x, new double[0], label(cells[0]), NONE)
        : new ParsedRow(
            "", x, new double[] {Cells.number(rules.nulls(), "label", cells[0])}, "", NONE);
  }

  /** By the format a label is a number, so that +1 and 1 are one class; others are texts. */
  private String label(String cell) {
    OptionalDouble number = Cells.parsed(cell);
    return number.isPresent() && Double.isFinite(number.getAsDouble())
        ? Cells.label(rules.nulls(), "label", Double.valueOf(number.getAsDouble()))
        : Cells.label(rules.nulls(), "label", cell);
  }

  /** The largest feature index on a line; 0 where it has none or cannot be read. */
  static int largestIndex(String line) {
    int largest = 0;
    String[] cells = cells(line);
    for (int i = 1; i < cells.length; i++) {
      try {
        largest = Math.max(largest, index(cells[i]));
      } catch (BadRow e) {
        return largest;
      }
    }
    return largest;
  }

  private static String[] cells(String line) {
    return SPACE.split(uncommented(line).strip());
  }

  private static String uncommented(String line) {
    int comment = line.indexOf('#');
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static int index(String cell) {
    try {
      return Integer.parseInt(cell.substring(0, Math.max(cell.indexOf(':'), 0)));
    } catch (NumberFormatException e) {
      throw new BadRow("\"" + cell + "\" is not of the form index:value");
    }
  }
}
