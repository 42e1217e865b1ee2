package finitewidth.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the bytes of a text file are text.
 *
 * <p>Where Spark leaves U+FFFD of a byte that is no text, {@link #reader} leaves half a surrogate
 * pair, U+DC80 to U+DCFF, as in Python's PEP 383, so that a message can say which byte it was.
 *
 * @param charset its canonical name
 */
public record Encoding(String charset) implements Serializable {
  /** What files are in unless the configuration says otherwise. */
  public static final Encoding UTF_8 = new Encoding(StandardCharsets.UTF_8.name());

  /** What a decoder leaves of bytes that are no text. */
  public static final char LOST = '\uFFFD';

  /** Added to a byte that is no text. */
  static final int ESCAPE = 0xDC00;

  /** Names that other tools use and the JDK does not know. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "utf8sig", "UTF-8",
          "utf8bom", "UTF-8",
          "ansi", "windows-1252",
          "ucs2", "UTF-16");

  /** The encoding of that name, hyphens and case aside. */
  public static Optional<Encoding> of(String name) {
    String plain = plain(name);
    String other = OTHER_NAMES.get(plain);
    if (other != null) {
      return Optional.of(new Encoding(other));
    }
    return Charset.availableCharsets().values().stream()
        .filter(charset -> names(charset).anyMatch(known -> plain(known).equals(plain)))
        .findFirst()
        .map(charset -> new Encoding(charset.name()));
  }

  /** All names that {@link #of} knows, as the JDK writes them. */
  public static List<String> names() {
    return Charset.availableCharsets().values().stream().flatMap(Encoding::names).toList();
  }

  private static Stream<String> names(Charset charset) {
    return Stream.concat(Stream.of(charset.name()), charset.aliases().stream());
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /**
   * Whether a line break is the byte that it is in ASCII, so that files can be cut at lines before
   * anybody knows what they say.
   */
  boolean breaksLikeAscii() {
    Charset known = Charset.forName(charset);
    return !known.canEncode() || Arrays.equals("\n,".getBytes(known), new byte[] {'\n', ','});
  }

  /** Decodes a file, without its mark, with half surrogate pairs for what is no text. */
  public Reader reader(InputStream in) {
    return new EscapingReader(in, Charset.forName(charset));
  }

  /** The same of bytes that have been read. */
  public String escaped(byte[] bytes) {
    StringWriter text = new StringWriter();
    try (Reader reader = reader(new ByteArrayInputStream(bytes))) {
      reader.transferTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Refuses text of which some bytes were none, or had been lost before.
   *
   * @param what of the file it is
   */
  public void refuseLost(String what, String text) {
    if (isTorn(text)) {
      throw refuse(what, text);
    }
    if (text.indexOf(LOST) >= 0) {
      throw new BadRow(
          what
              + " holds U+FFFD, which stands for bytes that were lost when the file was written;"
              + " write it anew");
    }
  }

  /** Whether some of it was no text. */
  public static boolean isTorn(String text) {
    return tornAt(text) >= 0;
  }

  private static int tornAt(String text) {
    for (int k = 0; k < text.length(); k++) {
      char c = text.charAt(k);
      boolean escape =
          c > ESCAPE + 0x7F
              && c <= ESCAPE + 0xFF
              && (k == 0 || !Character.isHighSurrogate(text.charAt(k - 1)));
      if (escape) {
        return k;
      }
    }
    return -1;
  }

  /**
   * The refusal of a cell that is torn.
   *
   * @param what of the file it is
   */
  public BadRow refuse(String what, String cell) {
    int at = tornAt(cell);
    String where =
        at == 0 ? "at its beginning" : "after \"" + cell.substring(Math.max(0, at - 20), at) + "\"";
    return new BadRow(
        String.format(
            Locale.ROOT,
            "%s holds bytes that are not %s (hexadecimal %02X, %s); say with data.options.encoding"
                + " what the file is written in%s",
            what,
            charset,
            cell.charAt(at) - ESCAPE,
            where,
            equals(UTF_8) ? ", such as windows-1252 or utf-16" : ""));
  }
}
