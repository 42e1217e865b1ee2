package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import org.jspecify.annotations.Nullable;

/**
 * Networks of one shape at the rows of a block: what these add to sums over all rows. Works in its
 * own arrays, for one thread; arrays are made anew where the number of rows changes.
 */
final class BlockWorkspace {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private final LockstepProblem problem;
  private final NetworkShape shape;
  private final double[] gram;
  private @Nullable HiddenLayers layers;
  private double[] inputs = new double[0];
  private double[] slopes = new double[0];
  private double[] residual = new double[0];

  BlockWorkspace(LockstepProblem problem, NetworkShape shape) {
    this.problem = problem;
    this.shape = shape;
    gram = new double[Math.multiplyExact(shape.features(), shape.features())];
  }

  private HiddenLayers at(double[] rotated, int rows, Position position) {
    HiddenLayers known = layers;
    if (known == null || known.rows() != rows) {
      inputs = new double[rotated.length];
      known = problem.layers(shape, inputs, rows);
      slopes = new double[Math.multiplyExact(shape.features(), rows)];
      residual = new double[problem.outputs() * rows];
      layers = known;
    }
    System.arraycopy(rotated, 0, inputs, 0, inputs.length);
    problem.variances(position).ifPresent(known::set);
    return known;
  }

  /**
   * FᵀF, its lower triangle by columns, and FᵀY.
   *
   * @param rotated F_0 V of the block, a feature after another
   * @param targets of the block, an output after another
   * @param out receives both from some place on
   */
  void products(
      double[] rotated, double[] targets, int rows, Position position, double[] out, int from) {
    HiddenLayers here = at(rotated, rows, position);
    here.forward(position.u(), false);
    int q = shape.features();
    BLAS_CALLS.dsyrk("L", "T", q, rows, 1.0, here.last(), rows, 0.0, gram, q);
    int at = from;
    for (int k = 0; k < q; k++) {
      System.arraycopy(gram, k * q + k, out, at, q - k);
      at += q - k;
    }
    OutputProducts.features(rows, q, problem.outputs(), 1.0, here.last(), targets, out, at);
  }

  /**
   * The rows' part of dL/dU, with dL/dF = ((Y − Fw)/s²) wᵀ − m F M⁻¹.
   *
   * @param last w and M⁻¹ over all rows
   * @param out receives dL/dU
   */
  void gradient(
      double[] rotated,
      double[] targets,
      int rows,
      Position position,
      LastLayer last,
      double[] out) {
    HiddenLayers here = at(rotated, rows, position);
    here.forward(position.u(), true);
    int q = shape.features();
    int outputs = problem.outputs();
    double[] f = here.last();
    double[] w = last.mean();
    double precision = 1 / last.noise();
    System.arraycopy(targets, 0, residual, 0, residual.length);
    OutputProducts.rows(rows, q, outputs, -precision, f, w, precision, residual);
    BLAS_CALLS.dgemm("N", "T", rows, q, outputs, 1.0, residual, rows, w, q, 0.0, slopes, rows);
    BLAS_CALLS.dsymm("R", "L", rows, q, -outputs, last.inverse(), q, f, rows, 1.0, slopes, rows);
    here.backward(position.u(), slopes, out);
  }
}
