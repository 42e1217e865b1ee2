package finitewidth.prior;

import java.util.Arrays;

/**
 * What pairs leave on their way up that the way back needs: in every hidden layer the moment F and
 * its first derivatives, and the kernel of the first layer.
 *
 * @param mean F by hidden layer, each over pairs
 * @param d1 ∂F/∂K_xx
 * @param d2 ∂F/∂K_rr
 * @param dc ∂F/∂K_xr
 * @param first K¹_xr
 */
record PairTape(double[][] mean, double[][] d1, double[][] d2, double[][] dc, double[] first) {

  /** Room for so many pairs. */
  static PairTape zeros(int hidden, int pairs) {
    return new PairTape(
        new double[hidden][pairs],
        new double[hidden][pairs],
        new double[hidden][pairs],
        new double[hidden][pairs],
        new double[pairs]);
  }

  /** The scratch of a row itself: what it was followed with last. */
  static PairTape of(RowFlow row, int hidden) {
    PairTape tape =
        new PairTape(
            new double[hidden][],
            new double[hidden][],
            new double[hidden][],
            new double[hidden][],
            row.kernel(0));
    Arrays.setAll(tape.mean, h -> row.map(h).mean);
    Arrays.setAll(tape.d1, h -> row.map(h).d1);
    Arrays.setAll(tape.d2, h -> row.map(h).d2);
    Arrays.setAll(tape.dc, h -> row.map(h).dc);
    return tape;
  }

  /** Keeps the first pairs of a row. */
  void keep(RowFlow row, int at, int count) {
    for (int h = 0; h < mean.length; h++) {
      System.arraycopy(row.map(h).mean, 0, mean[h], at, count);
      System.arraycopy(row.map(h).d1, 0, d1[h], at, count);
      System.arraycopy(row.map(h).d2, 0, d2[h], at, count);
      System.arraycopy(row.map(h).dc, 0, dc[h], at, count);
    }
    System.arraycopy(row.kernel(0), 0, first, at, count);
  }
}
