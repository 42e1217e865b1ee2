package finitewidth.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Names and shapes of tensors. */
final class Shapes {
  /** Rows and columns. */
  record Shape(long rows, long cols) {
    @Override
    public String toString() {
      return rows + " × " + cols;
    }
  }

  /** More than any model has; beyond, their names alone would fill a memory. */
  static final int MOST = 1 << 20;

  /** Tensors are mostly of digits that do not compress; this leaves room for tensors of zeros. */
  private static final double MOST_COMPRESSED = 1000;

  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  /**
   * @throws ModelException if it cannot be a matrix
   */
  void put(String name, long rows, long cols) {
    if (rows < 0 || cols < 0 || (double) rows * cols > Integer.MAX_VALUE || shapes.size() == MOST) {
      throw new ModelException("tensor " + name + " of " + rows + " × " + cols + " is too large");
    }
    shapes.put(name, new Shape(rows, cols));
  }

  Map<String, Shape> all() {
    return shapes;
  }

  /** Of all tensors together. */
  double bytes() {
    return shapes.values().stream()
        .mapToDouble(shape -> (double) Double.BYTES * shape.rows() * shape.cols())
        .sum();
  }

  /**
   * Refuses tensors that cannot be in files of so many bytes, or not in memory.
   *
   * @throws ModelException saying so
   */
  void requireRoom(long fileBytes) {
    double bytes = bytes();
    if (bytes > MOST_COMPRESSED * fileBytes) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "tensors of %.3g numbers cannot be in %d bytes of data",
              bytes / Double.BYTES,
              fileBytes));
    }
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "it holds %.1f GiB of numbers, more than the memory of this driver; give it more",
              bytes / (1L << 30)));
    }
  }
}
