package finitewidth.inference.linear;

/** The targets in the eigenvectors of every matrix of scales, over what they are divided by. */
final class RotatedTargets {
  private final MatrixNodes nodes;
  private final int outputs;

  /** [node][coordinate · m + i], 1/d_ik. */
  private final double[][] inverse;

  /** Likewise, (yO)_ki. */
  private final double[][] targets;

  RotatedTargets(MatrixLikelihood data, MatrixNodes nodes) {
    this.nodes = nodes;
    outputs = data.outputs();
    int coordinates = data.kappa().length;
    inverse = new double[nodes.size()][coordinates * outputs];
    targets = new double[nodes.size()][coordinates * outputs];
    for (int node = 0; node < nodes.size(); node++) {
      double[] vectors = nodes.vectors()[node];
      for (int k = 0; k < coordinates; k++) {
        for (int i = 0; i < outputs; i++) {
          double sum = 0;
          for (int p = 0; p < outputs; p++) {
            sum += data.y()[k * outputs + p] * vectors[p * outputs + i];
          }
          targets[node][k * outputs + i] = sum;
          inverse[node][k * outputs + i] =
              1 / MatrixLikelihood.divisor(nodes.scales()[node][i], data.kappa()[k]);
        }
      }
    }
  }

  MatrixNodes nodes() {
    return nodes;
  }

  /**
   * The Gaussian of a row given the matrix of a node.
   *
   * @param mean receives that of each output
   * @param spread receives the variances of the rotated outputs, which are independent
   */
  void at(MatrixRow row, int node, double[] mean, double[] spread) {
    double[] vectors = nodes.vectors()[node];
    System.arraycopy(row.mean(), 0, mean, 0, outputs);
    for (int i = 0; i < outputs; i++) {
      double excess = nodes.scales()[node][i] - 1;
      double along = 0;
      double explained = row.explained();
      for (int k = 0; k < row.own().length; k++) {
        double r = row.own()[k] + excess * row.scaled()[k];
        double weight = r * inverse[node][k * outputs + i];
        along += weight * targets[node][k * outputs + i];
        explained += weight * r;
      }
      spread[i] = row.variance() + excess * row.scaledVariance() - explained;
      for (int p = 0; p < outputs; p++) {
        mean[p] += vectors[p * outputs + i] * along;
      }
    }
  }
}
