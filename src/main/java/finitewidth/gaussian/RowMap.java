package finitewidth.gaussian;

/** A way to compute {@link Activation#twoPoint(TwoPointRow, int)}. */
interface RowMap {
  /**
   * @param row as of {@link TwoPointRow}
   * @param count pairs of the row, from the first
   */
  void apply(TwoPointRow row, int count);

  /** One pair after the other. */
  static RowMap pairwise(Activation activation) {
    return (row, count) -> {
      TwoPoint pair = new TwoPoint();
      for (int i = 0; i < count; i++) {
        activation.twoPoint(row.k11, row.k22[i], row.k12[i], row.separation[i], pair);
        row.set(i, pair);
      }
    };
  }
}
