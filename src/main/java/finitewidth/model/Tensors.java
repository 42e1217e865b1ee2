package finitewidth.model;

import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Named matrices. */
final class Tensors {
  private final Map<String, Matrix> matrices = new HashMap<>();
  private final List<String> order = new ArrayList<>();

  void put(String name, Matrix matrix) {
    if (matrices.put(name, matrix) != null) {
      throw new IllegalArgumentException("tensor " + name + " stands twice");
    }
    order.add(name);
  }

  void put(String name, double[] row) {
    put(name, Matrix.wrap(1, row.length, row));
  }

  /** A tensor that is there. */
  Matrix get(String name) {
    Matrix matrix = matrices.get(name);
    if (matrix == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return matrix;
  }

  /** Names in the order in which they were put. */
  List<String> order() {
    return Collections.unmodifiableList(order);
  }
}
