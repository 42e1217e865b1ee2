package finitewidth.linalg;

import java.util.Arrays;

/**
 * Rows that go through BLAS together, always the same number of them: a row's bits then depend on
 * the row alone.
 *
 * <p>Which kernel OpenBLAS uses is decided by the shape of a product, and by where in it an element
 * stands: small products have kernels of their own, and rows that are left over by a kernel of 24,
 * 16, 12, 8 or 4 of them go to another, which may add up in another order. On AVX-512 (SkylakeX,
 * SapphireRapids) they do, from about 300 columns on. {@link #ROWS} leaves none over. That holds
 * for one BLAS thread; several cut a panel among them.
 */
public final class RowPanel {
  /** A multiple of the rows that any kernel takes at once. */
  public static final int ROWS = 96;

  private RowPanel() {}

  /**
   * A whole panel: the rows given, the last of them repeated.
   *
   * @param rows 1 to {@link #ROWS} of them
   * @throws IllegalArgumentException if there are none, or more
   */
  public static double[][] filled(double[][] rows) {
    if (rows.length == 0 || rows.length > ROWS) {
      throw new IllegalArgumentException(
          "a panel holds 1 to " + ROWS + " rows, not " + rows.length);
    }
    double[][] filled = Arrays.copyOf(rows, ROWS);
    Arrays.fill(filled, rows.length, ROWS, rows[rows.length - 1]);
    return filled;
  }
}
