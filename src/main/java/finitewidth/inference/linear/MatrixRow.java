package finitewidth.inference.linear;

import finitewidth.inference.scale.Whitened;

/**
 * A row x in the coordinates that scale, and what the others come to.
 *
 * @param own W K_Rx
 * @param scaled W K̃_Rx
 * @param mean of each output from coordinates that do not scale
 * @param explained variance that those explain
 * @param variance K_xx
 * @param scaledVariance K̃_xx
 */
record MatrixRow(
    double[] own,
    double[] scaled,
    double[] mean,
    double explained,
    double variance,
    double scaledVariance) {

  static MatrixRow of(Whitened at, Whitened.Row row, int outputs) {
    int count = 0;
    for (double kappa : at.kappa()) {
      count += MatrixLikelihood.scales(kappa) ? 1 : 0;
    }
    double[] own = new double[count];
    double[] scaled = new double[count];
    double[] mean = new double[outputs];
    double explained = 0;
    int to = 0;
    for (int k = 0; k < at.size(); k++) {
      double each = row.own()[k];
      if (MatrixLikelihood.scales(at.kappa()[k])) {
        own[to] = each;
        scaled[to] = row.scaled()[k];
        to++;
      } else {
        explained += each * each;
        for (int p = 0; p < outputs; p++) {
          mean[p] += each * at.y()[p][k];
        }
      }
    }
    return new MatrixRow(own, scaled, mean, explained, row.variance(), row.scaledVariance());
  }
}
