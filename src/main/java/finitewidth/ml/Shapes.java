package finitewidth.ml;

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

  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  void put(String name, long rows, long cols) {
    shapes.put(name, new Shape(rows, cols));
  }

  /** So many square tensors, numbered from 0. */
  void putAll(String prefix, int count, long size) {
    for (int x = 0; x < count; x++) {
      put(prefix + x, size, size);
    }
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
