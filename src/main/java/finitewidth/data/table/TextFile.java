package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.DataException;
import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A file of text that is read from its beginning: for its header, to find the line of a fault, or
 * because it cannot be cut into pieces.
 */
record TextFile(Configuration hadoop, Path path, FileFormat format, FileOptions options) {
  private static final int MOST_COLUMNS = 1 << 20;

  /** As people write it. */
  String shown() {
    return DataFiles.shown(path.toString());
  }

  /**
   * The names of the columns: those of the header, or f0, f1, … where there is none.
   *
   * @return empty if there are only blank lines
   * @throws DataException if the file cannot be read, or is no text
   */
  Optional<List<String>> columns() {
    try (Records records = records(MOST_COLUMNS)) {
      String[] cells = records.next();
      if (records.ended()) {
        return Optional.empty();
      }
      return Optional.of(
          options.hasHeader(format)
              ? names(cells, records.line())
              : IntStream.range(0, cells.length).mapToObj(k -> "f" + k).toList());
    } catch (BadRow e) {
      throw new DataException(shown() + ", header: " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable("", e);
    }
  }

  private List<String> names(String[] cells, long line) {
    for (int k = 0; k < cells.length; k++) {
      String what = "the name of column " + (k + 1);
      String place = shown() + ", header (line " + line + "): ";
      if (Encoding.isTorn(cells[k])) {
        throw new DataException(place + options.encoding().refuse(what, cells[k]).getMessage());
      }
      if (cells[k].indexOf('\0') >= 0) {
        throw new DataException(
            ("%s%s has a NUL in it, as in UTF-16 read as %s; say with data.options.encoding what"
                    + " the file is written in, such as utf-16le")
                .formatted(place, what, options.encoding().charset()));
      }
    }
    return Arrays.stream(cells).map(String::strip).toList();
  }

  /** Refuses what cannot be text. */
  void requireText() {
    try {
      open().close();
    } catch (IOException e) {
      throw unreadable("", e);
    }
  }

  /**
   * The refusal of a row, counted from 0, with the line on which it begins; or of the whole file,
   * if it cannot be read as far as that.
   */
  DataException refuse(long row, String what) {
    return walk(row, what)
        .orElseGet(() -> new DataException(shown() + ", row " + row + ": " + what));
  }

  /** What keeps the file from being read to its end, if something does. */
  Optional<DataException> damage() {
    return walk(Long.MAX_VALUE, "");
  }

  private Optional<DataException> walk(long row, String what) {
    long line = 0;
    try (Records records = records(MOST_COLUMNS)) {
      for (long k = options.hasHeader(format) ? -1 : 0; k <= row; k++) {
        try {
          records.next();
          if (records.ended()) {
            return Optional.empty();
          }
        } catch (BadRow e) {
          if (k < row) {
            continue;
          }
        } catch (UncheckedIOException e) {
          return Optional.of(unreadable(" from line " + (line + 1) + " on", e));
        }
        line = records.line();
      }
    } catch (IOException e) {
      return Optional.of(unreadable("", e));
    }
    // Rows count from 0, as ids do; lines from 1, as editors do.
    return Optional.of(
        new DataException("%s, row %s (line %s): %s".formatted(shown(), row, line, what)));
  }

  private DataException unreadable(String where, Exception thrown) {
    return new DataException(
        "%s cannot be read%s: %s"
            .formatted(
                shown(),
                where,
                Unreadable.reason(
                    thrown instanceof UncheckedIOException e
                        ? Objects.requireNonNullElse(e.getCause(), thrown)
                        : thrown)),
        thrown);
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

  /**
   * The records of the file.
   *
   * @param columns how many there are, if that is known
   */
  Records records(int columns) throws IOException {
    return new Records(
        new BufferedReader(options.encoding().reader(open())),
        new CellParser(format, options, columns),
        format.isCsv() && options.multiLine());
  }

  /** Walks through records that are not blank. */
  static final class Records implements AutoCloseable {
    private final BufferedReader reader;
    private final CellParser parser;
    private final boolean stream;
    private long line;
    private boolean ended;

    /**
     * @param stream whether cells may hold line breaks
     */
    private Records(BufferedReader reader, CellParser parser, boolean stream) {
      this.reader = reader;
      this.parser = parser;
      this.stream = stream;
      if (stream) {
        parser.begin(reader);
      }
    }

    /**
     * The cells of the next one; none at the end.
     *
     * @throws BadRow if its quotes are not as they should be; {@link #line} is its line all the
     *     same
     */
    String[] next() {
      String[] cells = stream ? parser.next() : CellParser.NONE;
      try {
        while (cells.length == 0 && !ended) {
          String text = stream ? null : reader.readLine();
          ended = text == null;
          line++;
          cells = text == null ? CellParser.NONE : parser.cells(text);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return cells;
    }

    /** Whether there was no next one. */
    boolean ended() {
      return ended;
    }

    /** Where the last one begins, counted from 1. */
    long line() {
      return stream ? parser.line() : line;
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
