package finitewidth.data;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Cells of Parquet as labels and ids: texts that say the same wherever they are read, and that
 * differ where the cells do. Bytes are text if they are UTF-8, as some writers leave it.
 */
final class ParquetTexts {
  static final String ACCEPTED = "text, numbers, booleans, dates or timestamps are needed";

  private ParquetTexts() {}

  /** Whether cells of a type can be texts. */
  static boolean isText(DataType type) {
    return type instanceof StringType
        || type instanceof NumericType
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof BinaryType
        || type instanceof NullType;
  }

  /** The type of ids that {@link #id} makes of cells of a type. */
  static DataType idType(DataType type) {
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
