package finitewidth.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** The pages of a row group, decompressed, as Parquet's decoders ask for them. */
final class TensorPages implements PageReadStore {
  private final long rows;
  private final Map<ColumnDescriptor, Pages> columns = new HashMap<>();

  /**
   * @param file all bytes of the Parquet file
   */
  TensorPages(byte[] file, MessageType schema, RowGroup group) throws IOException {
    rows = group.getNum_rows();
    for (ColumnChunk chunk : group.getColumns()) {
      List<String> path = chunk.getMeta_data().getPath_in_schema();
      ColumnDescriptor column = schema.getColumnDescription(path.toArray(String[]::new));
      columns.put(column, new Pages(file, chunk.getMeta_data()));
    }
  }

  @Override
  public long getRowCount() {
    return rows;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    Pages pages = columns.get(column);
    if (pages == null) {
      throw new ModelException("column " + String.join(".", column.getPath()) + " is missing");
    }
    return pages;
  }

  private static final class Pages implements PageReader {
    private final CompressionCodec codec;
    private final long values;
    private final Queue<DataPage> data = new ArrayDeque<>();
    private @Nullable DictionaryPage dictionary;

    Pages(byte[] file, ColumnMetaData meta) throws IOException {
      codec = meta.getCodec();
      values = meta.getNum_values();
      long first = meta.getData_page_offset();
      // A chunk without a dictionary may say that it is at 0.
      if (meta.isSetDictionary_page_offset() && meta.getDictionary_page_offset() > 0) {
        first = Math.min(first, meta.getDictionary_page_offset());
      }
      long length = meta.getTotal_compressed_size();
      if (first < 0 || length < 0 || first > file.length || length > file.length - first) {
        throw new ModelException("a page lies outside of its file");
      }
      ByteArrayInputStream in = new ByteArrayInputStream(file, (int) first, (int) length);
      long seen = 0;
      while (seen < values) {
        PageHeader header = Util.readPageHeader(in);
        BytesInput bytes = BytesInput.from(bytes(header, in));
        switch (header.getType()) {
          case DICTIONARY_PAGE ->
              dictionary =
                  new DictionaryPage(
                      bytes,
                      header.getUncompressed_page_size(),
                      header.getDictionary_page_header().getNum_values(),
                      encoding(header.getDictionary_page_header().getEncoding()));
          case DATA_PAGE -> {
            data.add(page(header, bytes));
            seen += header.getData_page_header().getNum_values();
          }
          case DATA_PAGE_V2, INDEX_PAGE ->
              throw new ModelException("it has pages of a version that no model is written with");
        }
      }
    }

    private static DataPage page(PageHeader header, BytesInput bytes) {
      DataPageHeader about = header.getData_page_header();
      return new DataPageV1(
          bytes,
          about.getNum_values(),
          header.getUncompressed_page_size(),
          // Nobody asks for statistics here, and making them takes a library of geometry.
          null,
          encoding(about.getRepetition_level_encoding()),
          encoding(about.getDefinition_level_encoding()),
          encoding(about.getEncoding()));
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
      return Encoding.valueOf(encoding.name());
    }

    private byte[] bytes(PageHeader header, ByteArrayInputStream in) throws IOException {
      byte[] raw = in.readNBytes(header.getCompressed_page_size());
      if (raw.length < header.getCompressed_page_size()) {
        throw new ModelException("a page ends too early");
      }
      if (header.isSetCrc()) {
        CRC32 sum = new CRC32();
        sum.update(raw);
        if ((int) sum.getValue() != header.getCrc()) {
          throw new ModelException("a page is not what was written: its checksum is another");
        }
      }
      byte[] bytes = decompressed(raw, header.getUncompressed_page_size());
      if (bytes.length != header.getUncompressed_page_size()) {
        throw new ModelException("a page has another length than its header says");
      }
      return bytes;
    }

    private byte[] decompressed(byte[] raw, int length) throws IOException {
      return switch (codec) {
        case UNCOMPRESSED -> raw;
        case SNAPPY -> Snappy.uncompress(raw);
        case GZIP -> {
          try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            yield in.readNBytes(Math.addExact(length, 1));
          }
        }
        case LZO, BROTLI, LZ4, ZSTD, LZ4_RAW ->
            throw new ModelException(
                "its tensors are compressed by "
                    + codec
                    + ", which is read with Spark alone; save it with"
                    + " spark.sql.parquet.compression.codec = snappy, gzip or uncompressed");
      };
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      return dictionary;
    }

    @Override
    public long getTotalValueCount() {
      return values;
    }

    @Override
    public @Nullable DataPage readPage() {
      return data.poll();
    }
  }
}
