package finitewidth.data.table;

import finitewidth.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.io.compress.CompressionCodec;

/** Files that are called like text and are something else, known by their first bytes. */
enum FileKind {
  GZIP("\u001f\u008b", "is packed with gzip; call it %s.gz, or unpack it"),
  PARQUET("PAR1", "is a Parquet file; let its name end with .parquet"),
  ZIP("PK\u0003\u0004", "is a zip archive or an Excel workbook; save it as csv"),
  EXCEL("\u00d0\u00cf\u0011\u00e0", "is an old Excel workbook; save it as csv"),
  BZIP2("BZh", "is packed with bzip2; call it %s.bz2, or unpack it"),
  XZ("\u00fd7zXZ", "is packed with xz; unpack it, or pack it with gzip"),
  ZSTD("(\u00b5/\u00fd", "is packed with zstd; call it %s.zst, or unpack it"),
  SEVEN_ZIP("7z\u00bc\u00af", "is a 7z archive; unpack it"),
  ORC("ORC", "is an ORC file; let its name end with .orc"),
  AVRO("Obj\u0001", "is an Avro file; let its name end with .avro"),
  ARROW("ARROW1", "is an Arrow file; write it as Parquet or csv"),
  HDF5("\u0089HDF", "is an HDF5 file; write it as Parquet or csv"),
  NUMPY("\u0093NUMPY", "is a NumPy file; write it as Parquet or csv"),
  PDF("%PDF-", "is a PDF document; save it as csv"),
  SQLITE("SQLite format 3\u0000", "is an SQLite database; write its table as csv"),
  LFS("version https://git-lfs", "is a pointer of Git LFS, not the data; run git lfs pull"),
  HTML("<!doctype html", "is a web page, not the data"),
  PAGE("<html", "is a web page, not the data");

  private static final int HEAD = 64;

  private final String magic;
  private final String cure;

  FileKind(String magic, String cure) {
    this.magic = magic;
    this.cure = cure;
  }

  /**
   * Refuses a file of text that cannot be one, and goes back to its beginning.
   *
   * @param in the file as it is, at its beginning; can be marked
   * @param codec what its name says that it is packed with
   * @param shown its name, for messages
   * @throws DataException naming the file and what it is
   */
  static void requireText(InputStream in, Optional<CompressionCodec> codec, String shown)
      throws IOException {
    in.mark(HEAD);
    // Latin-1 keeps bytes as they are.
    String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    in.reset();
    Optional<FileKind> kind = of(head);
    if (codec.isEmpty() && kind.isPresent()) {
      throw new DataException(shown + " cannot be read: it " + kind.get().cure(shown));
    }
    boolean gzip = codec.isPresent() && codec.get().getDefaultExtension().equals(".gz");
    if (gzip && !head.isEmpty() && !head.startsWith(GZIP.magic)) {
      throw new DataException(
          "%s cannot be read: it is not packed with gzip, as its name says%s%s"
              .formatted(
                  shown,
                  kind.map(other -> ", but " + other.cure(shown)).orElse(""),
                  isBinary(head) ? "" : "; if it is text, let its name end without .gz"));
    }
  }

  private String cure(String shown) {
    return cure.formatted(shown.substring(shown.lastIndexOf('/') + 1));
  }

  private static Optional<FileKind> of(String head) {
    String start = head.toLowerCase(Locale.ROOT);
    for (FileKind kind : values()) {
      boolean text = kind == LFS || kind == HTML || kind == PAGE || kind == PDF;
      if (text
          ? start.startsWith(kind.magic.toLowerCase(Locale.ROOT))
          : isBinary(head) && head.startsWith(kind.magic)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Whether there are characters that text has not: a column may well be called ORC. */
  private static boolean isBinary(String head) {
    return head.chars().anyMatch(c -> c < '\t' || (c > '\r' && c < ' '));
  }
}
