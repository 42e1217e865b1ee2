package finitewidth.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The line of column names of a csv file: its first line that is not blank. */
final class CsvHeader {
  private CsvHeader() {}

  /**
   * Reads the names.
   *
   * @param shown the file's name, for messages
   * @return the names; empty if there are only blank lines
   * @throws DataException if the file cannot be read, or is no text
   */
  static Optional<List<String>> read(
      Configuration hadoop, Path file, String shown, Encoding encoding) {
    Optional<CompressionCodec> codec =
        Optional.ofNullable(new CompressionCodecFactory(hadoop).getCodec(file));
    int number = 0;
    try {
      Configuration readable = DataFiles.readable(hadoop, List.of(file));
      try (InputStream raw = new BufferedInputStream(file.getFileSystem(readable).open(file))) {
        FileKind.requireText(raw, codec, shown);
        try (InputStream in = codec.isPresent() ? codec.get().createInputStream(raw) : raw;
            BufferedReader reader = new BufferedReader(encoding.reader(in))) {
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            byte[] plain = EncodedLines.utf8(line, number == 1);
            String text = Encoding.UTF_8.text(plain, plain.length);
            if (!text.isBlank()) {
              return Optional.of(names(text, encoding));
            }
          }
          return Optional.empty();
        }
      }
    } catch (BadRow e) {
      throw new DataException(shown + ", header (line " + number + "): " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(shown + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<String> names(String line, Encoding encoding) {
    List<String> names = CsvLine.split(line);
    for (int k = 0; k < names.size(); k++) {
      String what = "the name of column " + (k + 1);
      if (Encoding.isTorn(names.get(k))) {
        throw encoding.refuse(what, names.get(k));
      }
      if (names.get(k).indexOf('\0') >= 0) {
        throw new BadRow(
            what
                + " has a NUL in it, as in UTF-16 read as "
                + encoding.charset()
                + "; say with data.options.encoding what the file is written in, such as utf-16le");
      }
    }
    return names.stream().map(String::strip).toList();
  }
}
