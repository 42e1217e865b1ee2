package finitewidth.gaussian;

/** The two-point function of a single pair: a {@link TwoPointRow} of one. */
public record TwoPoint(
    double mean,
    double distance,
    double d1,
    double d2,
    double dc,
    double d11,
    double d22,
    double d12,
    double d1c,
    double d2c,
    double dcc) {

  public static TwoPoint of(Activation activation, double k11, double k22, double k12) {
    return of(activation, k11, k22, k12, k11 + k22 - 2 * k12);
  }

  public static TwoPoint of(
      Activation activation, double k11, double k22, double k12, double separation) {
    TwoPointRow row = new TwoPointRow(1, true);
    row.k11 = k11;
    row.k22[0] = k22;
    row.k12[0] = k12;
    row.separation[0] = separation;
    activation.twoPoint(row, 1);
    return at(row, 0);
  }

  /** One pair of a row with curvature. */
  static TwoPoint at(TwoPointRow row, int i) {
    return new TwoPoint(
        row.mean[i],
        row.distance[i],
        row.d1[i],
        row.d2[i],
        row.dc[i],
        row.d11[i],
        row.d22[i],
        row.d12[i],
        row.d1c[i],
        row.d2c[i],
        row.dcc[i]);
  }
}
