package finitewidth.job.config;

import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How files are written, the block data.options. */
final class FileOptionsParser {
  private static final String ONE = "accepted is one character";

  /** What Spark's readers know that is no matter of ours, of the formats that come with it. */
  private static final Map<String, List<String>> KNOWN =
      Map.of(
          "csv",
          List.of(
              "comment",
              "charToEscapeQuoteEscaping",
              "ignoreLeadingWhiteSpace",
              "ignoreTrailingWhiteSpace",
              "maxCharsPerColumn"),
          "json",
          List.of(
              "allowBackslashEscapingAnyCharacter",
              "allowComments",
              "allowNonNumericNumbers",
              "allowNumericLeadingZeros",
              "allowSingleQuotes",
              "allowUnquotedControlChars",
              "allowUnquotedFieldNames",
              "dateFormat",
              "dropFieldIfAllNull",
              "locale",
              "prefersDecimal",
              "primitivesAsString",
              "samplingRatio",
              "timestampFormat",
              "timestampNTZFormat",
              "timeZone"),
          "parquet",
          List.of("datetimeRebaseMode", "int96RebaseMode"),
          "orc",
          List.of());

  private final ConfigReader values;

  FileOptionsParser(ConfigReader values) {
    this.values = values;
  }

  /**
   * The whole block.
   *
   * @param formats that are read
   */
  FileOptions parse(Set<FileFormat> formats) {
    String quote = word(Key.DATA_QUOTE, ONE + ", or \"\" for none").orElse("\"");
    if (quote.length() > 1) {
      throw values.refuse(Key.DATA_QUOTE, ONE + ", or \"\" for none");
    }
    String decimal = word(Key.DATA_DECIMAL, "accepted is . or ,").orElse(".");
    if (!decimal.equals(".") && !decimal.equals(",")) {
      throw values.refuse(Key.DATA_DECIMAL, "accepted is . or ,");
    }
    Optional<String> separator = word(Key.DATA_SEPARATOR, ONE).map(FileOptionsParser::unescaped);
    if (separator.isPresent() && separator.get().length() != 1) {
      throw values.refuse(Key.DATA_SEPARATOR, ONE + ", such as ; or \\t");
    }
    String escape = word(Key.DATA_ESCAPE, ONE).orElse(quote.isEmpty() ? "\"" : quote);
    if (escape.length() != 1) {
      throw values.refuse(Key.DATA_ESCAPE, ONE);
    }
    return new FileOptions(
        values
            .text(Key.DATA_ENCODING, "accepted is the name of an encoding, such as utf-8")
            .map(this::encoding)
            .orElse(Encoding.UTF_8),
        separator.orElse(""),
        decimal.charAt(0),
        quote,
        escape,
        values.flag(Key.DATA_HEADER),
        values.flag(Key.DATA_MULTI_LINE),
        others(formats));
  }

  private Optional<String> word(Key key, String accepted) {
    Optional<List<String>> words = values.words(key, accepted);
    if (words.isPresent() && words.get().size() != 1) {
      throw values.refuse(key, accepted);
    }
    return words.map(list -> list.get(0));
  }

  /** A tab is hard to write on a command line. */
  private static String unescaped(String separator) {
    return separator.equals("\\t") ? "\t" : separator;
  }

  private Map<String, String> others(Set<FileFormat> formats) {
    Map<String, String> others =
        values.wordsByName(Key.DATA_OPTIONS, "accepted are words and numbers");
    for (FileFormat format : formats) {
      String id = format.isText() ? "csv" : format.name();
      List<String> known = KNOWN.getOrDefault(id, List.copyOf(others.keySet()));
      for (String name : others.keySet()) {
        if (!known.contains(name)) {
          throw new ConfigException(
              "unknown option data.options."
                  + Words.shortened(name)
                  + " of "
                  + format.name()
                  + "; did you mean data.options."
                  + String.join(" or data.options.", NearestKeys.among(name, all(known)))
                  + "?");
        }
      }
    }
    return others;
  }

  private static List<String> all(List<String> known) {
    return java.util.stream.Stream.concat(
            known.stream(),
            java.util.stream.Stream.of(
                "encoding", "separator", "decimal", "quote", "escape", "header", "multi-line"))
        .toList();
  }

  private Encoding encoding(String name) {
    return Encoding.of(name)
        .orElseThrow(
            () ->
                values.refuse(
                    Key.DATA_ENCODING,
                    "no such encoding; did you mean "
                        + String.join(" or ", NearestKeys.among(name, Encoding.names()))
                        + "?"));
  }
}
