package finitewidth.data;

/** What becomes of rows in which a number is missing, NaN or infinite. */
public enum InvalidRows {
  /** The first of them is refused, with its place. */
  ERROR,
  /** They are left out. */
  SKIP,
  /** They stay, without features. */
  KEEP
}
