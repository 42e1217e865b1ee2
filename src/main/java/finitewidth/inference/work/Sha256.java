package finitewidth.inference.work;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 over the bytes of what is added, in its order and with nothing between: where the
 * boundaries count, {@link Fingerprint} marks them.
 */
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public void add(byte[] bytes) {
    digest.update(bytes);
  }

  /** The first so many bytes. */
  public void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** What remains of a buffer. */
  void add(ByteBuffer bytes) {
    digest.update(bytes);
  }

  void add(byte one) {
    digest.update(one);
  }

  /** Its eight bytes, the highest first. */
  public void add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }

  /** 32 bytes; the sum is empty again. */
  public byte[] bytes() {
    return digest.digest();
  }

  /** 64 hexadecimal digits; the sum is empty again. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
