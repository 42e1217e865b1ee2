package finitewidth.model;

import java.nio.ByteBuffer;

/**
 * Walks over structs in Thrift's compact protocol, as Parquet's footers and page headers are
 * written, and refuses lengths that the bytes at hand cannot hold: a reader would give memory to
 * whatever length it is told.
 *
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">the
 *     protocol</a>
 */
final class CompactThrift {
  private static final int DEEPEST = 16;
  private static final int LONGEST_VARINT = 10;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;

  private final ByteBuffer in;

  private CompactThrift(ByteBuffer in) {
    this.in = in;
  }

  /**
   * The number of bytes that the struct at a buffer's position takes; the position stays.
   *
   * @throws ModelException if there is no whole struct
   */
  static int length(ByteBuffer bytes) {
    ByteBuffer in = bytes.slice();
    new CompactThrift(in).struct(0);
    return in.position();
  }

  private void struct(int depth) {
    require(depth <= DEEPEST);
    for (int header = unsigned(); header != 0; header = unsigned()) {
      if (header >>> 4 == 0) {
        varint();
      }
      int type = header & 15;
      if (type != TRUE && type != FALSE) {
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) {
    switch (type) {
      // Of a list, that is; a field has its truth in its header.
      case TRUE, FALSE, BYTE -> skip(1);
      case I16, I32, I64 -> varint();
      case DOUBLE -> skip(Double.BYTES);
      case BINARY -> skip(varint());
      case LIST, SET -> {
        int header = unsigned();
        long size = header >>> 4 == 15 ? varint() : header >>> 4;
        values(size, new int[] {header & 15}, depth);
      }
      case MAP -> {
        long size = varint();
        if (size != 0) {
          int types = unsigned();
          values(size, new int[] {types >>> 4, types & 15}, depth);
        }
      }
      case STRUCT -> struct(depth + 1);
      default -> require(false);
    }
  }

  private void values(long size, int[] types, int depth) {
    // Every value takes a byte at least.
    require(size >= 0 && size <= in.remaining());
    for (long i = 0; i < size; i++) {
      for (int type : types) {
        value(type, depth + 1);
      }
    }
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      int next = unsigned();
      value |= (next & 127L) << (7 * i);
      if (next < 128) {
        return value;
      }
    }
    require(false);
    return 0;
  }

  private int unsigned() {
    require(in.hasRemaining());
    return in.get() & 255;
  }

  private void skip(long bytes) {
    require(bytes >= 0 && bytes <= in.remaining());
    in.position(in.position() + (int) bytes);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new ModelException("a Parquet file has a header that its bytes cannot hold");
    }
  }
}
