package finitewidth.data;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The type of an id column of text: the narrowest that keeps every id as it was written. */
enum IdType {
  WHOLE,
  NUMBER,
  TEXT;

  static IdType of(String id) {
    try {
      if (Long.toString(Long.parseLong(id)).equals(id)) {
        return WHOLE;
      }
    } catch (NumberFormatException e) {
      // not a whole number
    }
    boolean padded = id.length() > 1 && id.charAt(0) == '0' && Character.isDigit(id.charAt(1));
    try {
      Cells.number("", id);
      return padded ? TEXT : NUMBER;
    } catch (BadRow e) {
      return TEXT;
    }
  }

  IdType or(IdType other) {
    return ordinal() >= other.ordinal() ? this : other;
  }

  Object value(String id) {
    return switch (this) {
      case WHOLE -> (Object) Long.valueOf(id);
      case NUMBER -> (Object) Cells.number("id", id);
      case TEXT -> id;
    };
  }

  DataType sql() {
    return switch (this) {
      case WHOLE -> DataTypes.LongType;
      case NUMBER -> DataTypes.DoubleType;
      case TEXT -> DataTypes.StringType;
    };
  }
}
