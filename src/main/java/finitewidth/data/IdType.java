package finitewidth.data;

import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The type of a column of text: the narrowest that keeps every cell as it was written. */
public enum IdType {
  /** Of no cell. */
  NONE,
  WHOLE,
  NUMBER,
  TEXT;

  /** As programs write numbers, not codes such as 12E4 or numbers of a telephone. */
  private static final Pattern MEASURED =
      Pattern.compile("-?(0|[1-9][0-9]*)?\\.[0-9]*([eE][-+]?[0-9]+)?|-?[0-9]([eE][-+][0-9]+)");

  /** Of an id or label: what comes back is what was there, to the letter. */
  public static IdType of(String id) {
    try {
      if (Long.toString(Long.parseLong(id)).equals(id)) {
        return WHOLE;
      }
    } catch (NumberFormatException e) {
      // not a whole number
    }
    double value = Cells.parsed(id).orElse(Double.NaN);
    return Double.isFinite(value) && Double.toString(value).equals(id) ? NUMBER : TEXT;
  }

  /** Of a cell that is carried along: numbers may come back in other digits. */
  public static IdType ofCarried(String cell) {
    String stripped = cell.strip();
    IdType exact = of(stripped);
    boolean measured =
        MEASURED.matcher(stripped).matches()
            && Double.isFinite(Cells.parsed(stripped).orElse(Double.NaN));
    return exact == TEXT && measured ? NUMBER : exact;
  }

  /** The type that keeps both to the letter. */
  public IdType or(IdType other) {
    return this == NONE || this == other ? other : other == NONE ? this : TEXT;
  }

  /** The type that keeps the values of both. */
  public IdType orCarried(IdType other) {
    return ordinal() >= other.ordinal() ? this : other;
  }

  public Object value(String id) {
    return switch (this) {
      case WHOLE -> (Object) Long.valueOf(id.strip());
      case NUMBER -> (Object) Cells.number("id", id);
      case NONE, TEXT -> id;
    };
  }

  public DataType sql() {
    return switch (this) {
      case NONE, WHOLE -> DataTypes.LongType;
      case NUMBER -> DataTypes.DoubleType;
      case TEXT -> DataTypes.StringType;
    };
  }
}
