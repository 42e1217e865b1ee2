package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.util.Arrays;
import java.util.Optional;

/**
 * Batches of {@link OutputShifts} of one source layer. With u the weight of a draw less its control
 * variate
 *
 * <ul>
 *   <li>the last layer gives E[u ffᵀ], u = ½ (h² − E h²) − (m/2 + 1)(q − E q), and
 *   <li>inner layers give E[½ u T^s[ffᵀ] − XXᵀ], u = t and X = Hω for test vectors ω.
 * </ul>
 *
 * <p>Both give E[(tr φᵀHφ)²]. Holds scratch; belongs to one thread.
 */
final class OutputShiftWorker {
  private final SampledProblem problem;
  private final SourceDraws draws;
  private final int n;
  private final Fields fields;

  /** The triangular forms of u and of φᵀHφ, and their means. */
  private final Matrix form;

  private final double formMean;
  private final Matrix data;
  private final double dataMean;
  private final Optional<TestVectors> vectors;

  private final Matrix weighted;
  private final Matrix crossed;
  private double fourth;
  private long tested;

  private double[] u = new double[0];
  private double[] t = new double[0];
  private double[] dots = new double[0];
  private Matrix scratchG = Matrix.zeros(0, 0);
  private Matrix scratch = Matrix.zeros(0, 0);
  private Matrix weightedF = Matrix.zeros(0, 0);

  OutputShiftWorker(SampledProblem problem, SourceDraws draws) {
    this.problem = problem;
    this.draws = draws;
    n = problem.size();
    fields = new Fields(draws.factor(), problem.contraction().flow().architecture().activation());
    weighted = Matrix.zeros(n, n);
    crossed = Matrix.zeros(n, n);
    Matrix phi = problem.contraction().phi();
    Matrix outer = Products.timesTranspose(phi, phi);
    Matrix moment = problem.contraction().flow().moment(draws.source());
    Matrix shift;
    Matrix pulled;
    if (draws instanceof InnerLayer inner) {
      shift = problem.contraction().pulledBack(draws.source());
      pulled = inner.activations().pullBack(outer);
      vectors = Optional.of(new TestVectors(inner));
    } else {
      shift = problem.dataMinusTrace();
      double[] inverse = problem.contraction().inverse().data();
      for (int i = 0; i < inverse.length; i++) {
        shift.data()[i] = 0.5 * shift.data()[i] - inverse[i];
      }
      pulled = outer;
      vectors = Optional.empty();
    }
    form = Forms.half(shift);
    formMean = Products.inner(shift, moment);
    data = Forms.half(pulled);
    dataMean = Products.inner(pulled, moment);
  }

  /** How many quantities there are: V:ΦΦ, then the triangle of M. */
  static int quantities(int size) {
    return Math.addExact(1, Math.multiplyExact(size, size + 1) / 2);
  }

  private void shape(int size) {
    fields.shape(size);
    u = new double[size];
    t = new double[size];
    dots = new double[size];
    scratchG = Matrix.zeros(draws.factor().rank(), size);
    scratch = Matrix.zeros(n, size);
    weightedF = Matrix.zeros(n, size);
    vectors.ifPresent(some -> some.shape(size));
  }

  /** One independent estimate, but for what is known. */
  double[] estimate(long batch) {
    Normals normals = new Normals(problem.seed(), draws.source(), batch, Normals.Purpose.FIELDS);
    Normals omegas =
        new Normals(problem.seed(), draws.source(), batch, Normals.Purpose.TEST_VECTORS);
    Arrays.fill(weighted.data(), 0);
    Arrays.fill(crossed.data(), 0);
    fourth = 0;
    tested = 0;
    int left = problem.drawsPerBatch();
    for (int chunk = 0; left > 0; chunk++) {
      int size = Math.min(left, SampledProblem.CHUNK);
      left -= size;
      if (fields.f().cols() != size) {
        shape(size);
      }
      fields.draw(normals);
      Forms.quadratic(fields.f(), data, dataMean, scratch, t);
      for (double each : t) {
        fourth += each * each;
      }
      Forms.quadratic(fields.f(), form, formMean, scratch, u);
      draws.control().subtract(fields.g(), scratchG, dots, u);
      Forms.addOuter(fields.f(), u, weightedF, weighted);
      if (vectors.isPresent() && chunk % problem.reductions().vectorsEvery() == 0) {
        Matrix x = vectors.get().draw(omegas, fields.f());
        Accumulate.timesTranspose(1, x, x, 1, crossed);
        tested += size;
      }
    }
    return finish();
  }

  private double[] finish() {
    double scale = 1.0 / problem.drawsPerBatch();
    Forms.symmetrize(0.5 * scale, weighted);
    boolean isInner = draws instanceof InnerLayer;
    Matrix shift =
        draws instanceof InnerLayer inner ? inner.activations().apply(weighted) : weighted;
    double weight = problem.weight(draws.source());
    double[] result = new double[quantities(n)];
    result[0] = weight * fourth * scale;
    for (int a = 0, at = 1; a < n; a++) {
      for (int b = 0; b <= a; b++, at++) {
        result[at] =
            weight
                * (isInner ? 0.5 * shift.get(a, b) - crossed.get(a, b) / tested : shift.get(a, b));
      }
    }
    return result;
  }
}
