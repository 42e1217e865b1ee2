package finitewidth.job;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over what is added, in its order. */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void add(byte[] bytes) {
    add(bytes, bytes.length);
  }

  /** The first so many bytes. */
  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  void add(long number) {
    add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /** 64 hexadecimal digits; the fingerprint is empty again. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
