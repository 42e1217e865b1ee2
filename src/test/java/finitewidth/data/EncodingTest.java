package finitewidth.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  @ParameterizedTest
  @CsvSource({
    "utf-8, UTF-8",
    "UTF8, UTF-8",
    "utf-8-sig, UTF-8",
    "utf_8, UTF-8",
    "latin1, ISO-8859-1",
    "latin-1, ISO-8859-1",
    "iso-8859-15, ISO-8859-15",
    "cp1252, windows-1252",
    "ANSI, windows-1252",
    "utf-16-le, UTF-16LE",
    "utf16, UTF-16",
    "shift_jis, Shift_JIS",
    "macroman, x-MacRoman",
    "gb18030, GB18030"
  })
  void namesAsPeopleWriteThem(String name, String charset) {
    assertThat(Encoding.of(name)).contains(new Encoding(charset));
  }

  @Test
  void otherNamesAreNone() {
    assertThat(Encoding.of("latn1")).isEmpty();
    assertThat(Encoding.of("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "thé", "e\u0301", "😀\uDBFF\uDCFF", "\uFFFD", "", "\u0001"})
  void textIsText(String text) throws IOException {
    for (String charset : List.of("UTF-8", "UTF-16", "UTF-16LE", "GB18030", "UTF-32BE")) {
      byte[] bytes = text.getBytes(Charset.forName(charset));
      String read = read(new Encoding(charset), bytes);
      assertThat(read).as(charset).isEqualTo(text);
      assertThat(Encoding.isTorn(read)).isFalse();
      bytes = ("\uFEFF" + text).getBytes(Charset.forName(charset));
      assertThat(read(new Encoding(charset), bytes)).as(charset).isEqualTo(text);
    }
  }

  /** Latin-1, a sequence cut short, an overlong one, half a surrogate pair, one beyond Unicode. */
  @ParameterizedTest
  @ValueSource(strings = {"E9", "C3", "E2,82", "C0,AF", "ED,A0,80", "F4,90,80,80", "FF", "80"})
  void bytesThatAreNoTextAreTold(String hexadecimal) throws IOException {
    String[] codes = hexadecimal.split(",", -1);
    byte[] bytes = new byte[codes.length + 2];
    bytes[0] = 'a';
    bytes[codes.length + 1] = 'b';
    for (int k = 0; k < codes.length; k++) {
      bytes[k + 1] = (byte) Integer.parseInt(codes[k], 16);
    }
    String read = read(Encoding.UTF_8, bytes);
    assertThat(read).startsWith("a").endsWith("b").hasSize(bytes.length);
    assertThat(Encoding.isTorn(read)).isTrue();
    assertThat(Encoding.UTF_8.refuse("column \"c\"", read).getMessage())
        .startsWith("column \"c\" holds bytes that are not UTF-8 (")
        .contains("after \"a\"", "data.options.encoding");
  }

  @Test
  void bytesThatNoCharacterHas() throws IOException {
    byte[] bytes = {'x', (byte) 0x81};
    Encoding windows = new Encoding("windows-1252");
    assertThat(Encoding.isTorn(read(windows, bytes))).isTrue();
    assertThat(read(windows, new byte[] {(byte) 0xE9})).isEqualTo("é");
  }

  /** Files longer than any buffer, with characters and faults across its ends. */
  @Test
  void longFilesAreDecoded() throws IOException {
    assertThat(new Encoding("UTF-16").breaksLikeAscii()).isFalse();
    assertThat(new Encoding("GB18030").breaksLikeAscii()).isTrue();
    for (int shift = 0; shift < 4; shift++) {
      String text = "a".repeat(shift) + "é😀\r\n".repeat(20_000);
      assertThat(read(Encoding.UTF_8, text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
      byte[] utf16 = text.getBytes(StandardCharsets.UTF_16LE);
      assertThat(read(new Encoding("UTF-16LE"), utf16)).isEqualTo(text);
      byte[] latin = text.replace("😀", "").getBytes(Charset.forName("ISO-8859-1"));
      assertThat(read(Encoding.UTF_8, latin))
          .isEqualTo(text.replace("😀", "").replace('é', '\uDCE9'));
    }
    byte[] torn = {0, 'a', (byte) 0xD8, 0, 0, 'b'};
    assertThat(Encoding.isTorn(read(new Encoding("UTF-16BE"), torn))).isTrue();
  }

  private static String read(Encoding encoding, byte[] bytes) throws IOException {
    try (Reader reader = encoding.reader(new ByteArrayInputStream(bytes))) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    }
  }
}
