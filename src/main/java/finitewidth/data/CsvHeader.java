package finitewidth.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
  static Optional<List<String>> read(Configuration hadoop, Path file, String shown) {
    Optional<CompressionCodec> codec =
        Optional.ofNullable(new CompressionCodecFactory(hadoop).getCodec(file));
    int number = 0;
    try {
      Configuration readable = DataFiles.readable(hadoop, List.of(file));
      try (InputStream raw = new BufferedInputStream(file.getFileSystem(readable).open(file))) {
        FileKind.requireText(raw, codec, shown);
        try (InputStream in = codec.isPresent() ? codec.get().createInputStream(raw) : raw;
            BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String plain = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
            if (!plain.isBlank()) {
              return Optional.of(CsvLine.split(plain).stream().map(String::strip).toList());
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
}
