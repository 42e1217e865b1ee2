package finitewidth.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Looks through a Parquet file of {@link Tensors} before it is read: what headers say of lengths
 * and counts must lie within the file, or be no more than {@link #JUSTIFIED} times what it holds.
 * Parquet's own reader gives memory to whatever its headers say.
 */
final class ParquetGuard {
  /**
   * Numbers of memory that a byte of a file justifies. Tensors are mostly of digits that do not
   * compress; this many leaves room for tensors of zeros.
   */
  static final long JUSTIFIED = 1000;

  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int TAIL = Integer.BYTES + MAGIC.length;
  private static final int MOST_SCHEMA_ELEMENTS = 6;

  /** Of the first version of Parquet's pages, which is what models are written in. */
  private static final Set<Encoding> ENCODINGS =
      Set.of(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY);

  /** What columns without levels say does not matter. */
  private static final Set<Encoding> LEVELS = Set.of(Encoding.RLE, Encoding.BIT_PACKED);

  private final ByteBuffer file;
  private final int end;

  private ParquetGuard(ByteBuffer file) {
    this.file = file.order(ByteOrder.LITTLE_ENDIAN);
    int length = file.capacity();
    require(length >= 2 * MAGIC.length + Integer.BYTES, "is too short");
    for (int i = 0; i < MAGIC.length; i++) {
      require(
          file.get(i) == MAGIC[i] && file.get(length - MAGIC.length + i) == MAGIC[i],
          "is no Parquet file, or is cut off");
    }
    int footer = file.getInt(length - TAIL);
    require(footer > 0 && footer <= length - TAIL - MAGIC.length, "has no whole footer");
    end = length - TAIL - footer;
  }

  /**
   * Looks through a file.
   *
   * @throws ModelException if it cannot be what it says
   */
  static void check(ByteBuffer file) throws IOException {
    ParquetGuard guard = new ParquetGuard(file);
    guard.check(guard.footer());
  }

  private FileMetaData footer() throws IOException {
    return Util.readFileMetaData(stream(end, file.capacity() - TAIL));
  }

  /** The struct in these bytes, which is whole. */
  private ByteArrayInputStream stream(int from, int to) {
    int length = CompactThrift.length(file.slice(from, to - from));
    byte[] bytes = new byte[length];
    file.get(from, bytes);
    return new ByteArrayInputStream(bytes);
  }

  private void check(FileMetaData footer) throws IOException {
    // Deeper schemas would be built by recursion.
    List<SchemaElement> schema = footer.getSchema();
    require(schema != null && schema.size() <= MOST_SCHEMA_ELEMENTS, "has other columns");
    require(footer.getRow_groups() != null, "has no row groups");
    for (RowGroup group : footer.getRow_groups()) {
      require(group.getColumns() != null && group.getNum_rows() >= 0, "has no columns");
      for (ColumnChunk chunk : group.getColumns()) {
        require(chunk.getMeta_data() != null && !chunk.isSetFile_path(), "has no columns");
        check(chunk.getMeta_data());
      }
    }
  }

  private void check(ColumnMetaData chunk) throws IOException {
    long from = chunk.getData_page_offset();
    if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
      from = Math.min(from, chunk.getDictionary_page_offset());
    }
    long size = chunk.getTotal_compressed_size();
    require(
        from >= MAGIC.length && size >= 0 && from <= end && size <= end - from,
        "says that columns lie outside of it");
    int to = (int) (from + size);
    for (int at = (int) from; at < to; ) {
      int length = CompactThrift.length(file.slice(at, to - at));
      PageHeader header = Util.readPageHeader(stream(at, to));
      at += length;
      int compressed = header.getCompressed_page_size();
      require(compressed >= 0 && compressed <= to - at, "has pages longer than itself");
      check(header, chunk.getCodec(), at);
      at += compressed;
    }
  }

  private void check(PageHeader header, CompressionCodec codec, int at) {
    long size = header.getUncompressed_page_size();
    require(size >= 0 && size <= justified(), "has pages that cannot be so long");
    if (codec == CompressionCodec.SNAPPY && header.getCompressed_page_size() > 0) {
      require(snappyLength(at) == size, "has pages of other lengths than it says");
    }
    if (header.getType() == PageType.DICTIONARY_PAGE) {
      long values = header.getDictionary_page_header().getNum_values();
      require(values >= 0 && values * Integer.BYTES <= size, "has a dictionary of too few bytes");
    } else {
      require(
          header.getType() == PageType.DATA_PAGE
              && ENCODINGS.contains(header.getData_page_header().getEncoding())
              && LEVELS.contains(header.getData_page_header().getRepetition_level_encoding())
              && LEVELS.contains(header.getData_page_header().getDefinition_level_encoding()),
          "has pages of another kind than models have");
      long values = header.getData_page_header().getNum_values();
      require(values >= 0 && values * Double.BYTES <= justified(), "cannot hold so many numbers");
    }
  }

  private long justified() {
    return JUSTIFIED * file.capacity();
  }

  /** What a snappy stream says of the length of its content, in front. */
  private long snappyLength(int at) {
    long length = 0;
    for (int i = 0; i < 5 && at + i < end; i++) {
      int next = file.get(at + i);
      length |= (next & 127L) << (7 * i);
      if (next >= 0) {
        return length;
      }
    }
    return -1;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new ModelException("a Parquet file " + what);
    }
  }
}
