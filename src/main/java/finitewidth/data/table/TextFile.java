package finitewidth.data.table;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import finitewidth.data.DataException;
import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.data.RowFault;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A file of text beside Spark's reading of it: what its header says, and, once something is wrong,
 * at which line. Records are what they are to Spark, for the parser and its settings are Spark's.
 */
record TextFile(Configuration hadoop, Path path, FileFormat format, FileOptions options) {
  private static final int MOST_COLUMNS = 1 << 20;

  /** As people write it. */
  String shown() {
    return Paths.shown(path.toString());
  }

  /**
   * The names of the columns: those of the header, or f0, f1, … where there is none.
   *
   * @return empty if there are only blank lines
   * @throws DataException if the file cannot be read, or is no text
   */
  Optional<List<String>> columns() {
    try (Records records = new Records()) {
      if (!records.next()) {
        return Optional.empty();
      }
      String[] cells = records.cells;
      return Optional.of(
          options.hasHeader(format)
              ? names(cells, records.line)
              : IntStream.range(0, cells.length).mapToObj(k -> "f" + k).toList());
    } catch (TextParsingException e) {
      throw new DataException(shown() + ", header: " + quoting(), e);
    } catch (IOException e) {
      throw new DataException(shown() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<String> names(String[] cells, long line) {
    for (int k = 0; k < cells.length; k++) {
      String what = "the name of column " + (k + 1);
      if (Encoding.isTorn(cells[k])) {
        throw header(line, options.encoding().refuse(what, cells[k]).getMessage());
      }
      if (cells[k].indexOf('\0') >= 0) {
        throw header(
            line,
            what
                + " has a NUL in it, as in UTF-16 read as "
                + options.encoding().charset()
                + "; say with data.options.encoding what the file is written in, such as utf-16le");
      }
    }
    return Arrays.stream(cells).map(String::strip).toList();
  }

  private DataException header(long line, String what) {
    return new DataException(shown() + ", header (line " + line + "): " + what);
  }

  /** Refuses what cannot be text. */
  void requireText() {
    try {
      open().close();
    } catch (IOException e) {
      throw new DataException(shown() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The refusal of a row, counted from 0 in this file, with the line on which it begins. */
  DataException refuse(long row, RowFault fault) {
    try (Records records = new Records()) {
      for (long k = options.hasHeader(format) ? -1 : 0; records.next(); k++) {
        if (k == row) {
          return fault(row, records.line, explained(fault, records));
        }
      }
    } catch (IOException | RuntimeException e) {
      // Whatever it is, the row is known.
      return new DataException(shown() + ", row " + row + ": " + fault.what(), e);
    }
    return new DataException(shown() + ", row " + row + ": " + fault.what());
  }

  private String explained(RowFault fault, Records records) {
    return switch (fault.kind()) {
      case NONE, PLAIN -> fault.what();
      case TORN -> torn(fault.what(), records.cells);
      case SHAPE -> shape(records);
    };
  }

  private String torn(String column, String[] cells) {
    boolean row = !format.isCsv();
    String cell = cells[row ? 0 : columns().orElseThrow().indexOf(column)];
    String what = row ? "the row" : "column \"" + column + "\"";
    return Encoding.isTorn(cell)
        ? options.encoding().refuse(what, cell).getMessage()
        : what
            + " holds U+FFFD, which stands for bytes that were lost when the file was written;"
            + " write it anew";
  }

  private String shape(Records records) {
    if (!options.quote().isEmpty() && records.quotes() % 2 == 1) {
      return "a quote is not closed"
          + (options.isWhole()
              ? ""
              : " on its line; data.options.multi-line = true reads cells with line breaks");
    }
    int cells = records.cells.length;
    return "the row has "
        + cells
        + (cells == 1 ? " cell, the " : " cells, the ")
        + (options.hasHeader(format) ? "header " : "first row ")
        + columns().orElseThrow().size();
  }

  /** Rows count from 0, as ids do; lines from 1, as editors do. */
  private DataException fault(long row, long line, String what) {
    return new DataException(shown() + ", row " + row + " (line " + line + "): " + what);
  }

  /** What keeps the file from being read to its end, if something does. */
  Optional<DataException> damage() {
    long row = options.hasHeader(format) ? -1 : 0;
    long line = 0;
    try (Records records = new Records()) {
      try {
        for (; records.next(); row++) {
          line = records.line;
        }
        return Optional.empty();
      } catch (IOException | RuntimeException e) {
        Optional<IOException> damage = damage(e);
        return Optional.of(
            damage.isPresent()
                ? new DataException(
                    shown()
                        + " cannot be read from line "
                        + (Math.max(records.line, line) + 1)
                        + " on: "
                        + Unreadable.reason(damage.get()),
                    e)
                : fault(row, records.line, quoting()));
      }
    } catch (IOException e) {
      return Optional.of(
          new DataException(shown() + " cannot be read: " + Unreadable.reason(e), e));
    }
  }

  private static Optional<IOException> damage(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException damage) {
        return Optional.of(damage);
      }
    }
    return Optional.empty();
  }

  private String quoting() {
    return "text follows a closing quote; a separator, "
        + (options.separator(format).equals("\t") ? "tab" : options.separator(format))
        + ", is needed";
  }

  private InputStream open() throws IOException {
    Configuration readable = DataFiles.readable(hadoop, List.of(path));
    Optional<CompressionCodec> codec =
        Optional.ofNullable(new CompressionCodecFactory(hadoop).getCodec(path));
    InputStream raw = new BufferedInputStream(path.getFileSystem(readable).open(path));
    try {
      FileKind.requireText(raw, codec, shown());
      return codec.isPresent() ? codec.get().createInputStream(raw) : raw;
    } catch (IOException | DataException e) {
      raw.close();
      throw e;
    } catch (RuntimeException e) { // a codec whose library is not there
      raw.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Walks through the records that are not blank. */
  private final class Records implements AutoCloseable {
    private final BufferedReader reader;
    private final CsvParser parser;
    private long line;
    private String text = "";
    private String[] cells = {};

    Records() throws IOException {
      reader = new BufferedReader(options.encoding().reader(open()));
      Map<String, String> spark = options.spark(format, MOST_COLUMNS);
      // The reader has decoded it.
      spark.remove("encoding");
      CsvParserSettings settings =
          new CSVOptions(
                  scala.collection.immutable.Map.from(CollectionConverters.asScala(spark)),
                  false,
                  "UTC")
              .asParserSettings();
      parser = new CsvParser(settings);
      if (options.isWhole()) {
        parser.beginParsing(reader);
      }
    }

    boolean next() throws IOException {
      do {
        boolean more = options.isWhole() ? nextRecord() : nextLine();
        if (!more) {
          return false;
        }
      } while (text.trim().isEmpty() || cells.length == 0);
      return true;
    }

    private boolean nextLine() throws IOException {
      String read = reader.readLine();
      if (read == null) {
        return false;
      }
      line++;
      text = read;
      cells = read.trim().isEmpty() ? new String[0] : filled(parser.parseLine(read));
      return true;
    }

    private boolean nextRecord() {
      String[] record;
      try {
        record = parser.parseNext();
      } catch (TextParsingException e) {
        line = parser.getContext().currentLine() + 1;
        throw e;
      }
      if (record == null) {
        return false;
      }
      text = parser.getContext().currentParsedContent().stripTrailing();
      line = parser.getContext().currentLine() - text.chars().filter(c -> c == '\n').count();
      cells = filled(record);
      return true;
    }

    /** A comment is no record, and an empty cell no text to the parser. */
    private static String[] filled(String[] record) {
      return record == null
          ? new String[0]
          : Arrays.stream(record).map(cell -> cell == null ? "" : cell).toArray(String[]::new);
    }

    long quotes() {
      return text.chars().filter(c -> c == options.quote().charAt(0)).count();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
