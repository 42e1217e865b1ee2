package finitewidth.sampled;

import finitewidth.linalg.Matrix;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * Deviates that fill few dimensions evenly: the first points of Sobol's sequence. In every batch
 * the bits that tell the points apart are flipped by a random mask for each dimension, and the bits
 * below are random for each point; so batches are independent and each point is uniform.
 *
 * <p>Without the random lower bits all points of a batch would miss the far tails together, and the
 * scatter of batches would not tell.
 */
final class SobolNormals implements Deviates {
  /** Beyond some tens of dimensions a batch is too small to fill them. */
  static final int MOST_DIMENSIONS = 24;

  private static final int BITS = 52;

  private final SobolSequenceGenerator sobol;
  private final UniformRandomProvider random;
  private final long[] masks;
  private final int lower;

  SobolNormals(SampledProblem problem, int source, long batch, int dimensions) {
    sobol = new SobolSequenceGenerator(dimensions);
    random =
        RandomSource.PHILOX_4X64.create(
            new long[] {problem.seed(), source, 0, 0, batch, Normals.Purpose.FIELDS.ordinal()});
    lower = BITS - (Integer.SIZE - Integer.numberOfLeadingZeros(problem.drawsPerBatch() - 1));
    masks = new long[dimensions];
    for (int k = 0; k < dimensions; k++) {
      masks[k] = random.nextLong() >>> (Long.SIZE - BITS + lower);
    }
  }

  @Override
  public void fill(Matrix block) {
    int draws = block.cols();
    for (int d = 0; d < draws; d++) {
      double[] point = sobol.nextVector();
      for (int k = 0; k < masks.length; k++) {
        long upper = ((long) (point[k] * 0x1p52) >>> lower) ^ masks[k];
        long bits = upper << lower | random.nextLong() >>> (Long.SIZE - lower);
        block.set(k, d, InverseNormal.of((bits + 0.5) * 0x1p-52));
      }
    }
  }
}
