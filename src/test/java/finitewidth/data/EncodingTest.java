package finitewidth.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
  void textIsText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String read = Encoding.UTF_8.text(bytes, bytes.length);
    assertThat(read).isEqualTo(text);
    assertThat(Encoding.isTorn(read)).isFalse();
    assertThat(Encoding.utf8(text)).isEqualTo(bytes);
  }

  /** Latin-1, a sequence cut short, an overlong one, half a surrogate pair, one beyond Unicode. */
  @ParameterizedTest
  @ValueSource(strings = {"E9", "C3", "E2,82", "C0,AF", "ED,A0,80", "F4,90,80,80", "FF", "80"})
  void bytesThatAreNoTextAreTold(String hexadecimal) {
    String[] codes = hexadecimal.split(",", -1);
    byte[] bytes = new byte[codes.length + 2];
    bytes[0] = 'a';
    bytes[codes.length + 1] = 'b';
    for (int k = 0; k < codes.length; k++) {
      bytes[k + 1] = (byte) Integer.parseInt(codes[k], 16);
    }
    String read = Encoding.UTF_8.text(bytes, bytes.length);
    assertThat(read).startsWith("a").endsWith("b").hasSize(bytes.length);
    assertThat(Encoding.isTorn(read)).isTrue();
    assertThat(Encoding.UTF_8.refuse("column \"c\"", read).getMessage())
        .startsWith("column \"c\" holds bytes that are not UTF-8 (")
        .contains("after \"a\"", "data.options.encoding");
  }

  @Test
  void bytesThatNoCharacterHas() {
    byte[] bytes = {'x', (byte) 0x81};
    Encoding windows = new Encoding("windows-1252");
    assertThat(Encoding.isTorn(windows.text(bytes, 2))).isTrue();
    assertThat(windows.text(new byte[] {(byte) 0xE9}, 1)).isEqualTo("é");
  }

  /** What whole files are read as is handed on in UTF-8, faults and all. */
  @Test
  void wholeFilesAreHandedOn() throws IOException {
    Encoding utf16 = new Encoding("UTF-16");
    assertThat(utf16.breaksLikeAscii()).isFalse();
    assertThat(new Encoding("GB18030").breaksLikeAscii()).isTrue();
    byte[] file = "é,1\r\n😀,2\n".getBytes(Charset.forName("UTF-16"));
    try (BufferedReader lines = new BufferedReader(utf16.reader(new ByteArrayInputStream(file)))) {
      assertThat(Encoding.utf8(lines.readLine())).isEqualTo("é,1".getBytes(StandardCharsets.UTF_8));
      assertThat(Encoding.utf8(lines.readLine()))
          .isEqualTo("😀,2".getBytes(StandardCharsets.UTF_8));
    }
    byte[] torn = {0, 'a', (byte) 0xD8, 0, 0, 'b'};
    try (BufferedReader lines =
        new BufferedReader(new Encoding("UTF-16BE").reader(new ByteArrayInputStream(torn)))) {
      byte[] bytes = Encoding.utf8(lines.readLine());
      assertThat(Encoding.isTorn(Encoding.UTF_8.text(bytes, bytes.length))).isTrue();
    }
  }
}
