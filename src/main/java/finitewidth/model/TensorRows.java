package finitewidth.model;

import finitewidth.linalg.Matrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Takes rows of tensors from Parquet into matrices of the shapes that are expected, and refuses
 * what does not belong there as soon as it comes.
 */
final class TensorRows extends RecordMaterializer<Boolean> {
  private static final List<String> FIELDS = List.of("tensor", "row", "values");

  private final Map<String, Shapes.Shape> shapes;
  private final Map<String, Matrix> matrices = new HashMap<>();
  private final Map<String, BitSet> seen = new HashMap<>();
  private String name = "";
  private int row;
  private double[] values = {};
  private int count;
  private final GroupConverter root = new Fields(List.of(new Names(), new Numbers(), lists()));

  TensorRows(Shapes expected) {
    shapes = expected.all();
  }

  /**
   * Refuses files with other columns.
   *
   * @throws ModelException naming those that there should be
   */
  static void requireSchema(MessageType schema) {
    List<String> names = schema.getFields().stream().map(Type::getName).toList();
    boolean fits =
        names.equals(FIELDS)
            && isOnce(schema.getType(0), PrimitiveTypeName.BINARY)
            && isOnce(schema.getType(1), PrimitiveTypeName.INT32)
            && !schema.getType(2).isPrimitive()
            && isList(schema.getType(2).asGroupType());
    if (!fits) {
      throw new ModelException("a Parquet file has columns " + names + ", not " + FIELDS);
    }
  }

  private static boolean isOnce(Type type, PrimitiveTypeName name) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == name;
  }

  /** A repeated group of one number each. */
  private static boolean isList(GroupType list) {
    if (list.getFieldCount() != 1 || list.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    Type element = list.getType(0);
    return element.isRepetition(Type.Repetition.REPEATED)
        && !element.isPrimitive()
        && element.asGroupType().getFieldCount() == 1
        && isOnce(element.asGroupType().getType(0), PrimitiveTypeName.DOUBLE);
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

  @Override
  public Boolean getCurrentRecord() {
    return true;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private void begin() {
    name = "";
    row = -1;
    values = new double[0];
    count = 0;
  }

  private void open(String tensor) {
    Shapes.Shape shape = shapes.get(tensor);
    if (shape == null) {
      throw new ModelException("tensor " + shown(tensor) + " is unknown");
    }
    name = tensor;
    values = new double[(int) shape.cols()];
  }

  private void add(double value) {
    if (count == values.length) {
      throw new ModelException(
          "row " + row + " of tensor " + name + " has more than " + values.length + " numbers");
    }
    values[count++] = value;
  }

  private void end() {
    Shapes.Shape shape = shapes.get(name);
    if (shape == null || row < 0 || row >= shape.rows()) {
      throw new ModelException("tensor " + shown(name) + " has no row " + row);
    }
    if (count != values.length) {
      throw new ModelException(
          "row " + row + " of tensor " + name + " has " + count + " numbers, not " + values.length);
    }
    BitSet rows = seen.computeIfAbsent(name, n -> new BitSet());
    if (rows.get(row)) {
      throw new ModelException("row " + row + " of tensor " + name + " stands twice");
    }
    rows.set(row);
    Matrix matrix =
        matrices.computeIfAbsent(name, n -> Matrix.zeros((int) shape.rows(), (int) shape.cols()));
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(values[j])) {
        throw new ModelException(
            "row " + row + " of tensor " + name + " has a number that is not finite");
      }
      matrix.set(row, j, values[j]);
    }
  }

  /** Names in messages are those of a file that may be damaged. */
  private static String shown(String tensor) {
    String printable = tensor.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > 60 ? printable.substring(0, 60) + "…" : printable;
  }

  private Converter lists() {
    return new Children(new Children(new Elements()));
  }

  /** The columns of a record. */
  private final class Fields extends GroupConverter {
    private final List<Converter> converters;

    Fields(List<Converter> converters) {
      this.converters = new ArrayList<>(converters);
    }

    @Override
    public Converter getConverter(int field) {
      return converters.get(field);
    }

    @Override
    public void start() {
      begin();
    }

    @Override
    public void end() {
      TensorRows.this.end();
    }
  }

  /** A group of one field. */
  private static final class Children extends GroupConverter {
    private final Converter child;

    Children(Converter child) {
      this.child = child;
    }

    @Override
    public Converter getConverter(int field) {
      return child;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private final class Names extends PrimitiveConverter {
    @Override
    public void addBinary(Binary value) {
      open(value.toStringUsingUTF8());
    }
  }

  private final class Numbers extends PrimitiveConverter {
    @Override
    public void addInt(int value) {
      row = value;
    }
  }

  private final class Elements extends PrimitiveConverter {
    @Override
    public void addDouble(double value) {
      add(value);
    }
  }
}
