package finitewidth.data;

import java.util.regex.Pattern;

/**
 * Lines {@code label index:value …} with ascending indices from 1; # starts a comment.
 *
 * @param features number of features; larger indices are refused
 * @param classes whether the first cell is a class rather than a number
 * @param lenient whether rows may lack numbers
 */
record LibsvmParser(int features, boolean classes, boolean lenient) implements LineParser {
  private static final Object[] NONE = {};
  private static final Pattern SPACE = Pattern.compile("\\s+");

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public ParsedRow parse(String line) {
    try {
      return numbers(line);
    } catch (MissingValue e) {
      if (lenient) {
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
          Cells.number(Integer.toString(index), cells[i].substring(cells[i].indexOf(':') + 1));
    }
    return classes
        ? new ParsedRow("", x, new double[0], Cells.label("label", cells[0]), NONE)
        : new ParsedRow("", x, new double[] {Cells.number("label", cells[0])}, "", NONE);
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
    int comment = line.indexOf('#');
    return SPACE.split((comment < 0 ? line : line.substring(0, comment)).strip());
  }

  private static int index(String cell) {
    try {
      return Integer.parseInt(cell.substring(0, Math.max(cell.indexOf(':'), 0)));
    } catch (NumberFormatException e) {
      throw new BadRow("\"" + cell + "\" is not of the form index:value");
    }
  }
}
