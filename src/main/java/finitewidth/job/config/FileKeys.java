package finitewidth.job.config;

import finitewidth.data.Encoding;
import finitewidth.data.FileFormat;
import finitewidth.data.FileOptions;
import finitewidth.settings.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How files are written, the block data.options as it is given. */
record FileKeys(
    @From(Key.DATA_ENCODING) Optional<String> encoding,
    @From(value = Key.DATA_SEPARATOR, asWritten = true) Optional<String> separator,
    @From(value = Key.DATA_DECIMAL, asWritten = true) Optional<String> decimal,
    @From(value = Key.DATA_QUOTE, asWritten = true) Optional<String> quote,
    @From(value = Key.DATA_ESCAPE, asWritten = true) Optional<String> escape,
    @From(Key.DATA_HEADER) boolean header,
    @From(Key.DATA_MULTI_LINE) boolean multiLine,
    @From(value = Key.DATA_OPTIONS, asWritten = true) Optional<Map<String, String>> others) {
  /** Where all of them stand, ours and Spark's. */
  static final String BLOCK = "data.options.";

  private static final String QUOTE = "\"";

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

  FileKeys {
    // A tab is hard to write on a command line.
    separator = separator.map(written -> written.equals("\\t") ? "\t" : written);
    Refusal.unless(separator.map(FileKeys::isOne).orElse(true), Key.DATA_SEPARATOR);
    Refusal.unless(
        decimal.map(mark -> mark.equals(".") || mark.equals(",")).orElse(true), Key.DATA_DECIMAL);
    Refusal.unless(quote.map(mark -> mark.length() <= 1).orElse(true), Key.DATA_QUOTE);
    Refusal.unless(escape.map(FileKeys::isOne).orElse(true), Key.DATA_ESCAPE);
  }

  private static boolean isOne(String character) {
    return character.length() == 1;
  }

  /**
   * The whole block.
   *
   * @param formats that are read
   */
  FileOptions of(Set<FileFormat> formats) {
    Map<String, String> further = others.orElse(Map.of());
    formats.forEach(format -> further.keySet().forEach(name -> requireKnown(name, format)));
    return new FileOptions(
        encoding.map(FileKeys::encoding).orElse(Encoding.UTF_8),
        separator.orElse(""),
        decimal.orElse(".").charAt(0),
        quote.orElse(QUOTE),
        escape.or(() -> quote.filter(mark -> !mark.isEmpty())).orElse(QUOTE),
        header,
        multiLine,
        further);
  }

  private static Encoding encoding(String name) {
    return Encoding.of(name)
        .orElseThrow(
            () ->
                Refusal.of(
                    Key.DATA_ENCODING,
                    "no such encoding; did you mean %s?",
                    String.join(" or ", NearestKeys.among(name, Encoding.names()))));
  }

  /** A source that does not come with Spark may know any option. */
  private static void requireKnown(String name, FileFormat format) {
    String id = format.isText() ? "csv" : format.name();
    List<String> known = KNOWN.getOrDefault(id, List.of(name));
    if (!known.contains(name)) {
      throw new ConfigException(
          "unknown option "
              + BLOCK
              + Words.shortened(name)
              + " of "
              + format.name()
              + "; did you mean "
              + String.join(
                  " or ",
                  NearestKeys.among(name, all(known)).stream().map(near -> BLOCK + near).toList())
              + "?");
    }
  }

  /** Spark's names and ours. */
  private static List<String> all(List<String> known) {
    Stream<String> ours =
        Arrays.stream(Key.values())
            .filter(key -> key != Key.DATA_OPTIONS)
            .map(Key::path)
            .filter(path -> path.startsWith(BLOCK))
            .map(path -> path.substring(BLOCK.length()));
    return Stream.concat(known.stream(), ours).toList();
  }
}
