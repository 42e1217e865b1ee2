package finitewidth.model;

import finitewidth.linalg.Matrix;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.example.data.Group;

/**
 * Takes rows of tensors into matrices of the shapes that are expected, and refuses what does not
 * belong there as soon as it comes.
 */
final class TensorRows {
  private final Map<String, Shapes.Shape> shapes;
  private final Map<String, Matrix> matrices = new HashMap<>();
  private final Map<String, BitSet> seen = new HashMap<>();

  TensorRows(Shapes expected) {
    shapes = expected.all();
  }

  /**
   * Adds a row.
   *
   * @param values a repeated group of one number each
   * @throws ModelException if there is no such row, or it is there already
   */
  void add(String name, int row, Group values) {
    Shapes.Shape shape = shapes.get(name);
    if (shape == null) {
      throw new ModelException("tensor " + shown(name) + " is unknown");
    }
    if (row < 0 || row >= shape.rows()) {
      throw new ModelException("tensor " + name + " has no row " + row);
    }
    String place = "row " + row + " of tensor " + name;
    int count = values.getFieldRepetitionCount(0);
    if (count != shape.cols()) {
      throw new ModelException(place + " has " + count + " numbers, not " + shape.cols());
    }
    BitSet rows = seen.computeIfAbsent(name, n -> new BitSet());
    if (rows.get(row)) {
      throw new ModelException(place + " stands twice");
    }
    rows.set(row);
    Matrix matrix =
        matrices.computeIfAbsent(name, n -> Matrix.zeros((int) shape.rows(), (int) shape.cols()));
    for (int j = 0; j < count; j++) {
      double value = values.getGroup(0, j).getDouble(0, 0);
      if (!Double.isFinite(value)) {
        throw new ModelException(place + " has a number that is not finite");
      }
      matrix.set(row, j, value);
    }
  }

  /** The matrices, of which nothing may be missing. */
  Map<String, Matrix> matrices() {
    shapes.forEach(
        (tensor, shape) -> {
          BitSet rows = seen.get(tensor);
          if (rows == null) {
            throw new ModelException("tensor " + tensor + " is missing");
          }
          if (rows.cardinality() != shape.rows()) {
            throw new ModelException(
                "row " + rows.nextClearBit(0) + " of tensor " + tensor + " is missing");
          }
        });
    return matrices;
  }

  /** Names in messages are those of a file that may be damaged. */
  private static String shown(String tensor) {
    String printable = tensor.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > 60 ? printable.substring(0, 60) + "…" : printable;
  }
}
