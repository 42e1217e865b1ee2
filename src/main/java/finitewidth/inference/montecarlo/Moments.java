package finitewidth.inference.montecarlo;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Means of many quantities over batches, and their standard errors from the scatter of the batches
 * (Welford; merged as by Chan, Golub, LeVeque). The order of the merges fixes the bits.
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private int batches;
  private final double[] mean;
  private final double[] squares;

  /** No batches of that many quantities. */
  public Moments(int quantities) {
    mean = new double[quantities];
    squares = new double[quantities];
  }

  /** Takes in one batch. */
  public void add(double[] estimate) {
    batches++;
    for (int i = 0; i < mean.length; i++) {
      double off = estimate[i] - mean[i];
      mean[i] += off / batches;
      squares[i] += off * (estimate[i] - mean[i]);
    }
  }

  /** Takes in the batches of another, which come after these. */
  public void add(Moments later) {
    int total = batches + later.batches;
    if (later.batches == 0) {
      return;
    }
    for (int i = 0; i < mean.length; i++) {
      double off = later.mean[i] - mean[i];
      mean[i] += off * later.batches / total;
      squares[i] += later.squares[i] + off * off * ((double) batches * later.batches / total);
    }
    batches = total;
  }

  public int batches() {
    return batches;
  }

  /** Of quantity i. */
  public double mean(int i) {
    return mean[i];
  }

  /** The standard error of the mean of quantity i; NaN of fewer than two batches. */
  public double standardError(int i) {
    return Math.sqrt(squares[i] / ((double) batches * (batches - 1)));
  }

  /** How many quantities there are. */
  public int quantities() {
    return mean.length;
  }

  /** The bytes that {@link #write} writes for so many quantities. */
  public static long bytes(int quantities) {
    return Integer.BYTES + 2L * Double.BYTES * quantities;
  }

  /** Writes the number of batches, the means and the sums of squares, little-endian. */
  public void write(ByteBuffer to) {
    to.order(ByteOrder.LITTLE_ENDIAN).putInt(batches);
    for (double number : mean) {
      to.putDouble(number);
    }
    for (double number : squares) {
      to.putDouble(number);
    }
  }

  /**
   * What {@link #write} has written.
   *
   * @throws IllegalArgumentException if there are not that many bytes
   */
  public static Moments read(int quantities, ByteBuffer from) {
    if (from.remaining() != bytes(quantities)) {
      throw new IllegalArgumentException(
          "moments of " + quantities + " quantities take another number of bytes");
    }
    Moments moments = new Moments(quantities);
    moments.batches = from.order(ByteOrder.LITTLE_ENDIAN).getInt();
    for (int i = 0; i < quantities; i++) {
      moments.mean[i] = from.getDouble();
    }
    for (int i = 0; i < quantities; i++) {
      moments.squares[i] = from.getDouble();
    }
    return moments;
  }
}
