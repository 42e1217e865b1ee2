package finitewidth.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Numbers and names under headings.
 *
 * @param columns headings with units
 * @param rows cells: numbers, truth values or text
 */
public record Table(List<String> columns, List<List<Object>> rows) {
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A table to be filled row by row. */
  public static Builder of(String... columns) {
    return new Builder(Arrays.asList(columns));
  }

  /** Takes rows. */
  public static final class Builder {
    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    public Builder(List<String> columns) {
      this.columns = columns;
    }

    public Builder row(Object... cells) {
      if (cells.length != columns.size()) {
        throw new IllegalArgumentException(cells.length + " cells for " + columns);
      }
      rows.add(List.of(cells));
      return this;
    }

    /** A row for each place of columns of numbers. */
    public Builder columns(double[]... numbers) {
      for (int i = 0; i < numbers[0].length; i++) {
        int place = i;
        row(Arrays.stream(numbers).map(column -> (Object) column[place]).toArray());
      }
      return this;
    }

    public Table table() {
      return new Table(columns, rows);
    }
  }

  /** What people read in a cell. */
  static String shown(Object cell) {
    if (cell instanceof Double number) {
      return Numbers.shown(number);
    }
    if (cell instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    return cell.toString();
  }

  /** Whether a cell stands to the right. */
  static boolean isNumber(Object cell) {
    return cell instanceof Number;
  }

  /**
   * The whole as comma-separated values by RFC 4180; a number that is not finite is an empty cell.
   */
  String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(columns.stream().map(Table::quoted).collect(Collectors.joining(","))).append("\r\n");
    for (List<Object> row : rows) {
      csv.append(row.stream().map(Table::cell).collect(Collectors.joining(","))).append("\r\n");
    }
    return csv.toString();
  }

  private static String cell(Object cell) {
    if (cell instanceof Double number) {
      return Double.isFinite(number) ? Double.toString(Numbers.rounded(number)) : "";
    }
    return quoted(cell.toString());
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
