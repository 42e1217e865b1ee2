package finitewidth.inference.work;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * SHA-256 over a sequence of values. Each is preceded by its kind and length, so that no two
 * sequences give the same bytes.
 */
public final class Fingerprint implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int CHUNK = 1 << 13;

  private final byte[] hash;

  private Fingerprint(byte[] hash) {
    this.hash = hash;
  }

  /** Begins a fingerprint. */
  public static Builder of(String what) {
    return new Builder().add(what);
  }

  public byte[] bytes() {
    return hash.clone();
  }

  /** The first 32 of its 64 hexadecimal digits: enough for a name. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  /** Collects values. */
  public static final class Builder {
    private final Sha256 sum = new Sha256();

    private Builder() {}

    public Builder add(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      begin('s', bytes.length);
      sum.add(bytes);
      return this;
    }

    public Builder add(long number) {
      begin('l', number);
      return this;
    }

    public Builder add(boolean flag) {
      return add(flag ? 1L : 0L);
    }

    /** Takes in the bits of numbers. */
    public Builder add(double... numbers) {
      begin('d', numbers.length);
      ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (double number : numbers) {
        if (!bytes.hasRemaining()) {
          sum.add(bytes.flip());
          bytes.clear();
        }
        bytes.putDouble(number);
      }
      sum.add(bytes.flip());
      return this;
    }

    public Builder add(Matrix matrix) {
      begin('m', matrix.cols());
      return add(matrix.data());
    }

    public Builder add(Fingerprint other) {
      begin('f', other.hash.length);
      sum.add(other.hash);
      return this;
    }

    private void begin(char kind, long length) {
      sum.add((byte) kind);
      sum.add(length);
    }

    /** The fingerprint of all that was added. */
    public Fingerprint done() {
      return new Fingerprint(sum.bytes());
    }
  }
}
