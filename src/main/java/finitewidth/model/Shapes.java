package finitewidth.model;

import java.util.LinkedHashMap;
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
}
