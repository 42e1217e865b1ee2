package finitewidth.data;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line of comma-separated values into cells; quotes as in RFC 4180, but no line breaks. */
final class CsvLine {
  private CsvLine() {}

  /**
   * The cells, unquoted.
   *
   * @throws BadRow if a quote is left open
   */
  static List<String> split(String line) {
    List<String> cells = new ArrayList<>();
    int start = 0;
    while (true) {
      if (start < line.length() && line.charAt(start) == '"') {
        start = quoted(line, start, cells);
      } else {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        cells.add(line.substring(start, end));
        start = comma < 0 ? -1 : end + 1;
      }
      if (start < 0) {
        return cells;
      }
    }
  }

  /** Reads the quoted cell at {@code start}; the start of the next cell, or −1 at the end. */
  private static int quoted(String line, int start, List<String> cells) {
    StringBuilder cell = new StringBuilder();
    int i = start + 1;
    while (true) {
      int quote = line.indexOf('"', i);
      if (quote < 0) {
        throw new BadRow("a quote is not closed on its line");
      }
      cell.append(line, i, quote);
      if (quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
        cell.append('"');
        i = quote + 2;
      } else if (quote + 1 == line.length()) {
        cells.add(cell.toString());
        return -1;
      } else if (line.charAt(quote + 1) == ',') {
        cells.add(cell.toString());
        return quote + 2;
      } else {
        throw new BadRow("text follows a closing quote; a comma is needed");
      }
    }
  }
}
