package finitewidth.data;

import java.io.Serializable;

/**
 * What is wrong with a row as the task sees it that reads it; the file may have to be asked what it
 * really is.
 *
 * @param what is wrong, or the name of the column that is
 */
public record RowFault(Kind kind, String what) implements Serializable {
  public static final RowFault NONE = new RowFault(Kind.NONE, "");

  /** Kinds of faults. */
  public enum Kind {
    NONE,
    /** Said in words. */
    PLAIN,
    /** Bytes of a cell, or of the whole row, are no text. */
    TORN,
    /** The record has not as many cells as there are columns. */
    SHAPE
  }

  public boolean isNone() {
    return kind == Kind.NONE;
  }
}
