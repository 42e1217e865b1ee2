package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.NngpPosterior;
import java.io.Serializable;

/**
 * What is to be contracted, and the draws it is contracted with.
 *
 * @param contraction kernels and dressings of every layer over the training samples, φ and A⁻¹
 * @param cholesky the factor of A
 * @param seed of all draws
 * @param drawsPerBatch a batch is what one independent estimate of everything comes from
 * @param reductions means against noise
 * @param directions D, P × K: M_x̃R D of rows is estimated beside their corrections; often none
 */
public record SampledProblem(
    ContractionProblem contraction,
    Cholesky cholesky,
    long seed,
    int drawsPerBatch,
    Reductions reductions,
    Matrix directions)
    implements Serializable {
  /** Draws in a batch where nothing limits them, for up to so many training samples. */
  public static final int DRAWS_PER_BATCH = 1024;

  /**
   * Draws that go through the matrix products together: a few hundred columns feed the BLAS, and
   * blocks of P × {@value} stay in the cache for some hundred training rows.
   */
  static final int CHUNK = 256;

  public SampledProblem {
    if (drawsPerBatch < 2 * contraction.outputs()) {
      throw new IllegalArgumentException("a batch needs at least two draws for each output");
    }
  }

  /** A problem with all means against noise that pay. */
  public SampledProblem(
      ContractionProblem contraction, Cholesky cholesky, long seed, int drawsPerBatch) {
    this(contraction, cholesky, seed, drawsPerBatch, Reductions.ALL);
  }

  /** A problem without further directions. */
  public SampledProblem(
      ContractionProblem contraction,
      Cholesky cholesky,
      long seed,
      int drawsPerBatch,
      Reductions reductions) {
    this(
        contraction,
        cholesky,
        seed,
        drawsPerBatch,
        reductions,
        Matrix.zeros(contraction.size(), 0));
  }

  /** The same draws, with other directions. */
  SampledProblem along(Matrix others) {
    return new SampledProblem(contraction, cholesky, seed, drawsPerBatch, reductions, others);
  }

  /**
   * Draws in a batch: as many as there are training samples, so that what is done once a batch
   * costs little, in multiples of {@link #DRAWS_PER_BATCH}; but no more than keep so many batches
   * within so many draws.
   *
   * @param draws most draws of a source layer
   */
  public static int drawsPerBatch(ContractionProblem problem, long draws, int batches) {
    return drawsPerBatch(problem.size(), problem.outputs(), draws, batches);
  }

  /** The same of P training samples and m outputs. */
  public static int drawsPerBatch(int size, int outputs, long draws, int batches) {
    int steps = (size + DRAWS_PER_BATCH - 1) / DRAWS_PER_BATCH;
    long wanted = Math.min((long) steps * DRAWS_PER_BATCH, draws / batches);
    return (int) Math.max(2L * outputs, wanted);
  }

  /** P. */
  public int size() {
    return contraction.size();
  }

  /** H. */
  public int sources() {
    return contraction.sources();
  }

  /** m. */
  public int outputs() {
    return contraction.outputs();
  }

  /** C_W² of the step out of source layer s. */
  double weight(int s) {
    double weight = contraction.flow().architecture().weightVariance(s + 1);
    return weight * weight;
  }

  /** B = φφᵀ − m A⁻¹. */
  Matrix dataMinusTrace() {
    return NngpPosterior.dataMinusTrace(contraction.phi(), contraction.inverse());
  }
}
