package finitewidth.runtime.checkpoint;

import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import finitewidth.storage.Reason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The format of a file of pieces: a magic number, the format's version, the fingerprint; then for
 * each piece a mark, its length, its CRC-32C and its bytes; then an end mark and the number of
 * pieces. Numbers outside of pieces are big-endian.
 *
 * <p>Lengths are compared with what a piece may have and with what is left of the file before any
 * memory is taken, and a piece is handed on only once its checksum is right.
 */
final class PieceFile {
  /** "FWpieces". */
  private static final long MAGIC = 0x4657_7069_6563_6573L;

  /** To be raised whenever the bytes of any piece change their meaning. */
  static final int VERSION = 1;

  private static final int PIECE = 0x70;
  private static final int END = 0x65;
  private static final int HASH_BYTES = 32;

  private PieceFile() {}

  /** Writes a file. */
  static final class Writer implements Work.Pieces {
    private final DataOutputStream out;
    private long count;

    Writer(OutputStream to, Fingerprint fingerprint) throws IOException {
      out = new DataOutputStream(to);
      out.writeLong(MAGIC);
      out.writeInt(VERSION);
      out.write(fingerprint.bytes());
    }

    @Override
    public void put(ByteBuffer piece) throws IOException {
      CRC32C sum = new CRC32C();
      sum.update(piece.duplicate());
      out.writeByte(PIECE);
      out.writeInt(piece.remaining());
      out.writeInt((int) sum.getValue());
      out.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
      count++;
    }

    void end() throws IOException {
      out.writeByte(END);
      out.writeLong(count);
      out.flush();
    }
  }

  /** Hands on the pieces of a file at a path; why the rest of it is of no use, where it is not. */
  static Optional<String> read(
      FileSystem fs, Path file, Fingerprint fingerprint, long largest, Work.Pieces to) {
    try (InputStream in = new BufferedInputStream(fs.open(file), 1 << 16)) {
      read(in, fs.getFileStatus(file).getLen(), fingerprint, largest, to);
      return Optional.empty();
    } catch (Malformed e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException | FSError e) {
      return Optional.of("it cannot be read: " + Reason.of(e));
    }
  }

  /**
   * Hands on the pieces of a file, one after the other, as far as they are whole.
   *
   * @param length of the file
   * @param largest most bytes of a piece
   * @throws Malformed saying why the rest of the file is of no use; what was handed on is
   */
  static void read(
      InputStream from, long length, Fingerprint fingerprint, long largest, Work.Pieces to)
      throws IOException {
    DataInputStream in = new DataInputStream(from);
    long left = length - Long.BYTES - Integer.BYTES - HASH_BYTES;
    try {
      require(in.readLong() == MAGIC, "it is not a checkpoint file");
      int version = in.readInt();
      require(version == VERSION, "its format is " + version + ", not " + VERSION);
      byte[] hash = new byte[HASH_BYTES];
      in.readFully(hash);
      require(Arrays.equals(hash, fingerprint.bytes()), "its fingerprint is another");
      long count = 0;
      int mark = in.readUnsignedByte();
      for (; mark == PIECE; mark = in.readUnsignedByte()) {
        int size = in.readInt();
        int sum = in.readInt();
        left -= 1 + 2 * Integer.BYTES;
        require(
            size >= 0 && size <= largest && size <= left,
            "piece " + count + " claims " + size + " bytes");
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        left -= size;
        CRC32C actual = new CRC32C();
        actual.update(bytes);
        require((int) actual.getValue() == sum, "the checksum of piece " + count + " is wrong");
        hand(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), count, to);
        count++;
      }
      require(mark == END && in.readLong() == count, "it does not end as it should");
    } catch (EOFException e) {
      throw new Malformed("it ends too early");
    }
  }

  private static void hand(ByteBuffer piece, long number, Work.Pieces to) throws IOException {
    try {
      to.put(piece);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new Malformed("piece " + number + " does not fit: " + e.getMessage());
    }
  }

  private static void require(boolean holds, String otherwise) throws Malformed {
    if (!holds) {
      throw new Malformed(otherwise);
    }
  }

  /** Why a file, or the rest of it, is of no use. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }
}
