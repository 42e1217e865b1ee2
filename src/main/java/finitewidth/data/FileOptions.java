package finitewidth.data;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * How files are written, {@code data.options}.
 *
 * @param encoding of text
 * @param separator between cells; that of the format if ""
 * @param decimal mark of numbers in text
 * @param quote around cells with separators in them; none if ""
 * @param escape what stands before a quote in quotes; the quote itself unless it is set
 * @param header whether the first line of a csv file holds column names
 * @param multiLine whether cells in quotes may hold line breaks, and records of json too
 * @param others options that Spark's reader of the format knows, by Spark's names
 */
public record FileOptions(
    Encoding encoding,
    String separator,
    char decimal,
    String quote,
    String escape,
    boolean header,
    boolean multiLine,
    Map<String, String> others)
    implements Serializable {

  /** Where Spark puts the text of records that it cannot read. */
  public static final String CORRUPT = "__finitewidth_corrupt";

  /** Spark's own bound is 20480, and its parser counts cells only below. */
  private static final int MANY_COLUMNS = 20_480;

  public FileOptions {
    others = Map.copyOf(others);
  }

  /** As files are written unless the configuration says otherwise. */
  public static FileOptions of(Encoding encoding) {
    return new FileOptions(encoding, "", '.', "\"", "\"", true, false, Map.of());
  }

  /** The separator of files of a format. */
  public String separator(FileFormat format) {
    return separator.isEmpty() ? (format.equals(FileFormat.TSV) ? "\t" : ",") : separator;
  }

  /** Whether the first record of a file is no row. */
  public boolean hasHeader(FileFormat format) {
    return format.isCsv() && header;
  }

  /** Whether a file is one piece, because its line breaks are not known before it is read. */
  public boolean isWhole() {
    return multiLine || !encoding.breaksLikeAscii();
  }

  /**
   * Options of Spark's reader.
   *
   * @param columns how many there are, if that is known
   */
  public Map<String, String> spark(FileFormat format, int columns) {
    Map<String, String> options = new HashMap<>(others);
    options.put("mode", "PERMISSIVE");
    options.put("columnNameOfCorruptRecord", CORRUPT);
    if (format.isCsv()) {
      options.put("sep", separator(format));
      options.put("quote", quote);
      options.put("escape", escape);
      options.put("emptyValue", "");
      options.put("unescapedQuoteHandling", "RAISE_ERROR");
      options.put("maxColumns", Integer.toString(Math.max(MANY_COLUMNS, 2 * columns)));
      options.put("multiLine", Boolean.toString(multiLine));
    } else if (format.equals(FileFormat.JSON)) {
      options.put("encoding", encoding.charset());
      options.put("multiLine", Boolean.toString(multiLine));
    }
    return options;
  }
}
