package finitewidth.data.table;

import finitewidth.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a Parquet file says of its columns.
 *
 * <p>It is read here, file by file, because Spark looks at one of many, and loses the reason where
 * it cannot read it.
 */
record ParquetFile(FileStatus status, FileMetaData footer) {
  private static final String MAGIC = "PAR1";

  /** Of files whose footer is encrypted, too. */
  private static final String ENCRYPTED = "PARE";

  /** Head, length of the footer, tail. */
  private static final int LEAST = 12;

  private static final int TAIL = 8;
  private static final int MOST_READERS = 16;

  /**
   * Reads the ends of files, in their order.
   *
   * @throws DataException naming a file that is none of Parquet, is damaged, or needs keys
   */
  static List<ParquetFile> read(Configuration hadoop, List<Path> files) {
    ExecutorService readers = Executors.newFixedThreadPool(Math.min(MOST_READERS, files.size()));
    try {
      List<CompletableFuture<ParquetFile>> read =
          files.stream()
              .map(file -> CompletableFuture.supplyAsync(() -> read(hadoop, file), readers))
              .toList();
      return read.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DataException fault ? fault : e;
    } finally {
      readers.shutdownNow();
    }
  }

  private static ParquetFile read(Configuration hadoop, Path file) {
    String shown = DataFiles.shown(file.toString());
    try {
      FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
      requireEnds(hadoop, status, shown);
      HadoopReadOptions.Builder options = HadoopReadOptions.builder(hadoop, file);
      options.withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS);
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromStatus(status, hadoop), options.build())) {
        return new ParquetFile(status, reader.getFileMetaData());
      }
    } catch (ParquetCryptoRuntimeException e) {
      throw unreadable(
          shown, "it is encrypted, and there are no keys for it: " + e.getMessage(), e);
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(shown, Unreadable.reason(e), e);
    } catch (RuntimeException e) { // whatever a damaged footer leads to
      throw unreadable(shown, "its footer is damaged: " + Unreadable.reason(e), e);
    }
  }

  private static DataException unreadable(String shown, String why, @Nullable Exception cause) {
    return new DataException(shown + " cannot be read: " + why, cause);
  }

  private static void requireEnds(Configuration hadoop, FileStatus status, String shown)
      throws IOException {
    long length = status.getLen();
    if (length == 0) {
      throw unreadable(shown, "it is empty, which no Parquet file is", null);
    }
    byte[] tail = new byte[(int) Math.min(length, TAIL)];
    String head;
    try (FSDataInputStream in = status.getPath().getFileSystem(hadoop).open(status.getPath())) {
      head = new String(in.readNBytes(MAGIC.length()), StandardCharsets.ISO_8859_1);
      in.readFully(length - tail.length, tail);
    }
    if (!head.equals(MAGIC) && !head.equals(ENCRYPTED)) {
      boolean visible = head.chars().allMatch(c -> c >= ' ' && c <= '~');
      throw unreadable(
          shown,
          ("it is no Parquet file, for it begins with %s and not with %s; if it is text, let its"
                  + " name end with .csv")
              .formatted(visible ? "\"" + head + "\"" : "other bytes", MAGIC),
          null);
    }
    String end = new String(tail, StandardCharsets.ISO_8859_1);
    int footer = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    boolean whole = footer > 0 && footer <= length - LEAST;
    if (!whole || (!end.endsWith(MAGIC) && !end.endsWith(ENCRYPTED))) {
      throw unreadable(
          shown,
          "it is damaged or cut off, for its %s bytes do not end as a Parquet file does"
              .formatted(length),
          null);
    }
  }

  /** For messages. */
  String shown() {
    return DataFiles.shown(status.getPath().toString());
  }
}
