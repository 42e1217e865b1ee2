package finitewidth.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * Doubles as bytes, for what is sent: Java serialisation writes and reads an array of bytes at one
 * go but one of doubles number by number, which in tasks of a tenth of a second is felt.
 */
public final class NumberBytes {
  private NumberBytes() {}

  /** All arrays one after another. */
  public static byte[] of(double[]... arrays) {
    int count = 0;
    for (double[] array : arrays) {
      count = Math.addExact(count, array.length);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, count));
    DoubleBuffer numbers = bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    for (double[] array : arrays) {
      numbers.put(array);
    }
    return bytes.array();
  }

  /** Fills the arrays, one after another, with what {@link #of} was given. */
  public static void read(byte[] bytes, double[]... arrays) {
    DoubleBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    for (double[] array : arrays) {
      numbers.get(array);
    }
  }
}
