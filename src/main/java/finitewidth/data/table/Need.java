package finitewidth.data.table;

/** What a reader wants of the targets of a table. */
public enum Need {
  /** Training: a table without them is refused. */
  REQUIRED,
  /** Test: read where there are any. */
  WELCOME,
  /** Inputs only: not even looked at, but no features either. */
  IGNORED
}
