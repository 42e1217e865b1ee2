package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import java.util.Arrays;

/**
 * Batches of the shifts of kernels over training samples: E[u ffᵀ] is summed over the draws as one
 * matrix and dressed once a batch. Holds scratch; belongs to one thread.
 */
final class ShiftWorker {
  private final SampledProblem problem;
  private final ShiftSource source;
  private final Fields fields;
  private final int n;

  private final Matrix weighted;
  private final double[] weights;
  private final double[] dots;
  private Matrix scratchG = Matrix.zeros(0, 0);
  private Matrix scratch = Matrix.zeros(0, 0);
  private Matrix weightedF = Matrix.zeros(0, 0);

  ShiftWorker(SampledProblem problem, ShiftSource source) {
    this.problem = problem;
    this.source = source;
    n = problem.size();
    fields = new Fields(source.factor(), problem.contraction().flow().architecture().activation());
    weighted = Matrix.zeros(n, n);
    weights = new double[SampledProblem.CHUNK];
    dots = new double[SampledProblem.CHUNK];
  }

  private void shape(int size) {
    fields.shape(size);
    scratchG = Matrix.zeros(source.factor().rank(), size);
    scratch = Matrix.zeros(n, size);
    weightedF = Matrix.zeros(n, size);
  }

  /** One independent estimate of the shifts of all kernels but for their exact parts, packed. */
  double[] estimate(long batch) {
    Normals normals = new Normals(problem.seed(), source.source(), batch, Normals.Purpose.FIELDS);
    Arrays.fill(weighted.data(), 0);
    int left = problem.drawsPerBatch();
    while (left > 0) {
      int size = Math.min(left, SampledProblem.CHUNK);
      left -= size;
      if (fields.f().cols() != size) {
        shape(size);
      }
      fields.draw(normals);
      Forms.quadratic(fields.f(), source.formHalf(), source.formMean(), scratch, weights);
      source.control().subtract(fields.g(), scratchG, dots, weights);
      Forms.addOuter(fields.f(), weights, weightedF, weighted);
    }
    return finish();
  }

  private double[] finish() {
    Forms.symmetrize(0.5 / problem.drawsPerBatch(), weighted);
    double weight = problem.weight(source.source());
    double[] result = new double[source.quantities()];
    int at = 0;
    for (Dressing dressing : source.dressings()) {
      Matrix dressed = dressing.apply(weighted);
      for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
          result[at++] = weight * dressed.get(a, b);
        }
      }
    }
    return result;
  }
}
