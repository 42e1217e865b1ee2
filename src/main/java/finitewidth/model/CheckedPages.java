package finitewidth.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;

/**
 * Pages of which the runs of levels and of dictionary indices are looked through before they are
 * decoded: a run of packed numbers is given the memory that its header, a few bytes, asks for.
 */
final class CheckedPages implements PageReadStore {
  private final PageReadStore pages;

  CheckedPages(PageReadStore pages) {
    this.pages = pages;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return new Checked(pages.getPageReader(column), column);
  }

  @Override
  public long getRowCount() {
    return pages.getRowCount();
  }

  @Override
  public Optional<Long> getRowIndexOffset() {
    return pages.getRowIndexOffset();
  }

  @Override
  public Optional<PrimitiveIterator.OfLong> getRowIndexes() {
    return pages.getRowIndexes();
  }

  private record Checked(PageReader reader, ColumnDescriptor column) implements PageReader {
    @Override
    public DictionaryPage readDictionaryPage() {
      return reader.readDictionaryPage();
    }

    @Override
    public long getTotalValueCount() {
      return reader.getTotalValueCount();
    }

    @Override
    public DataPage readPage() {
      DataPage page = reader.readPage();
      if (page == null) {
        return page;
      }
      if (!(page instanceof DataPageV1 first)) {
        throw new ModelException("a Parquet file has pages of another kind than models have");
      }
      try {
        byte[] bytes = first.getBytes().toByteArray();
        check(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), first);
        return new DataPageV1(
            BytesInput.from(bytes),
            first.getValueCount(),
            first.getUncompressedSize(),
            first.getStatistics(),
            first.getRlEncoding(),
            first.getDlEncoding(),
            first.getValueEncoding());
      } catch (IOException e) {
        throw new ModelException("a page cannot be read: " + e.getMessage());
      }
    }

    private void check(ByteBuffer bytes, DataPageV1 page) {
      int[] levels = {column.getMaxRepetitionLevel(), column.getMaxDefinitionLevel()};
      List<Encoding> encodings = List.of(page.getRlEncoding(), page.getDlEncoding());
      for (int i = 0; i < levels.length; i++) {
        if (levels[i] > 0) {
          require(encodings.get(i) == Encoding.RLE && bytes.remaining() >= Integer.BYTES);
          int length = bytes.getInt();
          require(length >= 0 && length <= bytes.remaining());
          checkRuns(
              bytes.slice(bytes.position(), length),
              Integer.SIZE - Integer.numberOfLeadingZeros(levels[i]),
              page.getValueCount());
          bytes.position(bytes.position() + length);
        }
      }
      boolean indices =
          page.getValueEncoding() == Encoding.PLAIN_DICTIONARY
              || page.getValueEncoding() == Encoding.RLE_DICTIONARY;
      if (indices && bytes.hasRemaining()) {
        int width = bytes.get();
        require(width >= 0 && width <= Integer.SIZE);
        checkRuns(bytes.slice(), width, page.getValueCount());
      }
    }

    /** Runs of repeated and of packed numbers, see Parquet's RLE/bit-packing hybrid. */
    private static void checkRuns(ByteBuffer in, int width, long values) {
      while (in.hasRemaining()) {
        long header = varint(in);
        long groups = header >>> 1;
        boolean packed = (header & 1) == 1;
        // The last group of eight is filled up.
        require(!packed || groups <= (values + 7) / 8);
        // A last run may be cut off where what is missing is filling.
        long bytes = packed ? groups * width : (width + 7) / 8;
        in.position((int) Math.min(in.limit(), in.position() + bytes));
      }
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int i = 0; i < 5; i++) {
        require(in.hasRemaining());
        int next = in.get();
        value |= (next & 127L) << (7 * i);
        if (next >= 0) {
          return value;
        }
      }
      require(false);
      return 0;
    }

    private static void require(boolean holds) {
      if (!holds) {
        throw new ModelException("a Parquet file has runs that its pages cannot hold");
      }
    }
  }
}
