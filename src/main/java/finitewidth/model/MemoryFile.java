package finitewidth.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file's bytes as Parquet reads files. */
final class MemoryFile implements InputFile {
  private final byte[] bytes;

  MemoryFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** All of it, to be looked at. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public long getLength() {
    return bytes.length;
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(new Source(bytes));
  }

  private static final class Source extends java.io.ByteArrayInputStream {
    Source(byte[] bytes) {
      super(bytes);
    }

    long position() {
      return pos;
    }

    void seek(long position) throws IOException {
      if (position < 0 || position > count) {
        throw new EOFException("position " + position + " of " + count + " bytes");
      }
      pos = (int) position;
    }
  }

  private static final class Stream extends DelegatingSeekableInputStream {
    private final Source source;

    Stream(Source source) {
      super(source);
      this.source = source;
    }

    @Override
    public long getPos() {
      return source.position();
    }

    @Override
    public void seek(long position) throws IOException {
      source.seek(position);
    }
  }
}
