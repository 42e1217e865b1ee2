package finitewidth.data.table;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import finitewidth.data.BadRow;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.input.SequenceReader;
import org.apache.spark.sql.catalyst.csv.CSVOptions;

/**
 * Cuts text into cells as Spark does: the parser and its settings are Spark's. It is asked here
 * because Spark's own reader does not say where a quote was left open in the last cell of a line.
 */
final class CellParser {
  /** The cells of a blank line, or of a comment. */
  static final String[] NONE = {};

  /** Behind the end of a file: a record of its own, unless a quote is open. */
  private static final String END = "\u0001";

  private final FileFormat format;
  private final FileOptions options;
  private final String separator;
  private final String empty;
  private final CsvParser parser;
  private long line;

  /**
   * @param columns how many there are, if that is known
   */
  CellParser(FileFormat format, FileOptions options, int columns) {
    this.format = format;
    this.options = options;
    separator = options.separator(format);
    CsvParserSettings settings =
        new CSVOptions(SparkFiles.immutable(options.spark(format, columns)), false, "UTC")
            .asParserSettings();
    empty = settings.getNullValue();
    parser = new CsvParser(settings);
  }

  /**
   * The cells of a line; the line itself where a format has none.
   *
   * @throws BadRow if its quotes are not as they should be
   */
  String[] cells(String line) {
    if (line.trim().isEmpty()) {
      return NONE;
    }
    if (!format.isCsv()) {
      return new String[] {line};
    }
    boolean quoted = !options.quote().isEmpty() && line.contains(options.quote());
    if (!quoted && options.others().isEmpty()) {
      return plain(line);
    }
    try {
      // Within quotes one more separator ends no cell.
      String[] cells = filled(parser.parseLine(quoted ? line + separator : line));
      if (!quoted || cells.length == 0) {
        return cells;
      }
      if (cells[cells.length - 1].endsWith(separator)) {
        throw open();
      }
      return Arrays.copyOf(cells, cells.length - 1);
    } catch (TextParsingException e) {
      throw fault(e);
    }
  }

  /** Most lines have no quotes, and need no parser. */
  private String[] plain(String line) {
    char mark = separator.charAt(0);
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int to = line.indexOf(mark); to >= 0; to = line.indexOf(mark, from)) {
      cells.add(line.substring(from, to));
      from = to + 1;
    }
    cells.add(line.substring(from));
    return cells.toArray(String[]::new);
  }

  /** Begins to read a file whose cells may hold line breaks. */
  void begin(Reader file) {
    try {
      parser.beginParsing(new SequenceReader(file, new StringReader("\n" + END)));
    } catch (TextParsingException e) {
      throw fault(e);
    }
  }

  /**
   * The cells of the next record that is not blank; none at the end of the file.
   *
   * @throws BadRow if its quotes are not as they should be
   */
  String[] next() {
    try {
      for (String[] record = parser.parseNext(); record != null; record = parser.parseNext()) {
        String[] cells = filled(record);
        String text = parser.getContext().currentParsedContent().stripTrailing();
        line = parser.getContext().currentLine() - text.chars().filter(c -> c == '\n').count();
        String last = cells.length == 0 ? "" : cells[cells.length - 1];
        if (last.equals(END) && cells.length == 1) {
          return NONE;
        }
        if (last.endsWith("\n" + END)) {
          throw open();
        }
        if (cells.length > 0 && !text.isBlank()) {
          return cells;
        }
      }
      return NONE;
    } catch (TextParsingException e) {
      line = parser.getContext().currentLine() + 1;
      throw fault(e);
    }
  }

  /** Where the record begins that {@link #next} gave or refused, counted from 1. */
  long line() {
    return line;
  }

  private String[] filled(String[] cells) {
    if (cells == null) {
      return NONE;
    }
    for (int k = 0; k < cells.length; k++) {
      cells[k] = cells[k] == null || cells[k].equals(empty) ? "" : cells[k];
    }
    return cells;
  }

  private BadRow open() {
    return new BadRow(
        options.multiLine()
            ? "a quote is not closed"
            : "a quote is not closed on its line; data.options.multi-line = true reads cells with"
                + " line breaks");
  }

  private BadRow fault(TextParsingException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException damage) {
        throw new UncheckedIOException(damage);
      }
      if (cause instanceof ArrayIndexOutOfBoundsException) {
        return new BadRow("the row has more cells than can be read");
      }
    }
    return new BadRow(
        "text follows a closing quote; a separator, %s, is needed"
            .formatted(separator.equals("\t") ? "tab" : separator));
  }
}
