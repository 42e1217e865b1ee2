package finitewidth.data.table;

import finitewidth.data.BadRow;
import finitewidth.data.DataException;
import finitewidth.data.table.Layout.Role;
import finitewidth.data.table.Layout.Use;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * What cells of a type can be. Labels and ids are texts that say the same wherever they are read,
 * and that differ where the cells do. Bytes are text if they are UTF-8, as some writers leave it.
 */
final class CellTypes {
  private CellTypes() {}

  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  /** A column of which every cell is missing has no type. */
  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof NullType;
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType
        || isNumber(type)
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof BinaryType;
  }

  /**
   * Refuses columns of a file whose type does not do for what they are to be.
   *
   * @param star whether features are all columns that mean nothing else
   * @return whether features are one vector
   * @throws DataException naming the first
   */
  static boolean check(String file, List<Use> uses, List<StructField> used, boolean star) {
    boolean vector =
        isVector(used.get(0).dataType())
            && uses.stream().filter(use -> use.role() == Role.FEATURE).count() == 1;
    for (int k = vector ? 1 : 0; k < used.size(); k++) {
      StructField field = used.get(k);
      DataType type = field.dataType();
      Role role = uses.get(k).role();
      boolean number = role == Role.FEATURE || role == Role.TARGET;
      if (role != Role.CARRIED && !(number ? isNumber(type) : isText(type))) {
        throw new DataException(
            "%s: column \"%s\" is of type %s; %s"
                .formatted(file, field.name(), type.catalogString(), accepted(role, field, star)));
      }
    }
    return vector;
  }

  private static String accepted(Role role, StructField field, boolean star) {
    return switch (role) {
      case FEATURE ->
          isVector(field.dataType())
              ? "a vector must be the only feature: data.features=" + field.name()
              : "a number is needed, so leave it out of data.features"
                  + (star ? ", which takes every column but id, target and label by default" : "");
      case TARGET ->
          "a number is needed"
              + (isText(field.dataType())
                  ? "; to predict classes, set data.label=" + field.name()
                  : "");
      default -> "text, numbers, booleans, dates or timestamps are needed";
    };
  }

  /** The type of ids that {@link #id} makes of cells of a type. */
  static DataType id(DataType type) {
    return type instanceof BinaryType ? DataTypes.StringType : type;
  }

  /**
   * An id in its own type, or as text.
   *
   * @throws BadRow if it is bytes that are no text
   */
  static Object id(String column, Object cell) {
    return cell instanceof byte[] bytes ? utf8(column, bytes) : cell;
  }

  /**
   * A label; "" where there is none.
   *
   * @throws BadRow if it is bytes that are no text
   */
  static String label(String column, Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof byte[] bytes) {
      return utf8(column, bytes);
    }
    // In UTC: the time zone of whoever reads is not in the data.
    if (cell instanceof Timestamp instant) {
      return instant.toInstant().toString();
    }
    return cell instanceof BigDecimal number ? number.toPlainString() : cell.toString();
  }

  private static String utf8(String column, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRow(
          "column \"" + column + "\" holds bytes that are not UTF-8 text; write it as text");
    }
  }
}
