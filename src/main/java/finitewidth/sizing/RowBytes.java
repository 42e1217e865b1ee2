package finitewidth.sizing;

/** Bytes of rows outside of matrices. */
final class RowBytes {
  /** Objects that a row comes in. */
  private static final double OBJECTS = 200;

  private RowBytes() {}

  /** A row in the packed form in which it moves. */
  static double packed(int features, int outputs) {
    return Double.BYTES * (1.0 + features + outputs);
  }

  /** A row on its way to the driver: as objects, then stacked, then scaled. */
  static double collected(int features, int outputs) {
    return OBJECTS + 3 * packed(features, outputs);
  }

  /** A row with its prediction and the coefficients of every layer. */
  static double scored(Conditioned on) {
    return OBJECTS + Double.BYTES * (on.outputs() * (3.0 + 4.0 * on.layers()));
  }
}
