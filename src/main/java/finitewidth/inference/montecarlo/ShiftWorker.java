package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Batches of the shifts of kernels over training samples: E[u ffᵀ] is summed over the draws as one
 * matrix and dressed once a batch. Holds scratch; belongs to one thread.
 */
final class ShiftWorker {
  private final SampledProblem problem;
  private final ShiftSource source;
  private final Fields fields;
  private final int n;

  /** Whether all samples are wanted, in their order. */
  private final boolean all;

  private final Matrix weighted;
  private final Matrix crossed;
  private final double[] weights;
  private final double[] dots;
  private Matrix scratchG;
  private Matrix scratch;
  private Matrix chosen;
  private Matrix weightedF;
  private Matrix omega;
  private Matrix squareOmega;
  private Matrix x;
  private Matrix linear;
  private long probed;

  ShiftWorker(SampledProblem problem, ShiftSource source) {
    this.problem = problem;
    this.source = source;
    n = problem.size();
    int k = source.samples().length;
    all = Arrays.equals(source.samples(), IntStream.range(0, n).toArray());
    fields = new Fields(source.factor(), problem.contraction().flow().architecture().activation());
    weighted = Matrix.zeros(k, k);
    crossed = Matrix.zeros(k, k);
    weights = new double[SampledProblem.CHUNK];
    dots = new double[SampledProblem.CHUNK];
  }

  private void shape(int size) {
    int k = source.samples().length;
    fields.shape(size);
    scratchG = Matrix.zeros(source.factor().rank(), size);
    scratch = Matrix.zeros(n, size);
    weightedF = Matrix.zeros(k, size);
    chosen = Matrix.zeros(all ? 0 : k, size);
    int probes = source.cross() == null ? 0 : size;
    omega = Matrix.zeros(n, probes);
    squareOmega = Matrix.zeros(n, probes);
    x = Matrix.zeros(k, probes);
    linear = Matrix.zeros(k, probes);
  }

  /** One independent estimate of the shifts of all kernels but for their exact parts, packed. */
  double[] estimate(long batch) {
    Normals normals = normals(batch, Normals.Purpose.FIELDS);
    Normals probes = normals(batch, Normals.Purpose.PROBES);
    Arrays.fill(weighted.data(), 0);
    Arrays.fill(crossed.data(), 0);
    probed = 0;
    int left = problem.drawsPerBatch();
    for (int chunk = 0; left > 0; chunk++) {
      int size = Math.min(left, SampledProblem.CHUNK);
      left -= size;
      if (fields.f().cols() != size) {
        shape(size);
      }
      fields.draw(normals);
      Matrix f = all ? fields.f() : choose();
      weigh();
      multiply(f, size);
      if (source.cross() != null && chunk % problem.reductions().probeEvery() == 0) {
        probe(probes, f, size);
      }
    }
    return finish();
  }

  private Normals normals(long batch, Normals.Purpose purpose) {
    return new Normals(problem.seed(), source.source(), batch, purpose);
  }

  private Matrix choose() {
    int size = fields.f().cols();
    for (int i = 0; i < source.samples().length; i++) {
      System.arraycopy(
          fields.f().data(), source.samples()[i] * size, chosen.data(), i * size, size);
    }
    return chosen;
  }

  /** u of each draw. */
  private void weigh() {
    Matrix f = fields.f();
    System.arraycopy(f.data(), 0, scratch.data(), 0, f.data().length);
    Accumulate.lowerTimes(source.formHalf(), scratch);
    Forms.columnDots(f, scratch, weights);
    for (int d = 0; d < f.cols(); d++) {
      weights[d] -= source.formMean();
    }
    source.control().subtract(fields.g(), scratchG, dots, weights);
  }

  private void multiply(Matrix f, int size) {
    double[] from = f.data();
    double[] to = weightedF.data();
    for (int a = 0, at = 0; a < f.rows(); a++) {
      for (int d = 0; d < size; d++, at++) {
        to[at] = weights[d] * from[at];
      }
    }
    Accumulate.timesTranspose(1, weightedF, f, 1, weighted);
  }

  /**
   * X = Hω over the samples that are wanted: X = f∘P(f∘ω) + (f² − F)∘Qω + Qᵀ((f² − F)∘ω) − (P∘F)ω.
   */
  private void probe(Normals normals, Matrix f, int size) {
    ShiftSource.Cross cross = source.cross();
    normals.fill(omega.data());
    Accumulate.lowerTransposeTimes(cross.inverseFactor(), omega);
    double[] fs = fields.f().data();
    double[] os = omega.data();
    for (int a = 0, at = 0; a < n; a++) {
      double mean = cross.moment()[a];
      for (int d = 0; d < size; d++, at++) {
        scratch.data()[at] = fs[at] * os[at];
        squareOmega.data()[at] = (fs[at] * fs[at] - mean) * os[at];
      }
    }
    Accumulate.times(1, cross.p(), scratch, 0, x);
    Accumulate.times(1, cross.q(), omega, 0, linear);
    for (int i = 0, at = 0; i < f.rows(); i++) {
      double mean = cross.moment()[source.samples()[i]];
      for (int d = 0; d < size; d++, at++) {
        double value = f.data()[at];
        x.data()[at] = value * x.data()[at] + (value * value - mean) * linear.data()[at];
      }
    }
    Accumulate.times(1, cross.transposed(), squareOmega, 1, x);
    Accumulate.times(-1, cross.meanField(), omega, 1, x);
    System.arraycopy(x.data(), 0, linear.data(), 0, x.data().length);
    Accumulate.timesTranspose(1, x, linear, 1, crossed);
    probed += size;
  }

  private double[] finish() {
    int k = source.samples().length;
    double scale = 0.5 / problem.drawsPerBatch();
    for (int a = 0; a < k; a++) {
      for (int b = 0; b <= a; b++) {
        double value = (weighted.get(a, b) + weighted.get(b, a)) * scale;
        weighted.set(a, b, value);
        weighted.set(b, a, value);
      }
    }
    double weight = problem.weight(source.source());
    double[] result = new double[source.quantities()];
    int at = 0;
    for (Dressing dressing : source.dressings()) {
      Matrix dressed = dressing.apply(weighted);
      for (int a = 0; a < k; a++) {
        for (int b = 0; b <= a; b++) {
          double probes = probed == 0 ? 0 : crossed.get(a, b) / probed;
          result[at++] = weight * (dressed.get(a, b) - probes);
        }
      }
    }
    return result;
  }
}
