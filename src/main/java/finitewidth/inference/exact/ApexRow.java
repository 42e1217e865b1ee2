package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import java.io.Serializable;
import java.nio.DoubleBuffer;

/**
 * What one apex sample d yields beside its sums.
 *
 * @param apex d
 * @param inner [s][x][a]: E_ad = Σ_c P_ac X_cd Cov(ac, dd); empty for a source that does not mix
 * @param outer [s][x][a]: Y_ad = Σ_c P_ac (XQᵀ)_cd Cov(ac, dd); empty likewise
 * @param squares [s][a]: Cov(σ_a², σ_d²)
 * @param selfEnergy [s][b], b ≤ d: S_db
 */
public record ApexRow(
    int apex, double[][][] inner, double[][][] outer, double[][] squares, double[][] selfEnergy)
    implements Serializable {

  /** Room for the row of an apex of a problem. */
  static ApexRow zeros(ContractionProblem problem, int apex) {
    int hidden = problem.sources();
    int n = problem.size();
    double[][][] inner = new double[hidden][][];
    double[][][] outer = new double[hidden][][];
    for (int s = 0; s < hidden; s++) {
      int mixed = problem.mixes(s) ? problem.crossWeights() : 0;
      inner[s] = new double[mixed][n];
      outer[s] = new double[mixed][n];
    }
    return new ApexRow(apex, inner, outer, new double[hidden][n], new double[hidden][apex + 1]);
  }

  /** How many numbers {@link #write} writes. */
  static long numbers(ContractionProblem problem, int apex) {
    long n = problem.size();
    long mixing = (long) (problem.sources() - 1) * problem.crossWeights();
    return 2 * mixing * n + problem.sources() * (n + apex + 1);
  }

  void write(DoubleBuffer to) {
    forEachArray(to::put);
  }

  /** The row of an apex from the numbers that {@link #write} has written. */
  static ApexRow read(ContractionProblem problem, int apex, DoubleBuffer from) {
    ApexRow row = zeros(problem, apex);
    row.forEachArray(from::get);
    return row;
  }

  private void forEachArray(Visitor visitor) {
    for (int s = 0; s < squares.length; s++) {
      for (int x = 0; x < inner[s].length; x++) {
        visitor.visit(inner[s][x]);
        visitor.visit(outer[s][x]);
      }
      visitor.visit(squares[s]);
      visitor.visit(selfEnergy[s]);
    }
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(double[] array);
  }
}
