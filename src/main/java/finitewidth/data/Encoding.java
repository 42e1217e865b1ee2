package finitewidth.data;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
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
 * <p>A byte that is no text stands in a line as half a surrogate pair, U+DC80 to U+DCFF, as in
 * Python's PEP 383. No text holds one, so whoever uses the cell can say where it is.
 *
 * @param charset its canonical name
 */
public record Encoding(String charset) implements Serializable {
  /** What files are in unless the configuration says otherwise. */
  public static final Encoding UTF_8 = new Encoding(StandardCharsets.UTF_8.name());

  /** Stands for bytes that are no text where whole files are read; no character has this code. */
  private static final char TORN = '\uFFFF';

  private static final int ESCAPE = 0xDC00;

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

  /** The text of a line, with half surrogate pairs for what is none. */
  String text(byte[] bytes, int length) {
    Charset known = Charset.forName(charset);
    String text = new String(bytes, 0, length, known);
    return text.indexOf('\uFFFD') < 0 ? text : escaped(known, bytes, length);
  }

  private static String escaped(Charset charset, byte[] bytes, int length) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    CharBuffer out = CharBuffer.allocate((int) Math.ceil(length * decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int k = 0; k < result.length(); k++) {
        int code = in.get() & 0xFF;
        out.put((char) (code < 0x80 ? code : ESCAPE + code));
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  /** Decodes a whole file, for {@link #utf8} line by line. */
  Reader reader(InputStream in) {
    return new InputStreamReader(
        in,
        Charset.forName(charset)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .replaceWith(String.valueOf(TORN)));
  }

  /** The UTF-8 bytes of a line of {@link #reader}; what was no text is none in them either. */
  static byte[] utf8(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int k = 0; k < bytes.length; k++) {
      // U+FFFF is EF BF BF.
      boolean torn =
          bytes[k] == (byte) 0xEF
              && k + 2 < bytes.length
              && bytes[k + 1] == (byte) 0xBF
              && bytes[k + 2] == (byte) 0xBF;
      bytes[length++] = torn ? (byte) 0xFF : bytes[k];
      k += torn ? 2 : 0;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Whether some of it was no text. */
  static boolean isTorn(String text) {
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
  BadRow refuse(String what, String cell) {
    int at = tornAt(cell);
    String before = cell.substring(Math.max(0, at - 20), at);
    int code = cell.charAt(at) - ESCAPE;
    return new BadRow(
        what
            + " holds bytes that are not "
            + charset
            + " ("
            + (code == 0xFF ? "" : String.format(Locale.ROOT, "hexadecimal %02X, ", code))
            + (at == 0 ? "at its beginning" : "after \"" + before + "\"")
            + "); say with data.options.encoding what the file is written in"
            + (charset.equals(UTF_8.charset) ? ", such as windows-1252 or utf-16" : ""));
  }
}
