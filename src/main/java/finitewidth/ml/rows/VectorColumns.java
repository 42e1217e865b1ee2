package finitewidth.ml.rows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.OptionConverters;

/** Columns of vectors. */
public final class VectorColumns {
  private VectorColumns() {}

  /**
   * Requires a vector column.
   *
   * @throws IllegalArgumentException naming the column, and its type or the columns present
   */
  public static void require(StructType schema, String column) {
    if (!isVector(type(schema, column))) {
      throw new IllegalArgumentException(
          "column %s is of type %s; a vector is needed, as VectorAssembler makes it"
              .formatted(column, type(schema, column).catalogString()));
    }
  }

  /** The type of a column that must be there. */
  static DataType type(StructType schema, String column) {
    List<String> present = Arrays.asList(schema.fieldNames());
    if (!present.contains(column)) {
      throw new IllegalArgumentException(
          "there is no column " + column + "; columns present: " + String.join(", ", present));
    }
    return schema.apply(column).dataType();
  }

  public static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  /** What VectorAssembler noted of the components, or the column's name with indices. */
  static List<String> names(StructType schema, String column, int size) {
    Option<Attribute[]> attributes =
        AttributeGroup.fromStructField(schema.apply(column)).attributes();
    List<String> noted =
        attributes.isDefined()
            ? Arrays.stream(attributes.get())
                .flatMap(attribute -> OptionConverters.toJava(attribute.name()).stream())
                .toList()
            : List.of();
    return noted.size() == size
        ? noted
        : IntStream.range(0, size).mapToObj(i -> column + "[" + i + "]").toList();
  }

  /** The columns that a vector was assembled of, where that is noted, or the vector column. */
  static List<String> sources(String column, List<String> names) {
    return names.get(0).equals(column + "[0]") ? List.of(column) : names;
  }
}
