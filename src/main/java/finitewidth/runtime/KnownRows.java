package finitewidth.runtime;

import finitewidth.posterior.Prediction;
import finitewidth.posterior.PredictionShape;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Predictions that are there already, by the numbers of their rows; what is broadcast. As bytes, a
 * row is its number (8 bytes) and the numbers of its prediction, little-endian.
 */
public final class KnownRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PredictionShape shape;

  /** Ascending. */
  private final long[] numbers;

  /** Rows in that order. */
  private final byte[] rows;

  KnownRows(PredictionShape shape, long[] numbers, byte[] rows) {
    this.shape = shape;
    this.numbers = numbers;
    this.rows = rows;
  }

  /** Bytes of a row. */
  static int rowBytes(PredictionShape shape) {
    return Long.BYTES + Double.BYTES * shape.numbers();
  }

  /** Whether the prediction of this row is there. */
  public boolean has(long number) {
    return Arrays.binarySearch(numbers, number) >= 0;
  }

  /** The prediction of this row, if it is there. */
  public Optional<Prediction> of(long number) {
    int at = Arrays.binarySearch(numbers, number);
    if (at < 0) {
      return Optional.empty();
    }
    int bytes = rowBytes(shape);
    ByteBuffer row = ByteBuffer.wrap(rows, at * bytes + Long.BYTES, bytes - Long.BYTES);
    return Optional.of(shape.read(row.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer()));
  }

  /** One row as bytes. */
  public byte[] bytes(long number, Prediction prediction) {
    ByteBuffer row = ByteBuffer.allocate(rowBytes(shape)).order(ByteOrder.LITTLE_ENDIAN);
    row.putLong(number);
    shape.write(prediction, row.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer());
    return row.array();
  }
}
